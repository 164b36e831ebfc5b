package io.sluice.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.SliceText;
import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.lake.Stamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What is in the snapshot of one date and not in the next one: a member, the date on which it was
 * last seen, and the date from which it is absent. Each pair of neighbouring snapshots stands for
 * itself, so that a changed date touches itself and the next one only, and the order of arrival
 * makes no difference. A member whose row was rejected is there.
 */
public final class VanishedStage {
  static final String LAST_SEEN = "last_seen";
  static final String ABSENT_FROM = "absent_from";
  private static final String NEXT = "_next";

  private final RunScope scope;
  private final SilverTable table;
  private final Source source;
  private final LakeTable members;
  private final LakeTable target;
  private final Ledger ledger;
  private final String date;
  private final List<String> key;

  /** Of a table for which {@link #concerns} holds. */
  public VanishedStage(RunScope scope, SilverTable table) {
    this.scope = scope;
    this.table = table;
    this.source = scope.pipeline().sources().get(table.from());
    this.members = ConformStage.target(scope, table);
    this.target = scope.lake().table(Layer.SILVER, name(table));
    this.ledger = new Ledger(scope.lake());
    this.date = source.slice().get(0);
    this.key = table.key().stream().filter(name -> !name.equals(date)).toList();
  }

  public static boolean concerns(Pipeline pipeline, SilverTable table) {
    return pipeline.sources().get(table.from()).delivers() == Source.Delivers.SNAPSHOT;
  }

  public static String name(SilverTable table) {
    return SilverTable.vanished(table.name());
  }

  /** Follows what changed in the table of snapshots; empty if nothing did. */
  public Optional<VanishedResult> run() {
    Optional<LakeState> now = members.state().filter(state -> state.sequence() > 0);
    if (now.isEmpty()) {
      return Optional.empty();
    }
    LakeState state =
        target.create(schema(), List.of(), "What is in one snapshot of a table and not the next");
    boolean anew = !List.of(state.schema().fieldNames()).equals(List.of(schema().fieldNames()));
    long seen = state.consumed(now.get().tableId());
    Changes changes =
        seen < 0 || anew ? Changes.EVERYTHING : members.datesMade(seen, now.get().version());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    SortedSet<String> held =
        new HeldSlices(scope.lake())
            .of(table.name()).stream()
                .map(HeldSlices.Held::slice)
                .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<LocalDate> snapshots = snapshots(held);
    Set<LocalDate> waiting = days(held);
    SortedSet<LocalDate> concerned = new TreeSet<>(concerned(changes, snapshots));
    // What is known of them was found with rows that are not among the rejects any more.
    concerned.removeAll(waiting);
    Dataset<Row> vanished = vanished(snapshots, concerned, held).persist();
    try {
      long rows = vanished.count();
      Changes made = changes.everything() ? Changes.EVERYTHING : Changes.of(concerned);
      Dataset<Row> all = vanished;
      if (!changes.everything()) {
        all = and(all, not(col(ABSENT_FROM).isInCollection(concerned)));
      } else if (!anew && !waiting.isEmpty()) {
        all = and(all, col(ABSENT_FROM).isInCollection(waiting));
      }
      Stamp stamp =
          new Stamp(scope.runId(), 0, "", Map.of(now.get().tableId(), now.get().version()), made);
      LakeState after = target.commit(state, LakeWrite.replaceAll(all.coalesce(1), stamp));
      return Optional.of(new VanishedResult(name(table), after.version(), rows, made));
    } finally {
      vanished.unpersist();
    }
  }

  private Dataset<Row> and(Dataset<Row> rows, Column there) {
    return rows.unionByName(target.read().where(there));
  }

  private Set<LocalDate> days(Set<String> slices) {
    Set<LocalDate> days = new HashSet<>();
    slices.forEach(slice -> SliceText.date(slice, date).ifPresent(days::add));
    return days;
  }

  /** The dates that changed, and of each the one whose snapshot follows it. */
  private static SortedSet<LocalDate> concerned(Changes changes, TreeSet<LocalDate> snapshots) {
    if (changes.everything()) {
      return snapshots;
    }
    SortedSet<LocalDate> concerned = new TreeSet<>(changes.dates());
    for (LocalDate changed : changes.dates()) {
      Optional.ofNullable(snapshots.higher(changed)).ifPresent(concerned::add);
    }
    return concerned;
  }

