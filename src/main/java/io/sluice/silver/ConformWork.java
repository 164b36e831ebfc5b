package io.sluice.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.RejectLimit;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.BronzeTable;
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
import java.util.ArrayList;
import java.util.HashMap;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** One batch of a silver table: what it touches, made anew from the files that serve it. */
final class ConformWork {
  private static final String SERVING = "_serving";
  private static final String AFFECTED = "affected";

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

  /**
   * @param from last batch that is consumed already
   * @param upTo last batch to consume
   * @param whole whether all slices are made anew, whatever the batches touch
   */
  ConformWork(
      RunScope scope,
      SilverLayout layout,
      LakeState state,
      String progress,
      long from,
      long upTo,
      List<Held> heldBefore,
      boolean whole) {
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
  }

  ConformResult carry() {
    Set<String> affected = affected();
    if (affected.isEmpty()) {
      LakeState now = commitProgressOnly();
      return ConformResult.unchanged(table.name(), now.version());
    }
    List<Row> claims =
        ledger
            .winners(source.name())
            .join(names(affected), col("slice").equalTo(col(AFFECTED)))
            .select("slice", "file_id", "bronze_batch", "uri", "contract")
            .collectAsList();
    requireContract(claims);
    Map<String, NewFile> newFiles = newFiles();
    Map<String, Long> readings = readings(newFiles, claims);
    Dataset<Row> classified =
        ClassifiedRows.of(converted(newFiles, readings, claims), table, layout.contract(), SERVING)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return settle(classified, newFiles, affected);
    } finally {
      classified.unpersist();
    }
  }

  /** Rows in bronze say what they are by their place in the contract, so it must be this one. */
  private void requireContract(List<Row> claims) {
    String contract = Definitions.contract(source);
    for (Row claim : claims) {
      if (!Definitions.sameRows(claim.getAs("contract"), contract)) {
        throw new SluiceException(
            Reason.DEFINITION_CHANGED,
            "The contract of source " + source.name() + " changed since workbooks of it were read",
            claim.getAs("uri")
                + " was read under another contract than the one that "
                + table.name()
                + " is to be made under",
            "Run 'sluice rebuild %s %s' to read them again, or undo the change."
                .formatted(scope.pipeline().definedIn(), table.name()));
      }
    }
  }

  /**
   * Files that the batches bring and no later batch takes back, and those that they take back by
   * hand. What was read under a contract with other rows cannot be told apart into rows any more,
   * and serves nothing.
   */
  private Map<String, NewFile> newFiles() {
    String contract = Definitions.contract(source);
    Map<String, NewFile> files = new LinkedHashMap<>();
    for (Row row :
        ledger
            .standing()
            .where("outcome = 'ACCEPTED' or (outcome = 'RETRACTED' and bronze_rows > 0)")
            .where(col("source").equalTo(source.name()))
            .where(col("batch").gt(from).and(col("batch").leq(upTo)))
            .orderBy(col("outcome").desc(), col("bronze_batch"))
            .select("file_id", "uri", "bronze_rows", "bronze_batch", "contract", "outcome")
            .collectAsList()) {
      if (Definitions.sameRows(row.getString(4), contract)) {
        files.put(
            row.getString(0),
            new NewFile(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(5).equals("RETRACTED")));
      }
    }
    return files;
  }

  /** The batch of bronze from which each file's rows are taken: the latest that read it. */
  private static Map<String, Long> readings(Map<String, NewFile> newFiles, List<Row> claims) {
    Map<String, Long> readings = new HashMap<>();
    claims.forEach(
        claim -> readings.merge(claim.getAs("file_id"), claim.getAs("bronze_batch"), Math::max));
    newFiles.forEach((id, file) -> readings.merge(id, file.bronzeBatch(), Math::max));
    newFiles
        .entrySet()
        .removeIf(file -> readings.get(file.getKey()) > file.getValue().bronzeBatch());
    return readings;
  }

  private Set<String> affected() {
    Set<String> slices = new HashSet<>();
    for (Row row : ledger.slicesIn(source.name(), from, upTo).collectAsList()) {
      slices.add(row.getString(0));
    }
    heldBefore.forEach(held -> slices.add(held.slice()));
    return slices;
  }

  /** Rows of the new files and of the files that serve the affected slices, converted. */
  private Dataset<Row> converted(
      Map<String, NewFile> newFiles, Map<String, Long> readings, List<Row> claims) {
    List<Row> serving = new ArrayList<>();
    for (Row claim : claims) {
      serving.add(RowFactory.create(claim.getString(0), claim.getString(1)));
    }
    Dataset<Row> rows =
        BronzeTable.read(scope.lake(), source)
            .where(col(BronzeTable.BATCH).isInCollection(Set.copyOf(readings.values())));
    if (!whole) {
      rows = rows.where(col(BronzeTable.FILE_ID).isInCollection(readings.keySet()));
    }
    rows =
        rows.join(
            broadcast(readings(readings)),
            col(BronzeTable.FILE_ID)
                .equalTo(col("_file"))
                .and(col(BronzeTable.BATCH).equalTo(col("_reading"))),
            "left_semi");
    Dataset<Row> claimed =
        spark.createDataFrame(
            serving,
            new StructType()
                .add("_claimed", DataTypes.StringType)
                .add("_claimant", DataTypes.StringType));
    return ConvertedRows.of(rows, source, scope.pipeline().zone())
        .join(broadcast(claimed), col(ConvertedRows.SLICE).equalTo(col("_claimed")), "left")
        .withColumn(
            SERVING, coalesce(col("_claimant").equalTo(col(BronzeTable.FILE_ID)), lit(false)))
        .where(col(SERVING).or(col(BronzeTable.FILE_ID).isInCollection(newFiles.keySet())))
        .drop("_claimed", "_claimant");
  }

  private Dataset<Row> readings(Map<String, Long> readings) {
    return spark.createDataFrame(
        readings.entrySet().stream()
            .map(each -> RowFactory.create(each.getKey(), each.getValue()))
            .toList(),
        new StructType().add("_file", DataTypes.StringType).add("_reading", DataTypes.LongType));
  }

  private ConformResult settle(
      Dataset<Row> classified, Map<String, NewFile> newFiles, Set<String> affected) {
    Counts counts = Counts.of(classified);
    counts.checkCovers(table.name(), newFiles);
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
        now,
        gates);
  }

  private void overLimit(Counts counts, Map<String, Held> held) {
    RejectLimit limit = new RejectLimit(source.limits());
    counts
        .rejectedShares()
        .forEach(
            (slice, share) -> {
              if (limit.brokenBy(share)) {
                held.put(
                    slice,
                    new Held(
                        table.name(),
                        slice,
                        Reason.REJECT_LIMIT.name(),
                        "limits.rejected-rows",
                        limit.message(share),
                        scope.runId(),
                        Instant.now()));
              }
            });
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
      rows = rows.unionByName(kept);
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
    Stamp stamp =
        new Stamp(
            scope.runId(), 0, Definitions.silver(table, source), Map.of(progress, upTo), changes);
    target.commit(
        state,
        where.isEmpty()
            ? LakeWrite.replaceAll(rows, stamp)
            : LakeWrite.replaceWhere(rows, where, stamp));
    return replaced;
  }

  private LakeState commitProgressOnly() {
    Stamp stamp =
        new Stamp(
            scope.runId(),
            0,
            Definitions.silver(table, source),
            Map.of(progress, upTo),
            Changes.NONE);
    Dataset<Row> none = spark.createDataFrame(List.of(), layout.schema());
    return target.commit(state, LakeWrite.append(none, stamp));
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
