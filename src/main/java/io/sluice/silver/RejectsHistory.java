package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code rejects_history}: rejects that are none any more, each with the run that
 * ended it. It is only appended to.
 */
final class RejectsHistory {
  private static final StructType SCHEMA =
      Rejects.SCHEMA
          .add("resolution", DataTypes.StringType)
          .add("resolved_run", DataTypes.StringType)
          .add("resolved_at", DataTypes.TimestampType);

  private RejectsHistory() {}

  private static LakeTable table(RunScope scope) {
    return scope.lake().table(Layer.OPS, "rejects_history");
  }

  /**
   * The version that a commit to a silver table is to name, so that {@link #since} starts there.
   */
  static Map<String, Long> progress(RunScope scope) {
    return table(scope)
        .state()
        .map(history -> Map.of(history.tableId(), history.version()))
        .orElse(Map.of());
  }

  /**
   * Slices whose rejects ended and of which the table's last commit knows nothing: a run was killed
   * after it had replaced the rejects and before it committed the rows. Nothing in the rejects
   * tells that these rows are missing in silver.
   *
   * @param state of the silver table
   */
  static Set<String> slicesSince(RunScope scope, String tableName, LakeState state) {
    return lines(scope, tableName, state).map(RejectsHistory::slices).orElse(Set.of());
  }

  private static Set<String> slices(Dataset<Row> lines) {
    return lines.select("slice").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** What was added after a silver table's last commit; empty where nothing can have been. */
  private static Optional<Dataset<Row>> lines(RunScope scope, String tableName, LakeState since) {
    LakeTable table = table(scope);
    Optional<LakeState> history = table.state().filter(state -> state.sequence() > 0);
    if (history.isEmpty()) {
      return Optional.empty();
    }
    long known = since.consumed(history.get().tableId());
    if (known == history.get().version()) {
      return Optional.empty();
    }
    Column mine = col("table_name").equalTo(tableName);
    Dataset<Row> all = table.read().where(mine);
    if (known < 0) {
      return Optional.of(all);
    }
    try {
      Dataset<Row> added = all.exceptAll(table.read(known).where(mine));
      added.isEmpty();
      return Optional.of(added);
    } catch (Exception gone) {
      // Spark's and Delta's failures to read are checked exceptions that Scala does not declare.
      return Optional.of(all);
    }
  }

  /**
   * Adds what was rejected and is not now. It is called before the rejects are replaced; a run that
   * was killed between the two, and comes again, adds nothing twice.
   *
   * @param tableName the silver table
   * @param since its state, as the run finds it
   * @param before rejects of the slices that are made anew, as the table {@code rejects} has them
   * @param now rejects of the same slices
   * @param classified the rows of these slices with their status
   */
  static void add(
      RunScope scope,
      String tableName,
      LakeState since,
      Dataset<Row> before,
      Dataset<Row> now,
      Dataset<Row> classified) {
    Dataset<Row> ended = without(before, now, Rejects.IDENTITY);
    if (ended.isEmpty()) {
      return;
    }
    LakeTable table = table(scope);
    LakeState state =
        table.create(SCHEMA, List.of(), "Rejects that are none any more, and what ended them");
    Optional<Dataset<Row>> already = lines(scope, tableName, since);
    if (already.isPresent()) {
      List<String> whole = new ArrayList<>(Rejects.IDENTITY);
      whole.add("run_id");
      ended = without(ended, already.get(), whole);
      if (ended.isEmpty()) {
        return;
      }
    }
    Dataset<Row> serving =
        classified
            .where(col(ClassifiedRows.STATUS).notEqual(ClassifiedRows.SUPERSEDED))
            .select(col(BronzeTable.FILE_ID).as("_file"), col(ConvertedRows.SLICE).as("_of"))
            .distinct()
            .withColumn("_serves", lit(true));
    Column shown = shown(scope.pipeline());
    Dataset<Row> rows =
        ended
            .join(
                serving,
                col("file_id").equalTo(col("_file")).and(col("slice").equalTo(col("_of"))),
                "left")
            .withColumn(
                "resolution", when(col("_serves"), lit("accepted")).otherwise(lit("superseded")))
            .withColumn("raw", when(shown, col("raw")).otherwise(lit("")))
            .withColumn("message", when(shown, col("message")).otherwise(lit("")))
            .withColumn("resolved_run", lit(scope.runId()))
            .withColumn("resolved_at", lit(Instant.now()))
            .select(
                java.util.Arrays.stream(SCHEMA.fieldNames())
                    .map(name -> col(name))
                    .toArray(Column[]::new));
    table.commit(state, LakeWrite.append(rows.coalesce(1), LakeWrite.stamp(scope.runId())));
  }

  /** What has become sensitive since it was rejected is not written again. */
  private static Column shown(Pipeline pipeline) {
    Column shown = col("column_name").equalTo("");
    for (SilverTable table : pipeline.silver().values()) {
      Object[] open =
          pipeline.sources().get(table.from()).contractColumns().stream()
              .filter(column -> !column.hashed())
              .map(io.sluice.config.Column::name)
              .toArray();
      shown = shown.or(col("table_name").equalTo(table.name()).and(col("column_name").isin(open)));
    }
    return shown;
  }

  private static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others, List<String> by) {
    Dataset<Row> right =
        others.select(by.stream().map(name -> col(name).as("_" + name)).toArray(Column[]::new));
    Column same = lit(true);
    for (String name : by) {
      same = same.and(col(name).eqNullSafe(col("_" + name)));
    }
    return rows.join(right, same, "left_anti");
  }
}
