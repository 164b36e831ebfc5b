package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.sluice.config.GoldTable;
import io.sluice.gold.ChangeTable.Updated;
import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import io.sluice.quality.GateResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes one dimension, and finds the dates whose facts it moves. Of a member whose {@link
 * ChangeRows} are what they were, the rows stay.
 */
final class DimensionBuild {
  private static final String FIRST = "__first";

  private final RunScope scope;
  private final GoldWork work;
  private final GoldTable.Dimension dimension;
  private final GoldInputs inputs;
  private final ChangeTable changeTable;
  private Dataset<Row> rows;
  private LakeState between;

  DimensionBuild(RunScope scope, GoldWork work, GoldTable.Dimension dimension, GoldInputs inputs) {
    this.scope = scope;
    this.work = work;
    this.dimension = dimension;
    this.inputs = inputs;
    this.changeTable = new ChangeTable(scope, inputs, work.table.name());
  }

  String name() {
    return work.table.name();
  }

  boolean nothingToDo() {
    return work.nothingToDo()
        && !changeTable.declaredOtherwise()
        && work.state.filter(changeTable::aheadOf).isEmpty();
  }

  /** Whether superseded rows are left in the table until the facts are repointed. */
  boolean mustFinish() {
    return between != null;
  }

  ModelResult make(List<Dataset<Row>> cached) {
    Updated changes = changeTable.update(work.fresh, cached);
    work.reads(changes.state());
    Dataset<Row> renewed = made(changes.rows());
    Optional<Dataset<Row>> concerned = concerned(changes, renewed, cached);
    if (concerned.isPresent() && concerned.get().isEmpty()) {
      LakeState after =
          work.target.commit(
              work.state.orElseThrow(),
              LakeWrite.append(renewed.limit(0), work.stamp(Changes.NONE)));
      return ModelResult.unchanged(name(), after.version());
    }
    Optional<Dataset<Row>> before =
        work.state
            .filter(state -> state.sequence() > 0 && state.hasColumnsOf(renewed))
            .map(state -> kept(work.target.read(), cached));
    rows =
        kept(
            concerned
                .map(keys -> renewed(before.orElseThrow(), keys, changes.rows()))
                .orElse(renewed),
            cached);
    GateResult gate = work.gate(rows, List.of());
    List<Held> held = work.held(gate);
    if (!held.isEmpty()) {
      KeyCollisions.require(name(), dimension, rows);
    }
    work.announce(held, gate);
    if (!held.isEmpty()) {
      return new ModelResult(
          name(),
          true,
          work.unchanged().version(),
          gate.rows(),
          0,
          gate.rows(),
          Changes.NONE,
          held,
          List.of(gate));
    }
    LakeState state = work.open(rows);
    Changes moved = Changes.EVERYTHING;
    LakeState after;
    // Rows under other columns cannot stand beside the new ones; all facts are repointed then.
    if (before.isEmpty()) {
      after = work.target.commit(state, LakeWrite.replaceAll(one(rows), work.stamp(moved)));
    } else {
      Dataset<Row> gone =
          before.get().join(rows.select(key()), key(), "left_anti").select(ordered(rows));
      if (!work.fresh) {
        moved = movedDates(before.get(), changes.rows(), concerned);
      }
      if (!gone.isEmpty()) {
        between =
            work.target.commit(
                state,
                LakeWrite.replaceAll(
                    one(rows.unionByName(gone)), work.stampWithoutProgress(moved)));
        after = between;
      } else if (rows.exceptAll(before.get().select(ordered(rows))).isEmpty()) {
        // Nothing to write but that the inputs were looked at.
        after =
            work.target.commit(state, LakeWrite.append(rows.limit(0), work.stamp(Changes.NONE)));
      } else {
        after = work.target.commit(state, LakeWrite.replaceAll(one(rows), work.stamp(moved)));
      }
    }
    inputs.putFresh(name(), rows);
    work.settle(held);
    return new ModelResult(
        name(), true, after.version(), gate.rows(), gate.rows(), 0, moved, held, List.of(gate));
  }

  /**
   * Removes the superseded rows. No fact refers to them any more, so nothing has to be made anew
   * for it.
   *
   * @return the table's version afterwards
   */
  long finish() {
    return work.target
        .commit(between, LakeWrite.replaceAll(one(rows), work.stamp(Changes.NONE)))
        .version();
  }

  private Dataset<Row> made(Dataset<Row> changeRows) {
    return DimensionTable.rows(
        name(), dimension, changeTable.observed(changeRows), changeTable.referring(changeRows));
  }

  /** The keys of the members to make anew; empty for all of them. */
  private Optional<Dataset<Row>> concerned(
      Updated changes, Dataset<Row> renewed, List<Dataset<Row>> cached) {
    if (work.fresh
        || !work.heldBefore.isEmpty()
        || !work.state.orElseThrow().hasColumnsOf(renewed)) {
      return Optional.empty();
    }
    long consumed = work.state.orElseThrow().consumed(changes.state().tableId());
    return changeTable.changedSince(consumed, changes, cached);
  }

