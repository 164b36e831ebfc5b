package io.sluice.gold;

import io.sluice.config.GoldTable;
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
import java.util.SortedSet;
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
      return commitDated(work, days, days, List.of(), Changes.EVERYTHING);
    }
    if (shape instanceof GoldTable.Fact fact) {
      return makeFact(work, fact);
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

  private ModelResult makeFact(GoldWork work, GoldTable.Fact fact) {
    Dataset<Row> silver =
        work.changes.everything()
            ? inputs.all(fact.from())
            : onDates(fact.from(), fact.date(), work.changes.dates());
    Map<String, DimensionRef> dimensions = new HashMap<>();
    for (String name : fact.dimensions()) {
      GoldTable dimension = scope.pipeline().gold().get(name);
      dimensions.put(
          name, new DimensionRef(name, (GoldTable.Dimension) dimension.shape(), inputs.all(name)));
    }
    Dataset<Row> facts =
        FactTable.rows(work.table.name(), fact, silver, dimensions, work.table.partitionByDate());
    return commitDated(work, facts, silver, List.of("date_key"), work.changes);
  }

  /** A silver table that is not partitioned is filtered by its date column. */
  private Dataset<Row> onDates(String table, String column, SortedSet<LocalDate> dates) {
    return scope.pipeline().silver().get(table).partitionByDate().isPresent()
        ? inputs.on(table, dates)
        : inputs.all(table).where(GoldDates.onDates(column, dates));
  }

  private ModelResult makeSql(GoldWork work, GoldTable.SqlModel model) {
    DatedRows dated = new DatedRows(scope.lake().spark(), scope.pipeline(), work.table);
    Changes changes = dated.toMake(work.changes);
    Dataset<Row> rows = dated.rows(changes, inputs);
    List<String> slices = model.date().map(List::of).orElse(List.of());
    return commitDated(work, rows, rows, slices, changes);
  }

  private ModelResult commitDated(
      GoldWork work, Dataset<Row> made, Dataset<Row> source, List<String> slices, Changes changes) {
    Dataset<Row> candidate = made.persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(candidate);
    GateResult gate = work.gate(candidate, slices);
    long sourceRows =
        source == made ? gate.rows() : FactControl.check(work.table, source, candidate);
    List<Held> held = work.held(gate);
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
