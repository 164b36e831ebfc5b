package io.sluice.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lines of the ledger as of one version, read once and kept: the stages of a run ask for them
 * again and again. A ledger too large to be kept is read each time, in the columns asked for.
 */
final class LedgerLines {
  private static final long LARGEST_KEPT = 64L << 20;

  /** So many commits are remembered before the table is read again. */
  private static final int MOST_ADDED = 16;

  private static final List<String> LATER_COLUMNS = List.of("part", "manifest", "etag");

  private final LakeTable table;
  private Dataset<Row> rows;
  private String tableId;
  private long version;
  private int added;

  LedgerLines(LakeTable table) {
    this.table = table;
  }

  Dataset<Row> now() {
    return table.state().map(this::at).orElseGet(table::read);
  }

  synchronized Dataset<Row> at(LakeState state) {
    if (DeltaApi.bytes(state.snapshot()) > LARGEST_KEPT) {
      return complete(table.read(state.version()));
    }
    if (rows == null || version != state.version() || !tableId.equals(state.tableId())) {
      // A copy: what Spark's cache holds of a Delta table, it also gives for the table's later
      // versions.
      rows = complete(table.read(state.version())).localCheckpoint(true);
      tableId = state.tableId();
      version = state.version();
      added = 0;
    }
    return rows;
  }

  /** A ledger that was begun before these columns were gets them with its next commit. */
  private static Dataset<Row> complete(Dataset<Row> lines) {
    List<String> there = List.of(lines.columns());
    Dataset<Row> all = lines;
    for (String name : LATER_COLUMNS) {
      all = all.withColumn(name, there.contains(name) ? coalesce(col(name), lit("")) : lit(""));
    }
    return all;
  }

  /**
   * Takes in what a commit of our own appended to {@code before}, unless somebody else's came with
   * it.
   */
  synchronized void committed(LakeState before, LakeState after, Dataset<Row> lines) {
    boolean known = rows != null && version == before.version() && tableId.equals(before.tableId());
    known &= after.version() == before.version() + 1;
    if (known && ++added <= MOST_ADDED) {
      rows = rows.unionByName(lines);
      version = after.version();
    } else {
      rows = null;
    }
  }
}
