package io.sluice.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The lake table {@code files}. Each of its commits is a batch, numbered by the table's sequence: a
 * batch of bronze that the ledger does not list was never finished, and its number is used again.
 */
public final class Ledger {
  /** Under this name stages record the last batch that they consumed. */
  public static final String PROGRESS = "ledger";

  private static final String ACCEPTED = "outcome = 'ACCEPTED'";

  /** A copy of accepted content holds its own place in the order, though it brought no rows. */
  private static final String COUNTS = "outcome = 'ACCEPTED' or reason = 'DUPLICATE_CONTENT'";

  private final LakeTable table;

  public Ledger(Lake lake) {
    this.table = lake.table(Layer.OPS, "files");
  }

  public LakeTable table() {
    return table;
  }

  public LakeState open() {
    return table.create(
        FileRecord.SCHEMA, List.of(), "Every file version ever seen, and what became of it");
  }

  /** Number of the last batch, 0 before the first. */
  public long lastBatch() {
    return table.state().map(LakeState::sequence).orElse(0L);
  }

  /** The name under which progress over this ledger is recorded; a ledger made anew has another. */
  public static String progressName(LakeState ledger) {
    return PROGRESS + "/" + ledger.tableId();
  }

  public Dataset<Row> read() {
    return table.read();
  }

  /**
   * The files of a source that count: accepted, or copies of such, and the latest of their path.
   * Columns of {@link FileRecord#SCHEMA}.
   */
  public Dataset<Row> serving(String source) {
    var newestFirst =
        Window.partitionBy("path_key")
            .orderBy(col("order_key").desc(), col("batch").desc(), col("file_id").desc());
    return read()
        .where(COUNTS)
        .where(col("source").equalTo(source))
        .withColumn("_rank", row_number().over(newestFirst))
        .where("_rank = 1")
        .drop("_rank");
  }

  /** Which file each slice of a source comes from: slice, file_id, bronze_batch, order_key. */
  public Dataset<Row> winners(String source) {
    return serving(source)
        .select(
            explode(col("slices")).as("slice"),
            struct("order_key", "batch", "file_id", "bronze_batch").as("claim"))
        .groupBy("slice")
        .agg(max("claim").as("claim"))
        .select("slice", "claim.file_id", "claim.bronze_batch", "claim.order_key");
  }

  /** Slices that the batches in (from, to] restate, or whose file they replace: slice. */
  public Dataset<Row> slicesIn(String source, long from, long to) {
    Dataset<Row> ofSource = read().where(col("source").equalTo(source));
    Dataset<Row> accepted = ofSource.where(ACCEPTED);
    Dataset<Row> paths =
        ofSource
            .where(COUNTS)
            .where(col("batch").gt(from).and(col("batch").leq(to)))
            .select("path_key")
            .distinct();
    return accepted.join(paths, "path_key").select(explode(col("slices")).as("slice")).distinct();
  }

  /** Commits a batch. */
  public LakeState commit(LakeState from, List<FileRecord> files, String runId) {
    List<Row> rows = files.stream().map(FileRecord::toRow).toList();
    Dataset<Row> lines = table.spark().createDataFrame(rows, FileRecord.SCHEMA).coalesce(1);
    return table.commit(from, LakeWrite.append(lines, LakeWrite.stamp(runId)));
  }

  /** The ledger as it is now, if there is one. */
  public Optional<LakeState> state() {
    return table.state();
  }
}
