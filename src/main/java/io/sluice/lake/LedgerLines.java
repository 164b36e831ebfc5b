package io.sluice.lake;

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
      return table.read(state.version());
    }
    if (rows == null || version != state.version() || !tableId.equals(state.tableId())) {
      // A copy: what Spark's cache holds of a Delta table, it also gives for the table's later
      // versions.
      rows = table.read(state.version()).localCheckpoint(true);
      tableId = state.tableId();
      version = state.version();
      added = 0;
    }
    return rows;
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
