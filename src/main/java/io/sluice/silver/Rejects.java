package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.sluice.lake.BronzeTable;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code rejects}: one row for each reason for which a bronze row is not in silver.
 * It holds what is rejected now: the rejects of a slice are replaced with the slice.
 */
public final class Rejects {
  static final StructType SCHEMA =
      new StructType()
          .add("table_name", DataTypes.StringType)
          .add("slice", DataTypes.StringType)
          .add("file_id", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("sheet", DataTypes.StringType)
          .add("sheet_row", DataTypes.IntegerType)
          .add("cell", DataTypes.StringType)
          .add("column_name", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("raw", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("run_id", DataTypes.StringType);

  /** What tells one reject from another, whenever it was found. */
  static final List<String> IDENTITY =
      List.of(
          "table_name", "slice", "file_id", "sheet", "sheet_row", "column_name", "reason", "rule");

  private Rejects() {}

  public static LakeTable table(RunScope scope) {
    return scope.lake().table(Layer.SILVER, "rejects");
  }

  /** The slices of a table that have rejects. */
  static Set<String> slices(RunScope scope, String tableName) {
    LakeTable table = table(scope);
    if (!table.exists()) {
      return Set.of();
    }
    return table
        .read()
        .where(col("table_name").equalTo(tableName))
        .select("slice")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** Whether the rejects of some slices are those that the table has of them already. */
  static boolean same(
      RunScope scope, String tableName, Dataset<Row> classified, Dataset<Row> slices) {
    LakeTable table = table(scope);
    if (!table.exists()) {
      return false;
    }
    Column[] what = IDENTITY.stream().map(functions::col).toArray(Column[]::new);
    Dataset<Row> before = of(table.read(), tableName, slices, "left_semi").select(what);
    Dataset<Row> now = rejected(classified, tableName, scope.runId()).select(what);
    return before.exceptAll(now).isEmpty() && now.exceptAll(before).isEmpty();
  }

  /**
   * Replaces the rejects of some slices of a table.
   *
   * @param since the silver table as the run finds it
   * @param classified rows with their status
   * @param uris file_id and uri of their files
   * @param slices column slice: the slices to replace
   * @param any whether there is a reject among the rows
   */
  static void replace(
      RunScope scope,
      String tableName,
      LakeState since,
      Dataset<Row> classified,
      Dataset<Row> uris,
      Dataset<Row> slices,
      boolean any) {
    LakeTable table = table(scope);
    LakeState state =
        table.create(
            SCHEMA, List.of("table_name"), "Rows that break their contract, with the reason");
    boolean there = state.sequence() > 0;
    if (!any && !there) {
      return;
    }
    Dataset<Row> now =
        rejected(classified, tableName, scope.runId())
            .join(uris, "file_id")
            .select(Stream.of(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new));
    Dataset<Row> rows = now;
    if (there) {
      Dataset<Row> before = of(table.read(), tableName, slices, "left_semi");
      RejectsHistory.add(scope, tableName, since, before, now, classified);
      rows = of(table.read(), tableName, slices, "left_anti").unionByName(now);
    }
    table.commit(
        state,
        LakeWrite.replaceWhere(
            rows.coalesce(1), "table_name = '" + tableName + "'", LakeWrite.stamp(scope.runId())));
  }

  private static Dataset<Row> of(
      Dataset<Row> rejects, String tableName, Dataset<Row> slices, String join) {
    return rejects
        .where(col("table_name").equalTo(tableName))
        .join(slices, col("slice").equalTo(slices.col(ConformWork.AFFECTED)), join);
  }

  /** All columns but the uri. */
  private static Dataset<Row> rejected(Dataset<Row> classified, String tableName, String runId) {
    return classified
        .where(col(ClassifiedRows.STATUS).equalTo(ClassifiedRows.REJECTED))
        .withColumn("v", explode(col(ConvertedRows.VIOLATIONS)))
        .select(
            lit(tableName).as("table_name"),
            col(ConvertedRows.SLICE).as("slice"),
            col(BronzeTable.FILE_ID),
            col(ConvertedRows.SHEET).as("sheet"),
            col(BronzeTable.SHEET_ROW),
            col("v.cell").as("cell"),
            col("v.column_name").as("column_name"),
            col("v.reason").as("reason"),
            col("v.rule").as("rule"),
            col("v.raw").as("raw"),
            col("v.message").as("message"),
            lit(runId).as("run_id"));
  }
}
