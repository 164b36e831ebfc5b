package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.RejectLimit;
import io.sluice.error.Reason;
import io.sluice.lake.Changes;
import io.sluice.lake.Definitions;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Ledger;
import io.sluice.lake.RowFlow;
import io.sluice.lake.RunScope;
import io.sluice.lake.Stamp;
import io.sluice.quality.Gate;
import io.sluice.quality.GateLog;
import io.sluice.quality.GateResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
  private final LakeState state;
  private final String progress;
  private final long from;
  private final long upTo;
  private final List<Held> heldBefore;
  private final boolean whole;
  private final Set<String> again;
  private final boolean onlyIfDifferent;

  /**
   * @param from last batch that is consumed already
   * @param upTo last batch to consume
   * @param whole whether all slices are made anew, whatever the batches touch
   * @param again slices that are made anew although no batch touches them
   * @param onlyIfDifferent whether nothing is committed if the same rows are rejected as before
   */
  ConformWork(
      RunScope scope,
      SilverLayout layout,
      LakeState state,
      String progress,
      long from,
      long upTo,
      List<Held> heldBefore,
      boolean whole,
      Set<String> again,
      boolean onlyIfDifferent) {
    this.scope = scope;
    this.layout = layout;
    this.table = layout.table();
    this.source = layout.source();
    this.target = ConformStage.target(scope, table);
    this.ledger = new Ledger(scope.lake());
    this.heldSlices = new HeldSlices(scope.lake());
    this.spark = scope.lake().spark();
    this.state = state;
    this.progress = progress;
    this.from = from;
    this.upTo = upTo;
    this.heldBefore = heldBefore;
    this.whole = whole;
    this.again = again;
    this.onlyIfDifferent = onlyIfDifferent;
  }

  ConformResult carry() {
    Set<String> affected = affected();
    if (affected.isEmpty()) {
      LakeState now = commitProgressOnly();
      return ConformResult.unchanged(table.name(), now.version());
    }
    BatchFiles files = BatchFiles.of(ledger, source, names(affected), from, upTo);
    files.requireContract(scope.pipeline(), table);
    Dataset<Row> rows = files.rows(scope.lake(), scope.pipeline().zone(), layout.added(), whole);
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
    for (Row row : ledger.slicesIn(source.name(), from, upTo).collectAsList()) {
      slices.add(row.getString(0));
    }
    heldBefore.forEach(held -> slices.add(held.slice()));
    slices.addAll(again);
    return slices;
  }

  private ConformResult settle(
      Dataset<Row> classified, Map<String, NewFile> newFiles, Set<String> affected) {
    Counts counts = Counts.of(classified);
    counts.checkCovers(table.name(), newFiles);
    if (onlyIfDifferent
        && heldBefore.isEmpty()
        && Rejects.same(scope, table.name(), classified, names(affected))) {
      return ConformResult.unchanged(table.name(), state.version());
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
        scope, table.name(), classified, uris(), names(affected), counts.rejected() > 0);
    List<Held> now = List.copyOf(heldNow.values());
    heldSlices.announce(table.name(), heldBefore, now, scope.runId());
    GateLog.append(scope, gates);
    long replaced = commit(candidate, heldNow.keySet(), promoted);
    heldSlices.settle(table.name(), heldBefore, now, scope.runId());
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
        replaced,
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

  private long commit(Dataset<Row> candidate, Set<String> held, Set<String> promoted) {
    Dataset<Row> rows = without(candidate, held).select(layout.targetColumns());
    SortedSet<LocalDate> dates = layout.dates(promoted);
    boolean partitioned = table.partitionByDate().isPresent();
    String where = partitioned && !whole ? LakeWrite.partitions(dates) : "";
    long replaced = 0;
    if (state.sequence() > 0 && !(whole && held.isEmpty())) {
      Dataset<Row> there = where.isEmpty() ? target.read() : target.read().where(where);
      Dataset<Row> named = there.withColumn(ConvertedRows.SLICE, layout.sliceColumn());
      Dataset<Row> kept =
          named
              .join(
                  names(whole ? held : promoted),
                  col(ConvertedRows.SLICE).equalTo(col(AFFECTED)),
                  whole ? "left_semi" : "left_anti")
              .drop(ConvertedRows.SLICE);
      replaced = there.count() - kept.count();
      rows = rows.unionByName(kept, true).select(layout.names());
    }
    if (partitioned) {
      rows =
          rows.repartition(
                  Math.max(1, Math.min(dates.size(), 200)), col("year"), col("month"), col("day"))
              .sortWithinPartitions(layout.sorted());
    } else {
      rows = rows.coalesce(1);
    }
    Changes changes =
        layout.dateColumn().isEmpty() || whole ? Changes.EVERYTHING : Changes.of(dates);
    Stamp stamp = new Stamp(scope.runId(), 0, definition(), Map.of(progress, upTo), changes);
    target.commit(
        state,
        where.isEmpty()
            ? LakeWrite.replaceAll(rows, stamp)
            : LakeWrite.replaceWhere(rows, where, stamp));
    return replaced;
  }

  private LakeState commitProgressOnly() {
    Stamp stamp = new Stamp(scope.runId(), 0, definition(), Map.of(progress, upTo), Changes.NONE);
    Dataset<Row> none = spark.createDataFrame(List.of(), layout.schema());
    return target.commit(state, LakeWrite.append(none, stamp));
  }

  private String definition() {
    return Definitions.silver(table, source, scope.pipeline().zone());
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
    return spark.createDataset(List.copyOf(slices), Encoders.STRING()).toDF(AFFECTED);
  }

  private Dataset<Row> without(Dataset<Row> rows, Set<String> slices) {
    return slices.isEmpty()
        ? rows
        : rows.where(not(col(ConvertedRows.SLICE).isInCollection(slices)));
  }
}
