package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.RejectLimit;
import io.sluice.error.Reason;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Ledger;
import io.sluice.lake.RowFlow;
import io.sluice.lake.RunScope;
import io.sluice.quality.Gate;
import io.sluice.quality.GateLog;
import io.sluice.quality.GateResult;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** One batch of a silver table: what it touches, made anew from the files that serve it. */
final class ConformWork {
  static final String AFFECTED = "_affected";

  private final RunScope scope;
  private final SilverTable table;
  private final Source source;
  private final SilverLayout layout;
  private final LakeTable target;
  private final Ledger ledger;
  private final HeldSlices heldSlices;
  private final SparkSession spark;
  private final ConformPlan plan;
  private final SilverCommit commit;

  ConformWork(RunScope scope, SilverLayout layout, ConformPlan plan) {
    this.scope = scope;
    this.layout = layout;
    this.table = layout.table();
    this.source = layout.source();
    this.target = ConformStage.target(scope, table);
    this.ledger = new Ledger(scope.lake());
    this.heldSlices = new HeldSlices(scope.lake());
    this.spark = scope.lake().spark();
    this.plan = plan;
    this.commit = new SilverCommit(scope, layout, plan);
  }

  ConformResult carry() {
    Set<String> affected = affected();
    if (affected.isEmpty()) {
      LakeState now = commit.progressOnly();
      return ConformResult.unchanged(table.name(), now.version());
    }
    BatchFiles files = BatchFiles.of(ledger, source, names(affected), plan.from(), plan.upTo());
    files.requireContract(scope.pipeline(), table);
    Dataset<Row> rows =
        plan.references()
            .of(files.rows(scope.lake(), scope.pipeline().zone(), layout, plan.whole()));
    Dataset<Row> classified =
        ClassifiedRows.of(rows, table, layout.columns(), BatchFiles.SERVING)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return settle(classified, files.brought(), affected);
    } finally {
      classified.unpersist();
    }
  }

  private Set<String> affected() {
    Set<String> slices = new HashSet<>();
    for (Row row : ledger.slicesIn(source.name(), plan.from(), plan.upTo()).collectAsList()) {
      slices.add(row.getString(0));
    }
    plan.heldBefore().forEach(held -> slices.add(held.slice()));
    slices.addAll(plan.again());
    return slices;
  }

  private ConformResult settle(
      Dataset<Row> classified, Map<String, NewFile> newFiles, Set<String> affected) {
    Counts counts = Counts.of(classified);
    counts.checkCovers(table.name(), newFiles);
    if (plan.onlyIfDifferent()
        && plan.heldBefore().isEmpty()
        && Rejects.same(scope, table.name(), classified, names(affected))) {
      return ConformResult.unchanged(table.name(), plan.state().version());
    }
    Map<String, Held> heldNow = new LinkedHashMap<>();
    overLimit(counts, heldNow);
    Dataset<Row> candidate =
        without(
            classified.where(col(ClassifiedRows.STATUS).equalTo(ClassifiedRows.SILVER)),
            heldNow.keySet());
    List<GateResult> gates = gate(candidate, heldNow);
    Set<String> promoted = new HashSet<>(affected);
    promoted.removeAll(heldNow.keySet());

    Rejects.replace(
        scope,
        table.name(),
        plan.state(),
        classified,
        uris(),
        names(affected),
        counts.rejected() > 0);
    List<Held> now = List.copyOf(heldNow.values());
    heldSlices.announce(table.name(), plan.heldBefore(), now, scope.runId());
    GateLog.append(scope, gates);
    SilverCommit.Replaced replaced =
        commit.replace(without(candidate, heldNow.keySet()), heldNow.keySet(), promoted);
    heldSlices.settle(table.name(), plan.heldBefore(), now, scope.runId());
    Set<String> retracted =
        newFiles.entrySet().stream()
            .filter(file -> file.getValue().retracted())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    RowFlow flow = counts.flow(heldNow.keySet(), retracted);
    return new ConformResult(
        table.name(),
        true,
        target.state().orElseThrow().version(),
        flow,
        promoted.size(),
        replaced.rows(),
        replaced.same(),
        rejectsByReason(classified, counts),
        counts.anyAdjusted() ? Adjustments.of(without(candidate, heldNow.keySet())) : List.of(),
        now,
        gates);
  }

  private void overLimit(Counts counts, Map<String, Held> held) {
    counts
        .breaches(new RejectLimit(source.limits()))
        .forEach(
            (slice, breach) ->
                held.put(
                    slice,
                    new Held(
                        table.name(),
                        slice,
                        Reason.REJECT_LIMIT.name(),
                        breach.rule(),
                        breach.message(),
                        scope.runId(),
                        Instant.now())));
  }

  private List<GateResult> gate(Dataset<Row> candidate, Map<String, Held> held) {
    if (table.gate().isEmpty()) {
      return List.of();
    }
    GateResult result = Gate.evaluate(table.name(), table.gate(), candidate, source.slice());
    for (String slice : result.failedSlices()) {
      held.putIfAbsent(
          slice,
          new Held(
              table.name(),
              slice,
              Reason.GATE_FAILED.name(),
              result.failedRules(slice),
              result.messageFor(slice),
              scope.runId(),
              Instant.now()));
    }
    return List.of(result);
  }

  private Dataset<Row> uris() {
    return ledger.read().where("file_id <> ''").groupBy("file_id").agg(max("uri").as("uri"));
  }

  private Map<String, Long> rejectsByReason(Dataset<Row> classified, Counts counts) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    if (counts.rejected() > 0) {
      for (Row row :
          classified
              .where(col(ClassifiedRows.STATUS).equalTo(ClassifiedRows.REJECTED))
              .select(explode(col(ConvertedRows.VIOLATIONS)).as("v"))
              .groupBy("v.reason")
              .count()
              .orderBy("reason")
              .collectAsList()) {
        reasons.put(row.getString(0), row.getLong(1));
      }
    }
    return reasons;
  }

  private Dataset<Row> names(Set<String> slices) {
    return SilverCommit.names(spark, slices);
  }

  private Dataset<Row> without(Dataset<Row> rows, Set<String> slices) {
    return slices.isEmpty()
        ? rows
        : rows.where(not(col(ConvertedRows.SLICE).isInCollection(slices)));
  }
}
