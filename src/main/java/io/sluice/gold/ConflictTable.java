package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.sluice.config.GoldTable;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The lake table of {@link DimensionConflicts}, of all dimensions. What is said of a source and a
 * date is replaced whole, so that a run that was killed does it again without harm.
 */
final class ConflictTable {
  /** No gold table can be declared under this name. */
  static final String NAME = "dim_conflicts";

  private final RunScope scope;
  private final LakeTable table;

  ConflictTable(RunScope scope) {
    this.scope = scope;
    this.table = scope.lake().table(Layer.GOLD, NAME);
  }

  /**
   * Replaces what is said of one dimension.
   *
   * @param redone over the columns {@code source} and {@code as_of}, what to replace
   * @param found source, key and date of what is in conflict there
   * @param silver of each source the rows in which they were found
   */
  void replace(
      String dimension,
      GoldTable.Dimension shape,
      Column redone,
      Dataset<Row> found,
      Map<String, Dataset<Row>> silver) {
    Column replaced = col("dimension").equalTo(lit(dimension)).and(redone);
    boolean none = found.isEmpty();
    if (none && (!table.exists() || table.read().where(replaced).isEmpty())) {
      return;
    }
    Dataset<Row> rows = null;
    for (Map.Entry<String, Dataset<Row>> source : silver.entrySet()) {
      Dataset<Row> concerned =
          found.where(col(ChangeRows.SOURCE).equalTo(lit(source.getKey()))).drop(ChangeRows.SOURCE);
      Dataset<Row> conflicts =
          DimensionConflicts.ofSource(
              dimension,
              shape,
              source.getKey(),
              source.getValue().join(concerned, concerned.columns(), "left_semi"));
      rows = rows == null ? conflicts : rows.unionByName(conflicts);
    }
    LakeState state =
        table.create(
            rows.schema().asNullable(),
            List.of(),
            "Where the rows of one source disagree on an attribute of a member on one day");
    table.commit(
        state,
        LakeWrite.replaceAll(
            rows.unionByName(table.read().where(not(replaced))).coalesce(1),
            LakeWrite.stamp(scope.runId())));
  }
}
