package io.sluice.gold;

import io.sluice.config.ControlTotal;
import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.RunScope;
import io.sluice.quality.GateResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Silver to gold. Every table reads what changed in its inputs since the versions that its last
 * commit consumed. A dimension that loses rows is committed twice: with the new rows beside the old
 * ones before its facts are repointed, and without the old ones at the end, so that every fact key
 * resolves at every version.
 */
public final class ModelStage {
  private final RunScope scope;
  private final List<GoldTable> ordered;
  private final GoldInputs inputs;
  private final List<DimensionBuild> toFinish = new ArrayList<>();
  private final List<Dataset<Row>> cached = new ArrayList<>();

  /**
   * @throws io.sluice.error.SluiceException CONFIG_INVALID for SQL models that cannot be ordered
   */
  public ModelStage(RunScope scope) {
    this.scope = scope;
    this.ordered = SqlModels.order(scope.lake().spark(), scope.pipeline());
    this.inputs = new GoldInputs(scope);
  }

  /** Names of the tables that a table is computed from. */
  public List<String> inputsOf(GoldTable table) {
    return List.copyOf(SqlModels.inputs(scope.lake().spark(), table, scope.pipeline()));
  }

  public List<GoldTable> ordered() {
    return ordered;
  }

  /**
   * Makes what has to be made.
   *
   * @param held what is held now, of all tables
   * @param whole names of tables to make anew whatever changed
   */
  public List<ModelResult> run(List<Held> held, java.util.Set<String> whole) {
    Map<String, ModelResult> results = new HashMap<>();
    try {
      for (GoldTable table : ordered) {
        results.put(table.name(), make(table, held, whole.contains(table.name())));
      }
      for (DimensionBuild dimension : toFinish) {
        long version = dimension.finish();
        results.computeIfPresent(dimension.name(), (name, result) -> atVersion(result, version));
      }
    } finally {
      cached.forEach(Dataset::unpersist);
      cached.clear();
      toFinish.clear();
    }
    return ordered.stream().map(table -> results.get(table.name())).toList();
  }

  private static ModelResult atVersion(ModelResult result, long version) {
    return new ModelResult(
        result.table(),
        result.changed(),
        version,
        result.sourceRows(),
        result.rows(),
        result.heldRows(),
        result.changes(),
        result.held(),
        result.gates());
  }

  private ModelResult make(GoldTable table, List<Held> held, boolean whole) {
    boolean hasInputs = inputsOf(table).stream().allMatch(name -> inputs.state(name).isPresent());
    if (!hasInputs) {
      return ModelResult.unchanged(table.name(), -1);
    }
    GoldWork work =
        new GoldWork(scope, table, java.util.Set.copyOf(inputsOf(table)), inputs, held, whole);
    GoldTable.Shape shape = table.shape();
    if (shape instanceof GoldTable.Dimension dimension) {
      return makeDimension(work, new DimensionBuild(scope, work, dimension, inputs));
    }
    if (work.nothingToDo()) {
      return work.unchanged();
    }
    if (shape instanceof GoldTable.Calendar calendar) {
      Dataset<Row> days = CalendarTable.rows(scope.lake().spark(), calendar);
      return commitDated(work, days, gated(work), List.of(), Changes.EVERYTHING);
    }
    if (shape instanceof GoldTable.Fact fact) {
      FactBuild build = new FactBuild(scope, work, fact, inputs);
      return commitDated(work, build.rows(), build::audit, List.of("date_key"), work.changes);
    }
    return makeSql(work, (GoldTable.SqlModel) shape);
  }

  private ModelResult makeDimension(GoldWork work, DimensionBuild build) {
    if (build.nothingToDo()) {
      return work.unchanged();
    }
    ModelResult result = build.make(cached);
    if (build.mustFinish()) {
      toFinish.add(build);
    }
    return result;
  }

  private ModelResult makeSql(GoldWork work, GoldTable.SqlModel model) {
    DatedRows dated = new DatedRows(scope.lake().spark(), scope.pipeline(), work.table);
    Changes changes = dated.toMake(work.changes);
    Dataset<Row> rows = dated.rows(changes, inputs);
    List<String> slices = model.date().map(List::of).orElse(List.of());
    Audit audit = model.control().isEmpty() ? gated(work) : controlled(work, model, changes);
    return commitDated(work, rows, audit, slices, changes);
  }

  private static Audit gated(GoldWork work) {
    return (candidate, gate) -> new Audit.Found(gate.rows(), work.held(gate));
  }

  private Audit controlled(GoldWork work, GoldTable.SqlModel model, Changes changes) {
    Map<String, Dataset<Row>> facts = new HashMap<>();
    for (ControlTotal total : model.control()) {
      String fact = total.fact();
      facts.put(fact, changes.everything() ? inputs.all(fact) : inputs.on(fact, changes.dates()));
    }
    return (candidate, gate) -> {
      SortedMap<String, Held> held = new TreeMap<>();
      work.held(gate).forEach(each -> held.put(each.slice(), each));
      ModelControl.differences(work.table, candidate, facts)
          .forEach(
              (slice, sums) ->
                  held.merge(
                      slice,
                      work.hold(slice, Reason.CONTROL_DIFFERS, Audit.CONTROL, sums),
                      Audit::both));
      return new Audit.Found(gate.rows(), held.values());
    };
  }

  private ModelResult commitDated(
      GoldWork work, Dataset<Row> made, Audit audit, List<String> slices, Changes changes) {
    Dataset<Row> candidate = made.persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(candidate);
    GateResult gate = work.gate(candidate, slices);
    Audit.Found found = audit.of(candidate, gate);
    long sourceRows = found.sourceRows();
    List<Held> held = found.held();
    work.announce(held, gate);
    if (held.stream().anyMatch(each -> GoldWork.date(each.slice()).isEmpty())) {
      return new ModelResult(
          work.table.name(),
          true,
          work.unchanged().version(),
          sourceRows,
          0,
          gate.rows(),
          Changes.NONE,
          held,
          List.of(gate));
    }
    SortedSet<LocalDate> heldDates = new TreeSet<>();
    held.forEach(each -> heldDates.add(GoldWork.date(each.slice()).orElseThrow()));
    Dataset<Row> passed = candidate;
    long heldRows = 0;
    Changes committed = changes;
    if (!heldDates.isEmpty()) {
      String onHeld = onHeldDates(work, slices.get(0), heldDates);
      heldRows = candidate.where(onHeld).count();
      passed = candidate.where("not (" + onHeld + ")");
      if (changes.everything()) {
        if (work.state.isPresent()) {
          passed = passed.unionByName(work.target.read().where(onHeld));
        }
      } else {
        SortedSet<LocalDate> rest = new TreeSet<>(changes.dates());
        rest.removeAll(heldDates);
        committed = Changes.of(rest);
      }
    }
    LakeState after = work.replace(passed, committed);
    work.settle(held);
    return new ModelResult(
        work.table.name(),
        true,
        after.version(),
        sourceRows,
        gate.rows() - heldRows,
        heldRows,
        committed,
        held,
        List.of(gate));
  }

  private static String onHeldDates(GoldWork work, String column, SortedSet<LocalDate> dates) {
    return work.table.shape() instanceof GoldTable.Fact
        ? dates.stream()
            .map(date -> date.toString().replace("-", ""))
            .collect(Collectors.joining(", ", column + " in (", ")"))
        : GoldDates.onDates(column, dates);
  }
}
