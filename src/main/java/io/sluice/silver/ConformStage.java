package io.sluice.silver;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.sluice.bronze.BronzeTable;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Changes;
import io.sluice.lake.Definitions;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.RowFlow;
import io.sluice.lake.RunScope;
import io.sluice.lake.SliceText;
import io.sluice.lake.Stamp;
import io.sluice.quality.Gate;
import io.sluice.quality.GateLog;
import io.sluice.quality.GateResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Bronze to one silver table, a ledger batch at a time. The slices that the batch restates, and
 * those that are held, are made anew from the files that serve them, whichever batch these came in;
 * so the result does not depend on the order of arrival.
 */
public final class ConformStage {
  private static final String SERVING = "_serving";
  private static final String AFFECTED = "affected";

  private final RunScope scope;
  private final SilverTable table;
  private final Source source;
  private final LakeTable target;
  private final Ledger ledger;
  private final HeldSlices heldSlices;
  private final List<String> columns;

  public ConformStage(RunScope scope, SilverTable table) {
    this.scope = scope;
    this.table = table;
    this.source = scope.pipeline().sources().get(table.from());
    this.target = target(scope, table);
    this.ledger = new Ledger(scope.lake());
    this.heldSlices = new HeldSlices(scope.lake());
    this.columns = source.contractColumns().stream().map(Column::name).toList();
  }

  public static LakeTable target(RunScope scope, SilverTable table) {
    return scope.lake().table(Layer.SILVER, table.name());
  }

  /**
   * The schema of the table: contract columns, file_id, sheet_row, and year, month, day where it is
   * partitioned.
   */
  public static StructType schema(SilverTable table, Source source) {
    StructType schema = new StructType();
    for (Column column : source.contractColumns()) {
      schema = schema.add(column.name(), ConvertedRows.sparkType(column.type()));
    }
    schema =
        schema
            .add(BronzeTable.FILE_ID, DataTypes.StringType)
            .add(BronzeTable.SHEET_ROW, DataTypes.IntegerType);
    if (table.partitionByDate().isPresent()) {
      for (String part : PARTS) {
        schema = schema.add(part, DataTypes.StringType);
      }
    }
    return schema;
  }

  private static final List<String> PARTS = List.of("year", "month", "day");

  /**
   * Carries the batches of the ledger that the table has not consumed, or only tries what is held.
   *
   * @param held what is held now, of all tables
   * @return one result a batch; a single unchanged one if there was nothing to do
   */
  public List<ConformResult> run(List<Held> held) {
    Optional<LakeState> ledgerState = ledger.state();
    if (ledgerState.isEmpty()) {
      return List.of(ConformResult.unchanged(table.name(), -1));
    }
    String progress = Ledger.progressName(ledgerState.get());
    long last = ledgerState.get().sequence();
    LakeState state = open();
    List<Held> mine = held.stream().filter(h -> h.table().equals(table.name())).toList();
    List<ConformResult> results = new ArrayList<>();
    long consumed = Math.max(0, state.consumed(progress));
    while (consumed < last || (!mine.isEmpty() && results.isEmpty())) {
      long upTo = Math.min(last, consumed + 1);
      Work work = new Work(state, progress, consumed, upTo, mine, false);
      ConformResult result = work.carry();
      results.add(result);
      mine = result.held();
      consumed = upTo;
      state = target.state().orElseThrow();
    }
    return results.isEmpty()
        ? List.of(ConformResult.unchanged(table.name(), state.version()))
        : results;
  }

  /** Makes the whole table anew from bronze. */
  public ConformResult rebuild() {
    LakeState ledgerState = ledger.open();
    return new Work(
            open(),
            Ledger.progressName(ledgerState),
            0,
            ledgerState.sequence(),
            heldSlices.of(table.name()),
            true)
        .carry();
  }

  private LakeState open() {
    return target.create(
        schema(table, source),
        table.partitionByDate().isPresent() ? PARTS : List.of(),
        table.description());
  }

  /** One batch. */
  private final class Work {
    private final SparkSession spark = scope.lake().spark();
    private final LakeState state;
    private final String progress;
    private final long from;
    private final long upTo;
    private final List<Held> heldBefore;
    private final boolean whole;

    Work(
        LakeState state,
        String progress,
        long from,
        long upTo,
        List<Held> heldBefore,
        boolean whole) {
      this.state = state;
      this.progress = progress;
      this.from = from;
      this.upTo = upTo;
      this.heldBefore = heldBefore;
      this.whole = whole;
    }

    ConformResult carry() {
      Map<String, NewFile> newFiles = newFiles();
      Set<String> affected = affected();
      if (affected.isEmpty()) {
        LakeState now = commitProgressOnly();
        return ConformResult.unchanged(table.name(), now.version());
      }
      List<Row> claims =
          ledger
              .winners(source.name())
              .join(names(affected), col("slice").equalTo(col(AFFECTED)))
              .select("slice", "file_id", "bronze_batch")
              .collectAsList();
      Dataset<Row> classified =
          ClassifiedRows.of(converted(newFiles, claims), table, columns, SERVING)
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return settle(classified, newFiles, affected);
      } finally {
        classified.unpersist();
      }
    }

