package io.sluice.bronze;

import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.lake.BronzeTable;
import io.sluice.workbook.WorkbookTable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Workbooks as a Dataset: the columns of bronze without the batch, then the file's uri, then the
 * outcome. The outcome is set in the last record of each file, which carries no row.
 */
final class WorkbookDataset {
  static final String FILE_URI = "file_uri";
  static final String OUTCOME = "outcome";

  /**
   * Several tasks a core, so that one long workbook at the end does not keep the others waiting.
   */
  private static final int TASKS_PER_CORE = 4;

  private final SparkSession spark;
  private final String landing;
  private final ZoneId zone;
  private final Source source;

  WorkbookDataset(SparkSession spark, Pipeline pipeline, Source source) {
    this.spark = spark;
    this.landing = pipeline.landing();
    this.zone = pipeline.zone();
    this.source = source;
  }

  Dataset<Row> read(List<LandedFile> files) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    if (source.reader() == Source.Reader.SPARK_EXCEL) {
      return spark.createDataFrame(
          context.parallelize(onDriver(files, context.hadoopConfiguration())), schema());
    }
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    List<List<LandedFile>> tasks =
        pack(files, spark.sparkContext().defaultParallelism() * TASKS_PER_CORE);
    String root = landing;
    ZoneId zoneOfCells = zone;
    Source contract = source;
    var rows =
        context
            .parallelize(tasks, tasks.size())
            .mapPartitions(
                partition -> {
                  LocalCopy.Landing from =
                      new LocalCopy.Landing(root, configuration.value().value());
                  List<LandedFile> ofTask = new ArrayList<>();
                  partition.forEachRemaining(ofTask::addAll);
                  return new Concatenated(
                      ofTask.iterator(),
                      file -> WorkbookRows.of(contract, zoneOfCells, file, from));
                });
    return spark.createDataFrame(rows, schema());
  }

  /** A source of Spark's cannot be read within a task. */
  private List<Row> onDriver(List<LandedFile> files, Configuration configuration) {
    LocalCopy.Landing from = new LocalCopy.Landing(landing, configuration);
    SparkExcel texts = new SparkExcel(spark, source);
    List<Row> rows = new ArrayList<>();
    for (LandedFile file : files) {
      WorkbookRows.of(
              source,
              zone,
              file,
              from,
              (path, uri, contract) -> WorkbookTable.open(path, uri, contract, texts))
          .forEachRemaining(rows::add);
    }
    return rows;
  }

  private StructType schema() {
    StructType schema = new StructType();
    for (var field : BronzeTable.schema(source).fields()) {
      if (!field.name().equals(BronzeTable.BATCH)) {
        schema = schema.add(field);
      }
    }
    return schema.add(FILE_URI, DataTypes.StringType).add(OUTCOME, DataTypes.StringType);
  }

  /**
   * Files by bytes into at most {@code bins} tasks: the largest first, each to the emptiest task.
   */
  static List<List<LandedFile>> pack(List<LandedFile> files, int bins) {
    int count = Math.max(1, Math.min(bins, files.size()));
    List<List<LandedFile>> tasks = new ArrayList<>();
    long[] bytes = new long[count];
    for (int i = 0; i < count; i++) {
      tasks.add(new ArrayList<>());
    }
    List<LandedFile> largestFirst = new ArrayList<>(files);
    largestFirst.sort(
        Collections.reverseOrder(Comparator.comparingLong(LandedFile::size))
            .thenComparing(LandedFile::uri));
    for (LandedFile file : largestFirst) {
      int emptiest = 0;
      for (int i = 1; i < count; i++) {
        if (bytes[i] < bytes[emptiest]) {
          emptiest = i;
        }
      }
      tasks.get(emptiest).add(file);
      bytes[emptiest] += file.size() + 1;
    }
    return tasks;
  }

  /** The records of one file after another, each opened only when the one before it has ended. */
  private static final class Concatenated implements Iterator<Row> {
    private final Iterator<LandedFile> files;
    private final java.util.function.Function<LandedFile, Iterator<Row>> open;
    private Iterator<Row> current = Collections.emptyIterator();

    Concatenated(
        Iterator<LandedFile> files, java.util.function.Function<LandedFile, Iterator<Row>> open) {
      this.files = files;
      this.open = open;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && files.hasNext()) {
        current = open.apply(files.next());
      }
      return current.hasNext();
    }

    @Override
    public Row next() {
      hasNext();
      return current.next();
    }
  }
}
