package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.GoldTable;
import io.sluice.lake.Changes;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import io.sluice.lake.Stamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.storage.StorageLevel;

/**
 * The lake table beside a dimension that has its {@link ChangeRows}. It follows silver by itself,
 * and its commits carry how far; the dimension's carry which version of it they were made from. So
 * a run that dies between the two loses nothing.
 */
final class ChangeTable {
  private final RunScope scope;
  private final GoldInputs inputs;
  private final String dimension;
  private final GoldTable.Dimension shape;
  private final List<DimensionSource> sources;
  private final LakeTable table;
  private final Optional<LakeState> state;

  ChangeTable(RunScope scope, GoldInputs inputs, String dimension) {
    this.scope = scope;
    this.inputs = inputs;
    this.dimension = dimension;
    this.shape = (GoldTable.Dimension) scope.pipeline().gold().get(dimension).shape();
    this.sources = DimensionSource.of(scope.pipeline(), dimension);
    this.table = scope.lake().table(Layer.GOLD, GoldTable.changesOf(dimension));
    this.state = table.state().filter(there -> there.sequence() > 0);
  }

  /**
   * The table after an update.
   *
   * @param rows what it holds
   * @param since the version that it had before
   * @param changed the keys with other rows than at that version; empty if that cannot be told
   */
  record Updated(LakeState state, Dataset<Row> rows, long since, Optional<Dataset<Row>> changed) {}

  /** Whether it was made of other sources or for other attributes. */
  boolean declaredOtherwise() {
    return state.isPresent() && !state.get().definition().equals(definition());
  }

  /**
   * Whether a dimension was made from an earlier version, or has superseded rows left: what a run
   * that was killed leaves behind.
   */
  boolean aheadOf(LakeState made) {
    return state.isPresent()
        && made.progress().containsKey(state.get().tableId())
        && made.consumed(state.get().tableId()) < state.get().version();
  }

  /**
   * Follows silver.
   *
   * @param whole whether to make it anew whatever changed
   * @param cached takes what the caller has to let go of at the end
   */
  Updated update(boolean whole, List<Dataset<Row>> cached) {
    ChangeRows changeRows = changeRows();
    Dataset<Row> none = spark().createDataFrame(List.of(), changeRows.schema());
    boolean anew =
        whole || state.isEmpty() || declaredOtherwise() || !state.get().hasColumnsOf(none);
    Map<String, Long> progress = new HashMap<>();
    Map<DimensionSource, Changes> changes = new LinkedHashMap<>();
    for (DimensionSource source : sources) {
      LakeState silver = inputs.state(source.table()).orElseThrow();
      progress.put(silver.tableId(), silver.version());
      Changes since =
          anew
              ? Changes.EVERYTHING
              : inputs
                  .table(source.table())
                  .changes(state.get().consumed(silver.tableId()), silver.version());
      if (!since.isEmpty()) {
        changes.put(source, datedBy(source) ? since : Changes.EVERYTHING);
      }
    }
    if (changes.isEmpty()) {
      Dataset<Row> rows = table.read();
      return new Updated(
          state.get(), rows, state.get().version(), Optional.of(rows.select(key()).limit(0)));
    }
    Dataset<Row> decided = decide(changeRows, anew ? none : table.read(), anew, changes, cached);
    Dataset<Row> changed = kept(changeRows.changedKeys(decided), cached);
    Dataset<Row> rows = changeRows.rows(decided);
    Stamp stamp =
        new Stamp(
            scope.runId(), 0, definition(), progress, anew ? Changes.EVERYTHING : Changes.NONE);
    LakeState from =
        state.orElseGet(
            () ->
                table.create(
                    changeRows.schema(),
                    List.of(),
                    "What sources say of the members of " + dimension + ", where it changes"));
    LakeState after =
        table.commit(
            from,
            !anew && changed.isEmpty()
                ? LakeWrite.append(none, stamp)
                : LakeWrite.replaceAll(rows.coalesce(1), stamp));
    return new Updated(after, rows, from.version(), anew ? Optional.empty() : Optional.of(changed));
  }

  /** The keys with other rows than at {@code version}; empty if that cannot be told. */
  Optional<Dataset<Row>> changedSince(long version, Updated updated, List<Dataset<Row>> cached) {
    if (version < 0 || updated.changed().isEmpty()) {
      return Optional.empty();
    }
    if (version == updated.since()) {
      return updated.changed();
    }
    if (!table.rowsChanged(version, updated.state().version())) {
      return Optional.of(updated.rows().select(key()).limit(0));
    }
    try {
      Dataset<Row> keys =
          kept(changeRows().changedKeys(table.read(version), updated.rows()), cached);
      keys.count();
      return Optional.of(keys);
    } catch (Exception gone) {
      // Spark's and Delta's failures to read are checked exceptions that Scala does not declare.
      return Optional.empty();
    }
  }

