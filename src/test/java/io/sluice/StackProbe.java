package io.sluice;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.amazon.deequ.constraints.Constraint;
import io.sluice.lake.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Takes one workbook through every library of the stack, and tells what each of them made of it.
 */
public final class StackProbe {
  private StackProbe() {}

  /** Runs in a process of its own: the workbook, then a folder to write to. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = Sessions.local("probe", Map.of("spark.master", "local[1]"));
    run(spark, Path.of(arguments[0]), Path.of(arguments[1])).forEach(System.out::println);
    spark.stop();
  }

  static List<String> run(SparkSession spark, Path workbook, Path folder) throws Exception {
    Dataset<Row> rows = readWorkbook(spark, workbook);
    String table = Files.createDirectories(folder).resolve("table").toUri().toString();
    rows.write().format("delta").save(table);
    Dataset<Row> stored = spark.read().format("delta").load(table).orderBy("security");
    return List.of(
        "excel " + text(rows.orderBy("security")),
        "delta " + text(stored),
        "deequ " + verify(stored),
        "s3a " + FileSystem.getFileSystemClass("s3a", new Configuration()).getSimpleName());
  }

  private static Dataset<Row> readWorkbook(SparkSession spark, Path workbook) {
    return spark
        .read()
        .format("com.crealytics.spark.excel")
        .option("header", "true")
        .option("dataAddress", "'Holdings'!A1")
        .schema("security STRING, quantity DOUBLE")
        .load(workbook.toUri().toString());
  }

  private static String verify(Dataset<Row> rows) {
    Seq<Constraint> noConstraints = JavaConverters.asScalaBuffer(List.<Constraint>of()).toList();
    Check check =
        new Check(CheckLevel.Error(), "complete", noConstraints)
            .isComplete("security", Option.empty(), Option.empty());
    VerificationResult result = new VerificationSuite().onData(rows).addCheck(check).run();
    return result.status().toString();
  }

  private static String text(Dataset<Row> rows) {
    return rows.collectAsList().toString();
  }
}
