package io.sluice.benchmark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.sluice.benchmark.ParseBenchmark.Line;
import io.sluice.benchmark.ParseBenchmark.Way;
import io.sluice.config.Source;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One generated workbook into a new bronze table, in one warm session: our whole stage with
 * listing, hashing, slices and ledger, against spark-excel reading and Delta writing the same
 * columns.
 */
public final class BronzeBenchmark {
  private static final int WARM_UPS = 8;
  private static final int WARM_UP_ROWS = 10_000;

  private final int rows;
  private final int columns;
  private final int cores;

  /**
   * @param rows under the header
   * @param columns at most 26
   * @param cores of the Spark session
   */
  public BronzeBenchmark(int rows, int columns, int cores) {
    this.rows = rows;
    this.columns = columns;
    this.cores = cores;
  }

  /**
   * Measures in temporary folders. The first line is our own stage; results are numbers of rows in
   * bronze.
   *
   * @param rounds how often each is measured
   */
  public List<Line> run(int rounds) throws IOException {
    SparkSession spark =
        Sessions.local("sluice benchmark", Map.of("spark.master", "local[" + cores + "]"));
    Path folder = Files.createTempDirectory("sluice-benchmark-");
    try {
      Path file = Files.createDirectory(folder.resolve("landing")).resolve("generated.xlsx");
      GeneratedWorkbook generated = new GeneratedWorkbook(rows, columns);
      generated.write(file);
      List<Way> ways =
          List.of(
              new Sluice(spark, new OwnStage(folder)),
              new SparkExcelSource(spark, folder, "spark-excel, streaming", "1000"),
              new SparkExcelSource(spark, folder, "spark-excel, default", ""));
      warmUp(ways, folder);
      return ParseBenchmark.measured(ways, rounds, file, generated.source());
    } finally {
      Folders.delete(folder);
    }
  }

  /** One landing of a large workbook compiles little of what a session that has run all day has. */
  private void warmUp(List<Way> ways, Path folder) throws IOException {
    int few = Math.min(rows, WARM_UP_ROWS);
    GeneratedWorkbook workbook = new GeneratedWorkbook(few, columns);
    Path file = Files.createDirectory(folder.resolve("warm-up")).resolve("generated.xlsx");
    workbook.write(file);
    for (int i = 0; i < WARM_UPS; i++) {
      for (Way way : ways) {
        way.read(file, workbook.source());
      }
    }
  }

  private record Sluice(SparkSession spark, OwnStage stage) implements Way {
    @Override
    public String name() {
      return "Sluice";
    }

    @Override
    public long read(Path workbook, Source source) throws IOException {
      return stage.land(spark, workbook.getParent(), source);
    }
  }

  private static final class SparkExcelSource implements Way {
    private final SparkSession spark;
    private final Path folder;
    private final String name;
    private final String rowsInMemory;
    private Path written;

    /**
     * @param rowsInMemory empty for all
     */
    SparkExcelSource(SparkSession spark, Path folder, String name, String rowsInMemory) {
      this.spark = spark;
      this.folder = folder;
      this.name = name;
      this.rowsInMemory = rowsInMemory;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long read(Path workbook, Source source) {
      written = newFolder();
      DataFrameReader reader =
          spark
              .read()
              .format("com.crealytics.spark.excel")
              .option("header", "true")
              .option("inferSchema", "false")
              .option("usePlainNumberFormat", "true");
      if (!rowsInMemory.isEmpty()) {
        reader = reader.option("maxRowsInMemory", rowsInMemory);
      }
      int columns = source.columns().size();
      Dataset<Row> rows = reader.load(workbook.toUri().toString()).coalesce(1);
      for (var column : source.columns()) {
        rows = rows.withColumnRenamed(column.headers().get(0), column.name());
      }
      rows.withColumn(BronzeTable.KINDS, lit("?".repeat(columns)))
          .withColumn(BronzeTable.CELLS, lit(",".repeat(columns - 1)))
          .withColumn(BronzeTable.FILE_ID, lit("generated"))
          .withColumn(BronzeTable.SHEET, lit("Data"))
          .withColumn(BronzeTable.SHEET_ROW, monotonically_increasing_id().plus(lit(2)).cast("int"))
          .withColumn(BronzeTable.BATCH, lit(1L))
          .write()
          .format("delta")
          .partitionBy(BronzeTable.BATCH)
          .save(written.toString());
      return 0;
    }

    @Override
    public long result(long read) {
      return spark
          .read()
          .format("delta")
          .load(written.toString())
          .where(col("c0").isNotNull())
          .count();
    }

    private Path newFolder() {
      try {
        return Files.createTempDirectory(folder, "spark-excel-").resolve("bronze");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
