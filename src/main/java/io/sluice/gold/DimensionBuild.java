package io.sluice.gold;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.GoldTable;
import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import io.sluice.quality.GateResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Makes one dimension, and finds the dates whose facts it moves. */
final class DimensionBuild {
  private final RunScope scope;
  private final GoldWork work;
  private final GoldTable.Dimension dimension;
  private final GoldInputs inputs;
  private Dataset<Row> rows;
  private LakeState between;

  DimensionBuild(RunScope scope, GoldWork work, GoldTable.Dimension dimension, GoldInputs inputs) {
    this.scope = scope;
    this.work = work;
    this.dimension = dimension;
    this.inputs = inputs;
  }

  String name() {
    return work.table.name();
  }

  /** Whether superseded rows are left in the table until the facts are repointed. */
  boolean mustFinish() {
    return between != null;
  }

  ModelResult make(List<Dataset<Row>> cached) {
    Map<String, Dataset<Row>> observed = new LinkedHashMap<>();
    dimension.from().forEach(name -> observed.put(name, inputs.all(name)));
    rows =
        DimensionTable.rows(name(), dimension, observed, referencing())
            .persist(StorageLevel.MEMORY_AND_DISK());
    cached.add(rows);
    GateResult gate = work.gate(rows, List.of());
    List<Held> held = work.held(gate);
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
    if (state.sequence() == 0 || !state.hasColumnsOf(rows)) {
      after = work.target.commit(state, LakeWrite.replaceAll(one(rows), work.stamp(moved)));
    } else {
      Dataset<Row> before = work.target.read().persist(StorageLevel.MEMORY_AND_DISK());
      cached.add(before);
      Dataset<Row> gone = before.join(rows.select(key()), key(), "left_anti").select(ordered());
      moved = work.changes.everything() ? Changes.EVERYTHING : movedDates(before);
      if (!gone.isEmpty()) {
        between =
            work.target.commit(
                state,
                LakeWrite.replaceAll(
                    one(rows.unionByName(gone)), work.stampWithoutProgress(moved)));
        after = between;
      } else if (rows.exceptAll(before.select(ordered())).isEmpty()) {
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

  private List<Dataset<Row>> referencing() {
    List<Dataset<Row>> keys = new ArrayList<>();
    for (GoldTable.Fact fact : facts()) {
      keys.add(FactTable.businessKeys(fact, inputs.all(fact.from()), name(), dimension));
    }
    return keys;
  }

  private List<GoldTable.Fact> facts() {
    List<GoldTable.Fact> facts = new ArrayList<>();
    for (GoldTable other : scope.pipeline().gold().values()) {
      if (other.shape() instanceof GoldTable.Fact fact && fact.dimensions().contains(name())) {
        facts.add(fact);
      }
    }
    return facts;
  }

  /**
   * The business dates on which facts refer to a version that came, went, or changed what tables
   * beside the facts hold of it.
   */
  private Changes movedDates(Dataset<Row> before) {
    Dataset<Row> changed = versions(rows).except(versions(before));
    changed = changed.union(versions(before).except(versions(rows)));
    Dataset<Row> ranges =
        changed
            .join(
                rows.select(versionKey("valid_to")).union(before.select(versionKey("valid_to"))),
                versionKeyNames())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (ranges.isEmpty()) {
        return Changes.NONE;
      }
      SortedSet<LocalDate> dates = new TreeSet<>();
      for (GoldTable.Fact fact : facts()) {
        Dataset<Row> facts =
            FactTable.references(fact, inputs.all(fact.from()), name(), dimension).alias("facts");
        Column date = col("facts." + FactTable.BUSINESS_DATE);
        Column meets = date.geq(col("moved.valid_from")).and(date.lt(col("moved.valid_to")));
        for (String part : dimension.key()) {
          meets = meets.and(col("facts." + part).equalTo(col("moved." + part)));
        }
        facts
            .join(ranges.alias("moved"), meets, "left_semi")
            .select(date)
            .distinct()
            .collectAsList()
            .forEach(row -> dates.add(row.getLocalDate(0)));
      }
      return Changes.of(dates);
    } finally {
      ranges.unpersist();
    }
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

  private String key() {
    return Keys.surrogateName(name());
  }

  private Column[] ordered() {
    return java.util.Arrays.stream(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
  }

  private static Dataset<Row> one(Dataset<Row> rows) {
    return rows.coalesce(1);
  }
}
