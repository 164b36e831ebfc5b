package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.RunScope;
import io.sluice.quality.GateResult;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes the rows of one fact table, and says which dates must not be committed. */
final class FactBuild {
  private final RunScope scope;
  private final GoldWork work;
  private final GoldTable.Fact fact;
  private final Dataset<Row> silver;
  private final Map<String, DimensionRef> dimensions = new HashMap<>();

  FactBuild(RunScope scope, GoldWork work, GoldTable.Fact fact, GoldInputs inputs) {
    this.scope = scope;
    this.work = work;
    this.fact = fact;
    this.silver =
        work.changes.everything() ? inputs.all(fact.from()) : onDates(inputs, work.changes.dates());
    for (String name : fact.dimensions()) {
      GoldTable dimension = scope.pipeline().gold().get(name);
      dimensions.put(
          name, new DimensionRef(name, (GoldTable.Dimension) dimension.shape(), inputs.all(name)));
    }
  }

  Dataset<Row> rows() {
    return FactTable.rows(
        work.table.name(), fact, silver, dimensions, work.table.partitionByDate());
  }

  /**
   * Holds the facts to their silver rows and to their grain.
   *
   * @throws io.sluice.error.SluiceException LOOKUP_MULTIPLIES or UNBALANCED if there are more facts
   *     than silver rows
   */
  Audit.Found audit(Dataset<Row> candidate, GateResult gate) {
    FactControl control = FactControl.of(work.table, silver, candidate);
    control.requireNoMore(silver, dimensions);
    SortedMap<String, Held> held = new TreeMap<>();
    work.held(gate).forEach(each -> held.put(each.slice(), each));
    Map<String, String> repeated = repeated(gate);
    repeated.forEach(
        (slice, rows) ->
            held.computeIfPresent(
                slice,
                (same, found) ->
                    Audit.with(
                        found, Reason.GRAIN_DUPLICATE, found.rule(), rows + others(gate, slice))));
    control
        .differences()
        .forEach(
            (slice, sums) ->
                held.merge(
                    slice,
                    work.hold(slice, Reason.CONTROL_DIFFERS, Audit.CONTROL, sums),
                    (found, other) -> Audit.both(found, other)));
    return new Audit.Found(control.sourceRows(), held.values());
  }

  /** By slice, the rows that share their grain with others. */
  private Map<String, String> repeated(GateResult gate) {
    SortedSet<LocalDate> dates =
        gate.rules().stream()
            .filter(rule -> rule.rule().equals(BuiltInRules.GRAIN))
            .flatMap(rule -> rule.failedSlices().stream())
            .flatMap(failed -> GoldWork.date(failed.slice()).stream())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    return dates.isEmpty()
        ? Map.of()
        : new GrainDuplicates(scope, fact).on(silver.where(GoldDates.onDates(fact.date(), dates)));
  }

  /** What the other rules found that hold the slice, too. */
  private static String others(GateResult gate, String slice) {
    return gate.rules().stream()
        .filter(rule -> !rule.rule().equals(BuiltInRules.GRAIN))
        .filter(rule -> rule.severity() == io.sluice.config.GateRule.Severity.ERROR)
        .filter(rule -> rule.failedSlices().stream().anyMatch(f -> f.slice().equals(slice)))
        .map(rule -> "; " + rule.message())
        .collect(Collectors.joining());
  }

  /** A silver table that is not partitioned is filtered by its date column. */
  private Dataset<Row> onDates(GoldInputs inputs, SortedSet<LocalDate> dates) {
    return scope.pipeline().silver().get(fact.from()).partitionByDate().isPresent()
        ? inputs.on(fact.from(), dates)
        : inputs.all(fact.from()).where(GoldDates.onDates(fact.date(), dates));
  }
}