  private Dataset<Row> renewed(Dataset<Row> before, Dataset<Row> keys, Dataset<Row> changeRows) {
    Dataset<Row> made = made(changeRows.join(keys, keyNames(), "left_semi"));
    return members(before)
        .join(keys, keyNames(), "left_anti")
        .select(ordered(made))
        .unionByName(made);
  }

  private Dataset<Row> members(Dataset<Row> of) {
    return of.where(col(key()).notEqual(lit(Keys.UNKNOWN)));
  }

  /**
   * The business dates on which facts refer to a version that came, went, or changed what tables
   * beside the facts hold of it. A member has no facts before the first date of its change rows, so
   * that a new one looks back no further than to the day that brought it.
   */
  private Changes movedDates(
      Dataset<Row> all, Dataset<Row> changeRows, Optional<Dataset<Row>> concerned) {
    Dataset<Row> before = members(of(all, concerned));
    Dataset<Row> after = members(of(rows, concerned));
    Dataset<Row> changed = versions(after).except(versions(before));
    changed = changed.union(versions(before).except(versions(after)));
    Dataset<Row> ranges =
        changed
            .join(
                after.select(versionKey("valid_to")).union(before.select(versionKey("valid_to"))),
                versionKeyNames())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (ranges.isEmpty()) {
        return Changes.NONE;
      }
      SortedSet<LocalDate> dates = new TreeSet<>();
      Set<DimensionSource> sources = new LinkedHashSet<>();
      DimensionSource.facts(scope.pipeline(), name())
          .forEach(fact -> sources.addAll(DimensionSource.of(name(), dimension, fact)));
      for (DimensionSource source : sources) {
        Dataset<Row> first =
            ChangeTable.of(changeRows, source)
                .groupBy(Arrays.stream(keyNames()).map(each -> col(each)).toArray(Column[]::new))
                .agg(min(col(dimension.asOf())).as(FIRST));
        Dataset<Row> moved =
            ranges
                .join(first, keyNames())
                .withColumn("valid_from", greatest(col("valid_from"), col(FIRST)))
                .where("valid_from < valid_to");
        dates.addAll(datesIn(source, moved));
      }
      return Changes.of(dates);
    } finally {
      ranges.unpersist();
    }
  }

  private List<LocalDate> datesIn(DimensionSource source, Dataset<Row> moved) {
    Row bounds = moved.selectExpr("min(valid_from)", "max(valid_to)").head();
    if (bounds.isNullAt(0)) {
      return List.of();
    }
    Column date = col("facts." + source.date());
    Column meets = date.geq(col("moved.valid_from")).and(date.lt(col("moved.valid_to")));
    for (int i = 0; i < source.key().size(); i++) {
      meets =
          meets.and(
              col("facts." + source.key().get(i)).equalTo(col("moved." + dimension.key().get(i))));
    }
    return inputs
        .between(source.table(), source.date(), bounds.getLocalDate(0), bounds.getLocalDate(1))
        .alias("facts")
        .join(moved.alias("moved"), meets, "left_semi")
        .select(date)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getLocalDate(0))
        .toList();
  }

  private Dataset<Row> of(Dataset<Row> all, Optional<Dataset<Row>> concerned) {
    return concerned.map(keys -> all.join(keys, keyNames(), "left_semi")).orElse(all);
  }

  private Dataset<Row> versions(Dataset<Row> of) {
    List<Column> columns = new ArrayList<>(List.of(versionKey()));
    dimension.fixed().forEach(name -> columns.add(col(name)));
    dimension.history().forEach(name -> columns.add(col(name)));
    return of.select(columns.toArray(Column[]::new));
  }

  private Column[] versionKey(String... more) {
    List<Column> columns = new ArrayList<>();
    for (String name : versionKeyNames()) {
      columns.add(col(name));
    }
    for (String name : more) {
      columns.add(col(name));
    }
    return columns.toArray(Column[]::new);
  }

  private String[] versionKeyNames() {
    List<String> names = new ArrayList<>(List.of(Keys.surrogateName(name()), "valid_from"));
    names.addAll(dimension.key());
    return names.toArray(String[]::new);
  }

  private String[] keyNames() {
    return dimension.key().toArray(String[]::new);
  }

  private String key() {
    return Keys.surrogateName(name());
  }

  private static Column[] ordered(Dataset<Row> like) {
    return Arrays.stream(like.columns()).map(name -> col(name)).toArray(Column[]::new);
  }

  private static Dataset<Row> one(Dataset<Row> rows) {
    return rows.coalesce(1);
  }

  private static Dataset<Row> kept(Dataset<Row> rows, List<Dataset<Row>> cached) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(kept);
    return kept;
  }
}