  /**
   * Dates of which a workbook counts; not those whose only one is held. One that was cleared has no
   * rows, but somebody is absent from it.
   */
  private TreeSet<LocalDate> snapshots(Set<String> held) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    Set<LocalDate> waiting = new HashSet<>();
    for (Row row : ledger.winners(source.name()).select("slice").collectAsList()) {
      SliceText.date(row.getString(0), date)
          .ifPresent(
              day -> {
                dates.add(day);
                if (held.contains(row.getString(0))) {
                  waiting.add(day);
                }
              });
    }
    if (!waiting.isEmpty()) {
      Dataset<Row> counted =
          members
              .read()
              .select(col(date).as(NEXT))
              .union(target.read().select(col(ABSENT_FROM)))
              .where(col(NEXT).isInCollection(waiting));
      for (Row row : counted.distinct().collectAsList()) {
        waiting.remove(row.<LocalDate>getAs(0));
      }
      dates.removeAll(waiting);
    }
    return dates;
  }

  private Dataset<Row> vanished(
      TreeSet<LocalDate> snapshots, SortedSet<LocalDate> concerned, Set<String> held) {
    List<Row> pairs = new ArrayList<>();
    Set<LocalDate> needed = new HashSet<>();
    for (LocalDate day : concerned) {
      LocalDate before = snapshots.lower(day);
      if (before != null && snapshots.contains(day)) {
        pairs.add(RowFactory.create(before, day));
        needed.add(before);
        needed.add(day);
      }
    }
    Dataset<Row> neighbours =
        scope
            .lake()
            .spark()
            .createDataFrame(
                pairs,
                new StructType().add(LAST_SEEN, DataTypes.DateType).add(NEXT, DataTypes.DateType));
    Dataset<Row> there = there(needed, held);
    Dataset<Row> absent =
        there
            .withColumnRenamed(date, LAST_SEEN)
            .join(broadcast(neighbours), LAST_SEEN)
            .withColumnRenamed(NEXT, ABSENT_FROM);
    List<String> same = new ArrayList<>(key);
    same.add(ABSENT_FROM);
    return absent
        .join(there.withColumnRenamed(date, ABSENT_FROM), same.toArray(String[]::new), "left_anti")
        .select(Stream.of(schema().fieldNames()).map(functions::col).toArray(Column[]::new));
  }

  /** Who is there on which of these dates: the key and the date, each once. */
  private Dataset<Row> there(Set<LocalDate> dates, Set<String> held) {
    Column[] columns = table.key().stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> accepted = members.read().where(col(date).isInCollection(dates)).select(columns);
    return rejected(dates, held)
        .map(rows -> accepted.unionByName(rows.select(columns)))
        .orElse(accepted)
        .na()
        .drop()
        .distinct();
  }

  /** Rows that are rejected, with what of their keys can be read. */
  private Optional<Dataset<Row>> rejected(Set<LocalDate> dates, Set<String> held) {
    LakeTable rejects = Rejects.table(scope);
    if (!rejects.exists()) {
      return Optional.empty();
    }
    Set<String> slices =
        dates.stream()
            .map(day -> SliceText.of(source.slice(), List.of(day)))
            .filter(slice -> !held.contains(slice))
            .collect(Collectors.toSet());
    Dataset<Row> places =
        rejects
            .read()
            .where(col("table_name").equalTo(table.name()))
            .where(col("slice").isInCollection(slices))
            .select("slice", "file_id", "sheet", "sheet_row")
            .distinct();
    Set<String> files = new HashSet<>();
    places.select("file_id").distinct().collectAsList().forEach(row -> files.add(row.getString(0)));
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> bronze = Readings.of(scope.lake(), source, ledger.winners(source.name()), files);
    return Optional.of(
        ConvertedColumns.of(bronze, source, scope.pipeline().zone(), table.key())
            .join(places, new String[] {"file_id", "sheet", "sheet_row"}, "left_semi"));
  }

  private StructType schema() {
    StructType all = ConvertedRows.schema(source, List.of());
    StructType schema = new StructType();
    for (String name : key) {
      schema = schema.add(all.apply(name));
    }
    return schema.add(LAST_SEEN, DataTypes.DateType).add(ABSENT_FROM, DataTypes.DateType);
  }
}
