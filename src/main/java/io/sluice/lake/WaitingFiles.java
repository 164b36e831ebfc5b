package io.sluice.lake;

import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Files that wait for somebody to approve them, and would change something then. Of a path the
 * newest one; what is no news any more, since something newer counts or the same content does, is
 * left out. Only sources of whose deliveries each is one file have such.
 */
public final class WaitingFiles {
  private static final String WAITING = "outcome = 'WAITING'";

  private WaitingFiles() {}

  /**
   * By source and path.
   *
   * @param sources names of those that are still declared
   */
  public static List<FileRecord> of(Ledger ledger, Set<String> sources) {
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    Set<String> waiting = new TreeSet<>();
    ledger
        .read()
        .where(WAITING)
        .where(col("source").isInCollection(sources))
        .select("source")
        .distinct()
        .collectAsList()
        .forEach(row -> waiting.add(row.getString(0)));
    return waiting.stream().flatMap(source -> of(ledger, source)).toList();
  }

  private static Stream<FileRecord> of(Ledger ledger, String source) {
    Dataset<Row> newest = newest(ledger, source);
    Dataset<Row> counting =
        ledger
            .serving(source)
            .select(
                col("path_key").as("_path"),
                col("order_key").as("_counting"),
                col("slices").as("_held"));
    Column outdone = col("_counting").gt(col("order_key"));
    Column leaves = size(array_except(col("_held"), col("slices"))).gt(0);
    return newest
        .join(counting, col("path_key").equalTo(col("_path")), "left")
        .join(winning(ledger, source, newest), col("path_key").equalTo(col("_winner")), "left")
        .where(coalesce(outdone.equalTo(false), lit(true)))
        .where(coalesce(leaves, lit(false)).or(coalesce(col("_wins"), lit(false))))
        .orderBy("uri")
        .select(Stream.of(FileRecord.SCHEMA.fieldNames()).map(n -> col(n)).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(FileRecord::of);
  }

  private static Dataset<Row> newest(Ledger ledger, String source) {
    var newestFirst =
        Window.partitionBy("path_key")
            .orderBy(col("order_key").desc(), col("batch").desc(), col("uri").desc());
    return ledger
        .standing()
        .where(WAITING)
        .where(col("source").equalTo(source))
        .withColumn("_rank", row_number().over(newestFirst))
        .where("_rank = 1")
        .drop("_rank");
  }

  /** Whether each file would serve one of its slices if it counted. */
  private static Dataset<Row> winning(Ledger ledger, String source, Dataset<Row> newest) {
    Dataset<Row> claims =
        newest.select(
            col("path_key").as("_winner"),
            col("file_id").as("_id"),
            col("order_key").as("_place"),
            explode(col("slices")).as("_slice"));
    Dataset<Row> winners = ledger.winners(source).select("slice", "file_id", "order_key");
    Column wins = col("file_id").notEqual(col("_id")).and(col("order_key").leq(col("_place")));
    return claims
        .join(winners, col("_slice").equalTo(col("slice")), "left")
        .groupBy("_winner")
        .agg(max(coalesce(wins, lit(true))).as("_wins"));
  }
}