    private Map<String, NewFile> newFiles() {
      Map<String, NewFile> files = new LinkedHashMap<>();
      for (Row row :
          ledger
              .read()
              .where("outcome = 'ACCEPTED'")
              .where(col("source").equalTo(source.name()))
              .where(col("batch").gt(from).and(col("batch").leq(upTo)))
              .select("file_id", "uri", "bronze_rows", "bronze_batch")
              .collectAsList()) {
        files.put(row.getString(0), new NewFile(row.getString(1), row.getLong(2), row.getLong(3)));
      }
      return files;
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
    private Dataset<Row> converted(Map<String, NewFile> newFiles, List<Row> claims) {
      Set<String> files = new HashSet<>(newFiles.keySet());
      Set<Long> batches = new HashSet<>();
      newFiles.values().forEach(file -> batches.add(file.bronzeBatch()));
      List<Row> serving = new ArrayList<>();
      for (Row claim : claims) {
        files.add(claim.getString(1));
        batches.add(claim.getLong(2));
        serving.add(RowFactory.create(claim.getString(0), claim.getString(1)));
      }
      LakeTable bronze = BronzeTable.of(scope.lake(), source);
      Dataset<Row> rows =
          bronze.exists()
              ? bronze.read()
              : spark.createDataFrame(List.of(), BronzeTable.schema(source));
      rows = rows.where(col(BronzeTable.BATCH).isInCollection(batches));
      if (!whole) {
        rows = rows.where(col(BronzeTable.FILE_ID).isInCollection(files));
      }
      Dataset<Row> claimed =
          spark.createDataFrame(
              serving,
              new StructType()
                  .add("_claimed", DataTypes.StringType)
                  .add("_claimant", DataTypes.StringType));
      return ConvertedRows.of(rows, source, scope.pipeline().zone())
          .join(
              org.apache.spark.sql.functions.broadcast(claimed),
              col(ConvertedRows.SLICE).equalTo(col("_claimed")),
              "left")
          .withColumn(
              SERVING, coalesce(col("_claimant").equalTo(col(BronzeTable.FILE_ID)), lit(false)))
          .where(col(SERVING).or(col(BronzeTable.FILE_ID).isInCollection(newFiles.keySet())))
          .drop("_claimed", "_claimant");
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
      RowFlow flow = counts.flow(heldNow.keySet());
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
      counts
          .rejectedShares()
          .forEach(
              (slice, share) -> {
                if (share.compareTo(source.limits().rejectedShare()) > 0) {
                  held.put(
                      slice,
                      new Held(
                          table.name(),
                          slice,
                          Reason.REJECT_LIMIT.name(),
                          "limits.rejected-rows",
                          "%s of its rows are rejected, more than the %s allowed"
                              .formatted(percent(share), percent(source.limits().rejectedShare())),
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
      Dataset<Row> rows = without(candidate, held).select(targetColumns());
      SortedSet<LocalDate> dates = dates(promoted);
      boolean partitioned = table.partitionByDate().isPresent();
      String where = partitioned && !whole ? LakeWrite.partitions(dates) : "";
      long replaced = 0;
      if (state.sequence() > 0 && !(whole && held.isEmpty())) {
        Dataset<Row> there = where.isEmpty() ? target.read() : target.read().where(where);
        Dataset<Row> named = there.withColumn(ConvertedRows.SLICE, sliceColumn());
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
                .sortWithinPartitions(sorted());
      } else {
        rows = rows.coalesce(1);
      }
      Changes changes = dateColumn().isEmpty() || whole ? Changes.EVERYTHING : Changes.of(dates);
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
      Dataset<Row> none = spark.createDataFrame(List.of(), schema(table, source));
      return target.commit(state, LakeWrite.append(none, stamp));
    }

    private Dataset<Row> uris() {
      return ledger
          .read()
          .where("file_id <> ''")
          .groupBy("file_id")
          .agg(org.apache.spark.sql.functions.max("uri").as("uri"));
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

  /**
   * A file of this batch.
   *
   * @param rows its rows in bronze
   */
  record NewFile(String uri, long rows, long bronzeBatch) {}

  private org.apache.spark.sql.Column[] targetColumns() {
    List<org.apache.spark.sql.Column> selected = new ArrayList<>();
    columns.forEach(name -> selected.add(col(name)));
    selected.add(col(BronzeTable.FILE_ID));
    selected.add(col(BronzeTable.SHEET_ROW));
    table
        .partitionByDate()
        .ifPresent(
            date -> {
              selected.add(date_format(col(date), "yyyy").as("year"));
              selected.add(date_format(col(date), "MM").as("month"));
              selected.add(date_format(col(date), "dd").as("day"));
            });
    return selected.toArray(org.apache.spark.sql.Column[]::new);
  }

  private org.apache.spark.sql.Column[] sorted() {
    List<org.apache.spark.sql.Column> order = new ArrayList<>();
    PARTS.forEach(part -> order.add(col(part)));
    table.key().forEach(name -> order.add(col(name)));
    return order.toArray(org.apache.spark.sql.Column[]::new);
  }

  private org.apache.spark.sql.Column sliceColumn() {
    return io.sluice.lake.Slices.sliceText(source.slice());
  }

  /** The first date among the slice's columns: the business date of the slice. */
  private Optional<String> dateColumn() {
    return source.slice().stream()
        .filter(
            name ->
                source.contractColumns().stream()
                    .anyMatch(
                        column ->
                            column.name().equals(name)
                                && column.type().kind() == ColumnType.Kind.DATE))
        .findFirst();
  }

  private SortedSet<LocalDate> dates(Set<String> slices) {
    SortedSet<LocalDate> dates = new TreeSet<>();
    dateColumn()
        .ifPresent(
            column -> slices.forEach(slice -> SliceText.date(slice, column).ifPresent(dates::add)));
    return dates;
  }

  private static String percent(java.math.BigDecimal share) {
    return share
            .movePointRight(2)
            .setScale(1, java.math.RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** Kept for callers that report an imbalance in their own words. */
  static SluiceException unbalanced(String table, String why) {
    return new SluiceException(
        Reason.UNBALANCED,
        "The rows of " + table + " do not add up",
        why,
        "Nothing was committed. This is a defect; please report it with the run's id.");
  }
}
