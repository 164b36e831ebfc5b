package io.sluice.gold;

import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import io.sluice.lake.Stamp;
import io.sluice.quality.Gate;
import io.sluice.quality.GateLog;
import io.sluice.quality.GateResult;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the making of every kind of gold table shares: what changed, the gate, the commit with its
 * progress.
 */
final class GoldWork {
  private static final List<String> PARTS = List.of("year", "month", "day");

  final RunScope scope;
  final GoldTable table;
  final LakeTable target;
  final Optional<LakeState> state;
  final Changes changes;
  final List<Held> heldBefore;
  final boolean fresh;
  private final Map<String, Long> progress;
  private final Set<String> beside = new HashSet<>();

  /**
   * @param inputs names of the tables that it reads
   * @param whole whether to make it anew whatever changed
   */
  GoldWork(
      RunScope scope,
      GoldTable table,
      Set<String> inputs,
      GoldInputs tables,
      List<Held> held,
      boolean whole) {
    this.scope = scope;
    this.table = table;
    this.target = tables.table(table.name());
    this.state = target.state();
    this.heldBefore = held.stream().filter(h -> h.table().equals(table.name())).toList();
    this.progress = new HashMap<>();
    this.fresh = whole || state.isEmpty() || state.get().sequence() == 0;
    Changes all = fresh ? Changes.EVERYTHING : Changes.NONE;
    for (String input : inputs) {
      Optional<LakeState> now = tables.state(input);
      if (now.isEmpty()) {
        continue;
      }
      long version = now.get().version();
      progress.put(now.get().tableId(), version);
      if (!fresh) {
        long consumed = state.get().consumed(now.get().tableId());
        all = all.and(tables.table(input).changes(consumed, version));
        // A dimension may change without a date, which matters only to what is made whole.
        if (madeWhole() && tables.table(input).rowsChanged(consumed, version)) {
          all = Changes.EVERYTHING;
        }
      }
    }
    this.changes = all.and(Changes.of(heldDates()));
  }

  private boolean madeWhole() {
    return table.shape() instanceof GoldTable.SqlModel model
        && (model.date().isEmpty() || model.readsDaysBack() < 0);
  }

  boolean nothingToDo() {
    return changes.isEmpty() && heldBefore.isEmpty();
  }

  ModelResult unchanged() {
    return ModelResult.unchanged(table.name(), state.map(LakeState::version).orElse(-1L));
  }

  /** Evaluates the built-in and declared rules; what fails is held. */
  GateResult gate(Dataset<Row> candidate, List<String> slices) {
    List<GateRule> rules = new ArrayList<>(BuiltInRules.forTable(table, scope.pipeline()));
    rules.addAll(table.gate());
    return Gate.evaluate(table.name(), rules, candidate, slices);
  }

  List<Held> held(GateResult gate) {
    return gate.failedSlices().stream()
        .map(
            slice ->
                hold(slice, Reason.GATE_FAILED, gate.failedRules(slice), gate.messageFor(slice)))
        .toList();
  }

  Held hold(String slice, Reason reason, String rule, String message) {
    return new Held(
        table.name(), slice, reason.name(), rule, message, scope.runId(), Instant.now());
  }

  /** Before the commit: what is held, and what the gate found. */
  void announce(List<Held> held, GateResult gate) {
    new HeldSlices(scope.lake()).announce(table.name(), heldBefore, held, scope.runId());
    GateLog.append(scope, List.of(gate));
  }

  void settle(List<Held> held) {
    new HeldSlices(scope.lake()).settle(table.name(), heldBefore, held, scope.runId());
  }

  /** The table as it is, created with the candidate's schema if it is not there. */
  LakeState open(Dataset<Row> candidate) {
    return state.orElseGet(
        () ->
            target.create(
                candidate.schema().asNullable(),
                table.partitionByDate().isPresent() ? PARTS : List.of(),
                table.description()));
  }

  /** A commit that moves the progress on. */
  Stamp stamp(Changes changed) {
    return new Stamp(
        scope.runId(),
        0,
        SqlModels.definition(scope.lake().spark(), table, scope.pipeline()),
        progress,
        changed);
  }

  /**
   * A commit that leaves the progress where it was, so that a run that dies after it does the work
   * again.
   */
  Stamp stampWithoutProgress(Changes changed) {
    // Of what it is made from beside its inputs it holds no version now.
    Map<String, Long> none = new HashMap<>();
    beside.forEach(id -> none.put(id, -1L));
    return new Stamp(scope.runId(), 0, "", none, changed);
  }

  /** A table beside the inputs, of which a commit that moves the progress on consumes a version. */
  void reads(LakeState other) {
    beside.add(other.tableId());
    progress.put(other.tableId(), other.version());
  }

  /** Replaces the rows of some dates, or all rows. */
  LakeState replace(Dataset<Row> rows, Changes changed) {
    LakeState from = open(rows);
    Dataset<Row> laidOut = layOut(rows, changed);
    if (changed.everything()) {
      return target.commit(from, LakeWrite.replaceAll(laidOut, stamp(changed)));
    }
    String where =
        GoldDates.condition(scope.pipeline(), table.name(), changed.dates()).orElseThrow();
    return target.commit(from, LakeWrite.replaceWhere(laidOut, where, stamp(changed)));
  }

  private Dataset<Row> layOut(Dataset<Row> rows, Changes changed) {
    if (table.partitionByDate().isEmpty()) {
      return rows.coalesce(1);
    }
    int tasks = rows.sparkSession().sparkContext().defaultParallelism() * 2;
    if (!changed.everything()) {
      tasks = Math.max(1, Math.min(tasks, changed.dates().size()));
    }
    return rows.repartition(
        tasks,
        org.apache.spark.sql.functions.col("year"),
        org.apache.spark.sql.functions.col("month"),
        org.apache.spark.sql.functions.col("day"));
  }

  /** The dates that are held; a slice that is the whole table has none. */
  private SortedSet<LocalDate> heldDates() {
    SortedSet<LocalDate> dates = new TreeSet<>();
    heldBefore.forEach(held -> date(held.slice()).ifPresent(dates::add));
    return dates;
  }

  /** The date of a slice named by a date or a date key. */
  static Optional<LocalDate> date(String slice) {
    int equals = slice.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    String value = slice.substring(equals + 1);
    return Optional.of(
        value.indexOf('-') > 0
            ? LocalDate.parse(value)
            : LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE));
  }
}
