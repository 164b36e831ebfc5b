package io.sluice.silver;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.lake.Changes;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import io.sluice.lake.Stamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one commit that brings new slices, and the progress, to a silver table. */
final class SilverCommit {
  private final RunScope scope;
  private final SilverLayout layout;
  private final LakeTable target;
  private final ConformPlan plan;
  private final SparkSession spark;

  SilverCommit(RunScope scope, SilverLayout layout, ConformPlan plan) {
    this.scope = scope;
    this.layout = layout;
    this.target = ConformStage.target(scope, layout.table());
    this.plan = plan;
    this.spark = scope.lake().spark();
  }

  /**
   * What a commit replaced.
   *
   * @param rows how many rows were there before
   * @param same of changes, how many of the new rows were there before, but for what stands above
   *     their table
   */
  record Replaced(long rows, long same) {}

  /**
   * Replaces slices.
   *
   * @param passed the rows of the promoted slices
   * @param held slices that keep the rows they have
   * @param promoted slices that get these rows, or none
   */
  Replaced replace(Dataset<Row> passed, Set<String> held, Set<String> promoted) {
    SilverTable table = layout.table();
    Dataset<Row> rows = passed.select(layout.targetColumns());
    SortedSet<LocalDate> dates = layout.dates(promoted);
    boolean partitioned = table.partitionByDate().isPresent();
    boolean whole = plan.whole();
    String where = partitioned && !whole ? LakeWrite.partitions(dates) : "";
    Replaced replaced = new Replaced(0, 0);
    if (plan.state().sequence() > 0 && !(whole && held.isEmpty())) {
      Dataset<Row> there = where.isEmpty() ? target.read() : target.read().where(where);
      Dataset<Row> named = there.withColumn(ConvertedRows.SLICE, layout.sliceColumn());
      Dataset<Row> kept =
          named
              .join(
                  names(spark, whole ? held : promoted),
                  col(ConvertedRows.SLICE).equalTo(col(ConformWork.AFFECTED)),
                  whole ? "left_semi" : "left_anti")
              .drop(ConvertedRows.SLICE);
      replaced =
          new Replaced(
              there.count() - kept.count(),
              layout.source().delivers() == Source.Delivers.CHANGES && !whole
                  ? same(passed, named, promoted)
                  : 0);
      rows = rows.unionByName(kept, true).select(layout.names());
    }
    if (partitioned) {
      rows =
          rows.repartition(
                  Math.max(1, Math.min(dates.size(), 200)), col("year"), col("month"), col("day"))
              .sortWithinPartitions(layout.sorted());
    } else {
      // Not coalesced, or one task would do all of what made the rows.
      rows = rows.repartition(1);
    }
    Stamp stamp =
        stamp(layout.dateColumn().isEmpty() || whole ? Changes.EVERYTHING : Changes.of(dates));
    target.commit(
        plan.state(),
        where.isEmpty()
            ? LakeWrite.replaceAll(rows, stamp)
            : LakeWrite.replaceWhere(rows, where, stamp));
    return replaced;
  }

  private long same(Dataset<Row> passed, Dataset<Row> there, Set<String> promoted) {
    Column[] values =
        layout.source().columns().stream().map(column -> col(column.name())).toArray(Column[]::new);
    return there
        .join(
            names(spark, promoted),
            col(ConvertedRows.SLICE).equalTo(col(ConformWork.AFFECTED)),
            "left_semi")
        .select(values)
        .intersect(passed.select(values))
        .count();
  }

  LakeState progressOnly() {
    Dataset<Row> none = spark.createDataFrame(List.of(), layout.schema());
    return target.commit(plan.state(), LakeWrite.append(none, stamp(Changes.NONE)));
  }

  private Stamp stamp(Changes changes) {
    Map<String, Long> progress = new HashMap<>(plan.progress());
    progress.putAll(RejectsHistory.progress(scope));
    return new Stamp(
        scope.runId(),
        0,
        Definitions.silver(layout.table(), layout.source(), scope.pipeline().zone()),
        progress,
        changes);
  }

  static Dataset<Row> names(SparkSession spark, Set<String> slices) {
    return spark.createDataset(List.copyOf(slices), Encoders.STRING()).toDF(ConformWork.AFFECTED);
  }
}
