package io.sluice.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.SparkForTests;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no workbooks, under the contract of one. */
class TableFilesTest {
  private static final String CONF =
      """
      pipeline.name = NAME
      landing.root = "landing"
      sources.holdings {
        files = "{excel,parquet,csv}/*"
        slice = [portfolio_id, as_of_date]
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          security_id { type = string, required = true }
          quantity { type = "decimal(20,4)", required = true, scale-excess = half-up }
          weight { type = "decimal(20,10)" }
          settled { type = date }
          lots { type = bigint }
          code { type = string }
        }
      }
      silver.stg_holdings {
        from = holdings
        key = [portfolio_id, security_id, as_of_date]
        partition-by-date = as_of_date
      }
      """;

  private static final String HEADER = "portfolio id|security id|quantity|weight|settled|lots|code";

  @TempDir Path folder;

  @Test
  void theExcelTheParquetAndTheCsvOfADayGiveTheSameRowsOfSilver() throws IOException {
    Trial excel = trial("of_excel");
    excel.land(
        "excel/1.xlsx",
        Star.workbook(
            "2024-01-02",
            HEADER,
            "P1|S1|1200.25|0.1|2024-01-04|3|00846E10",
            "P1|S2|-5||||",
            "P1|S3|0.00005|0.0000001|2024-01-05|12345678901|12"),
        0);
    excel.run(Stage.INGEST, Stage.CONFORM);
    List<String> rows = silver(excel);
    assertThat(rows)
        .containsExactly(
            "P1|S1|1200.2500|0.1000000000|2024-01-04|3|00846E10|2024-01-02",
            "P1|S2|-5.0000|||||2024-01-02",
            "P1|S3|0.0001|0.0000001000|2024-01-05|12345678901|12|2024-01-02");

    Trial parquet = trial("of_parquet");
    Dataset<Row> typed =
        rows(
            "('P1', 'S1', cast(1200.25 as decimal(20,6)), cast(0.1 as double), date'2024-01-04', cast(3 as bigint), '00846E10')",
            "('P1', 'S2', cast(-5 as decimal(20,6)), cast(null as double), cast(null as date), cast(null as bigint), cast(null as string))",
            "('P1', 'S3', cast(0.00005 as decimal(20,6)), cast(1e-7 as double), date'2024-01-05', 12345678901, '12')");
    parquet.land("parquet/1.parquet", parquet(typed), 0);
    assertThat(parquet.run(Stage.INGEST, Stage.CONFORM).balance())
        .isNotEmpty()
        .allMatch(BalanceLine::balances);
    assertThat(silver(parquet)).isEqualTo(rows);

    Trial csv = trial("of_csv");
    String text =
        "As of,2024-01-02\n\n"
            + HEADER.replace('|', ',')
            + "\nP1,S1,1200.25,0.1,2024-01-04,3,00846E10\nP1,S2,-5,,,,\n"
            + "P1,S3,0.00005,0.0000001,2024-01-05,12345678901,\"12\"\n";
    csv.land("csv/1.csv", text.getBytes(StandardCharsets.UTF_8), 0);
    csv.run(Stage.INGEST, Stage.CONFORM);
    assertThat(silver(csv)).isEqualTo(rows);

    parquet.land(
        "parquet/2.parquet",
        parquet(typed.withColumn("as_of_date", expr("if(lots = 3, date'2024-01-03', null)"))),
        1);
    parquet.land("parquet/3.parquet", parquet(typed.drop("security id")), 2);
    parquet.land("parquet/4.parquet", cut(parquet(typed)), 3);
    parquet.land(
        "parquet/5.parquet",
        parquet(
            typed
                .withColumn("weight", lit(Double.NaN))
                .withColumn("code", expr("array(code)"))
                .withColumn("settled", expr("timestamp'2024-01-04 10:00:00'"))
                .withColumn("quantity", expr("cast(0.1 as float)"))
                .withColumn("as_of_date", expr("date'2024-01-08'"))),
        4);
    RunReport bad = parquet.run(Stage.INGEST, Stage.CONFORM);
    assertThat(bad.files())
        .extracting(FileLine::uri, FileLine::reason)
        .contains(
            tuple("parquet/2.parquet", "ABOVE_INVALID"),
            tuple("parquet/3.parquet", "COLUMN_MISSING"),
            tuple("parquet/4.parquet", "FILE_UNREADABLE"));
    assertThat(
            Trial.rows(
                parquet
                    .silver("rejects")
                    .read()
                    .where("sheet_row = 3")
                    .select("column_name", "reason", "raw", "cell")))
        .containsExactly(
            "code|ERROR_CELL|#NESTED|G3",
            "settled|TYPE_MISMATCH|2024-01-04T10:00:00Z|E3",
            "weight|ERROR_CELL|#NUM!|D3");
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static Dataset<Row> rows(String... values) {
    return SparkForTests.session()
        .sql(
            "select *, date'2024-01-02' as as_of_date from values "
                + String.join(", ", values)
                + " as t(`"
                + HEADER.replace("|", "`, `")
                + "`)");
  }

  private byte[] parquet(Dataset<Row> rows) throws IOException {
    Path out = Files.createTempDirectory(folder, "written").resolve("parquet");
    rows.coalesce(1).write().parquet(out.toString());
    try (Stream<Path> files = Files.list(out)) {
      return Files.readAllBytes(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
  }

  private static List<String> silver(Trial trial) {
    return Trial.rows(
        trial
            .silver("stg_holdings")
            .read()
            .where("as_of_date = date'2024-01-02'")
            .select(
                col("portfolio_id"),
                col("security_id"),
                col("quantity"),
                col("weight"),
                col("settled"),
                col("lots"),
                col("code"),
                col("as_of_date")));
  }

  private Trial trial(String name) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(place.resolve("landing"));
    return Trial.of(
        Files.writeString(place.resolve(name + ".conf"), CONF.replace("NAME", name)), place);
  }
}