  /** The rows of each declared source, with the attributes that it has. */
  Map<String, Dataset<Row>> observed(Dataset<Row> rows) {
    Map<String, Dataset<Row>> observed = new LinkedHashMap<>();
    for (DimensionSource source : sources) {
      if (source.declared()) {
        Dataset<Row> silver = inputs.all(source.table());
        List<Column> columns = identity();
        shape.attributes().stream()
            .filter(each -> Observations.has(silver, each) && !each.equals(shape.asOf()))
            .forEach(each -> columns.add(col(each)));
        observed.put(source.name(), of(rows, source).select(columns.toArray(Column[]::new)));
      }
    }
    return observed;
  }

  /** The rows of the sources that only refer to members. */
  List<Dataset<Row>> referring(Dataset<Row> rows) {
    List<Dataset<Row>> referring = new ArrayList<>();
    for (DimensionSource source : sources) {
      if (!source.declared()) {
        referring.add(of(rows, source).select(identity().toArray(Column[]::new)));
      }
    }
    return referring;
  }

  static Dataset<Row> of(Dataset<Row> rows, DimensionSource source) {
    return rows.where(col(ChangeRows.SOURCE).equalTo(lit(source.name())));
  }

  private Dataset<Row> decide(
      ChangeRows changeRows,
      Dataset<Row> stored,
      boolean anew,
      Map<DimensionSource, Changes> changes,
      List<Dataset<Row>> cached) {
    Dataset<Row> observed = null;
    Map<String, Dataset<Row>> looked = new LinkedHashMap<>();
    for (Map.Entry<DimensionSource, Changes> each : changes.entrySet()) {
      DimensionSource source = each.getKey();
      Dataset<Row> silver =
          each.getValue().everything()
              ? inputs.all(source.table())
              : inputs.on(source.table(), source.date(), each.getValue().dates());
      if (source.declared()) {
        looked.put(source.name(), silver);
      }
      Dataset<Row> found = changeRows.observed(source, silver);
      observed = observed == null ? found : observed.unionByName(found);
    }
    Column redone = redone(changes, ChangeRows.SOURCE, shape.asOf(), true);
    Column redoneInPart = redone(changes, ChangeRows.SOURCE, shape.asOf(), false);
    Dataset<Row> events = kept(changeRows.events(stored, observed, redone), cached);
    new ConflictTable(scope)
        .replace(
            dimension,
            shape,
            anew ? lit(true) : redone(changes, "source", "as_of", true),
            changeRows.conflicts(events),
            looked);
    Dataset<Row> gaps = kept(changeRows.gaps(events, redoneInPart), cached);
    Dataset<Row> all = events;
    if (!gaps.isEmpty()) {
      for (DimensionSource source : changes.keySet()) {
        Row bounds = ChangeRows.bounds(of(gaps, source));
        if (!bounds.isNullAt(0)) {
          LocalDate from = bounds.getLocalDate(0);
          LocalDate to = bounds.getLocalDate(1);
          Dataset<Row> later = inputs.between(source.table(), source.date(), from, to);
          all = all.unionByName(changeRows.boundaries(gaps, source, later));
        }
      }
    }
    return kept(changeRows.decided(all), cached);
  }

  /** Of columns for source and date, whether silver was looked at for them. */
  private static Column redone(
      Map<DimensionSource, Changes> changes, String source, String date, boolean whole) {
    Column redone = lit(false);
    for (Map.Entry<DimensionSource, Changes> each : changes.entrySet()) {
      Column of = col(source).equalTo(lit(each.getKey().name()));
      if (!each.getValue().everything()) {
        redone = redone.or(of.and(col(date).isInCollection(each.getValue().dates())));
      } else if (whole) {
        redone = redone.or(of);
      }
    }
    return redone;
  }

  private ChangeRows changeRows() {
    Map<String, Dataset<Row>> silver = new LinkedHashMap<>();
    shape.from().forEach(name -> silver.put(name, inputs.all(name)));
    Map<String, DataType> types = Observations.types(dimension, shape, silver);
    return new ChangeRows(shape, sources, types);
  }

  /** Whether what is said of changed dates is said of the dates of the observations. */
  private boolean datedBy(DimensionSource source) {
    return GoldDates.changesBy(scope.pipeline(), source.table())
        .filter(source.date()::equals)
        .isPresent();
  }

  private String definition() {
    return Definitions.changes(
        shape,
        sources.stream().filter(each -> !each.declared()).map(DimensionSource::name).toList());
  }

  private List<Column> identity() {
    List<Column> columns = new ArrayList<>(List.of(key()));
    columns.add(col(shape.asOf()));
    return columns;
  }

  private Column[] key() {
    return shape.key().stream().map(each -> col(each)).toArray(Column[]::new);
  }

  private SparkSession spark() {
    return scope.lake().spark();
  }

  private static Dataset<Row> kept(Dataset<Row> rows, List<Dataset<Row>> cached) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(kept);
    return kept;
  }
}
