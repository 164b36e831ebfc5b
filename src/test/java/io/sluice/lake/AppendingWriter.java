package io.sluice.lake;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * A process of its own that appends rows to a table, a commit each, and prints the id of each row
 * once its commit was acknowledged.
 */
final class AppendingWriter {
  private AppendingWriter() {}

  /** Arguments: the table's folder, the writer's name, how many commits. */
  public static void main(String[] arguments) {
    String path = arguments[0];
    int commits = Integer.parseInt(arguments[2]);
    try (SparkSession spark =
        Sessions.local(
            "writer", Map.of("spark.master", "local[1]", "spark.sql.shuffle.partitions", "1"))) {
      for (int i = 0; i < commits; i++) {
        String id = arguments[1] + "-" + i;
        List<Row> rows = List.of(RowFactory.create(id));
        spark
            .createDataFrame(rows, Lakes.PLAIN)
            .coalesce(1)
            .write()
            .format("delta")
            .mode("append")
            .save(path);
        System.out.println("acknowledged " + id);
      }
    }
  }
}
