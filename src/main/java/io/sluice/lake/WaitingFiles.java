package io.sluice.lake;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.rank;
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
 * newest version, with all parts of a delivery; what is no news any more, since something newer
 * counts or the same content does, is left out.
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
    Dataset<Row> versions =
        newest
            .groupBy("path_key")
            .agg(
                max("order_key").as("_place"),
                collect_set("file_id").as("_ids"),
                flatten(collect_list("slices")).as("_slices"));
    Dataset<Row> counting =
        ledger
            .serving(source)
            .groupBy(col("path_key").as("_path"))
            .agg(max("order_key").as("_counting"), flatten(collect_list("slices")).as("_held"));
    Column outdone = col("_counting").gt(col("_place"));
    Column leaves = size(array_except(col("_held"), col("_slices"))).gt(0);
    Dataset<Row> changing =
        versions
            .join(counting, col("path_key").equalTo(col("_path")), "left")
            .join(
                winning(ledger, source, versions), col("path_key").equalTo(col("_winner")), "left")
            .where(not(coalesce(outdone, lit(false))))
            .where(coalesce(leaves, lit(false)).or(coalesce(col("_wins"), lit(false))))
            .select(col("path_key").as("_changing"));
    return newest
        .join(changing, col("path_key").equalTo(col("_changing")), "left_semi")
        .orderBy("uri")
        .select(
            Stream.of(FileRecord.SCHEMA.fieldNames()).map(name -> col(name)).toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(FileRecord::of);
  }

  private static Dataset<Row> newest(Ledger ledger, String source) {
    var newestFirst = Window.partitionBy("path_key").orderBy(col("order_key").desc());
    var latestFirst = Window.partitionBy("path_key", "uri").orderBy(col("batch").desc());
    return ledger
        .standing()
        .where(WAITING)
        .where(col("source").equalTo(source))
        .withColumn("_place", rank().over(newestFirst))
        .where("_place = 1")
        .withColumn("_line", row_number().over(latestFirst))
        .where("_line = 1")
        .drop("_place", "_line");
  }

  /** Whether each version would serve one of its slices if it counted. */
  private static Dataset<Row> winning(Ledger ledger, String source, Dataset<Row> versions) {
    Dataset<Row> claims =
        versions.select(
            col("path_key").as("_winner"),
            col("_ids"),
            col("_place"),
            explode(col("_slices")).as("_slice"));
    Dataset<Row> winners = ledger.winners(source).select("slice", "file_id", "order_key");
    Column another = not(array_contains(col("_ids"), col("file_id")));
    return claims
        .join(winners, col("_slice").equalTo(col("slice")), "left")
        .groupBy("_winner")
        .agg(
            max(coalesce(another.and(col("order_key").leq(col("_place"))), lit(true))).as("_wins"));
  }
}
