package io.sluice.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code held}: slices whose candidate did not pass. Every later run tries them
 * again.
 */
public final class HeldSlices {
  private static final StructType SCHEMA =
      new StructType()
          .add("table_name", DataTypes.StringType)
          .add("slice", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("since", DataTypes.TimestampType);

  private final LakeTable table;

  public HeldSlices(Lake lake) {
    this.table = lake.table(Layer.OPS, "held");
  }

  /**
   * A held slice.
   *
   * @param reason REJECT_LIMIT, GATE_FAILED, GRAIN_DUPLICATE or CONTROL_DIFFERS
   * @param runId the run that held it first
   */
  public record Held(
      String table,
      String slice,
      String reason,
      String rule,
      String message,
      String runId,
      Instant since) {
    /** Keeps the run and time of the run that held the slice first. */
    private Held asFirst(Held earlier) {
      return earlier == null
          ? this
          : new Held(table, slice, reason, rule, message, earlier.runId, earlier.since);
    }

    private Row toRow() {
      return RowFactory.create(table, slice, reason, rule, message, runId, since);
    }
  }

  /** All held slices of all tables. */
  public List<Held> all() {
    if (table.state().map(LakeState::sequence).orElse(0L) == 0) {
      return List.of();
    }
    List<Held> held = new ArrayList<>();
    for (Row row : table.read().orderBy("table_name", "slice").collectAsList()) {
      held.add(
          new Held(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getString(5),
              row.getInstant(6)));
    }
    return held;
  }

  /** The held slices of one table. */
  public List<Held> of(String tableName) {
    return all().stream().filter(held -> held.table().equals(tableName)).toList();
  }

  /**
   * Before a table's commit: writes what is held now beside what was held before, since a held row
   * goes only after the commit that passed its slice. Does nothing where nothing new is held.
   */
  public void announce(String tableName, List<Held> before, List<Held> now, String runId) {
    if (now.isEmpty()) {
      return;
    }
    Map<String, Held> both = new LinkedHashMap<>();
    now.forEach(held -> both.put(held.slice(), held));
    before.forEach(held -> both.putIfAbsent(held.slice(), held));
    write(tableName, before, both.values(), runId);
  }

  /**
   * After a table's commit: leaves only what is held now. Does nothing where nothing was released.
   */
  public void settle(String tableName, List<Held> before, List<Held> now, String runId) {
    Set<String> still = now.stream().map(Held::slice).collect(Collectors.toSet());
    if (before.stream().anyMatch(held -> !still.contains(held.slice()))) {
      write(tableName, before, now, runId);
    }
  }

  private void write(String tableName, List<Held> before, Collection<Held> now, String runId) {
    Map<String, Held> first = new LinkedHashMap<>();
    before.forEach(held -> first.put(held.slice(), held));
    List<Row> rows =
        now.stream().map(held -> held.asFirst(first.get(held.slice())).toRow()).toList();
    LakeState state =
        table.create(SCHEMA, List.of("table_name"), "Slices whose candidate did not pass");
    table.commit(
        state,
        LakeWrite.replaceWhere(
            table.spark().createDataFrame(rows, SCHEMA).coalesce(1),
            "table_name = '" + tableName + "'",
            LakeWrite.stamp(runId)));
  }
}
