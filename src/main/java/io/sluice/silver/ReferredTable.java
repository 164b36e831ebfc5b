package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.Reference;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.RunScope;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A table that another one refers to, at one version. What refers to a table that is not made yet
 * finds nothing there.
 */
record ReferredTable(
    RunScope scope, Reference reference, LakeTable table, Optional<LakeState> state) {
  private static final String KEY = "_key";

  static ReferredTable now(RunScope scope, Reference reference) {
    LakeTable table = ConformStage.target(scope, scope.pipeline().silver().get(reference.in()));
    return new ReferredTable(scope, reference, table, table.state());
  }

  /** The version that a table's commit was made against; empty if against none of this table. */
  Optional<Long> versionAt(LakeState referring) {
    return state.map(now -> referring.consumed(now.tableId())).filter(version -> version >= 0);
  }

  /** Whether any of its rows may have changed since a commit of the table that refers to it. */
  boolean changedSince(LakeState referring) {
    return state.isPresent()
        && table.rowsChanged(referring.consumed(state.get().tableId()), state.get().version());
  }

  /** The keys that are there, each once, without NULLs. Columns {@link #keyNames}. */
  Dataset<Row> keys() {
    return state
        .map(now -> keys(now.version()))
        .orElseGet(
            () ->
                scope
                    .lake()
                    .spark()
                    .createDataFrame(List.<Row>of(), schema())
                    .select(named())
                    .distinct());
  }

  /** The keys that were there at a version. */
  Dataset<Row> keys(long version) {
    return table.read(version).select(named()).na().drop().distinct();
  }

  String[] keyNames() {
    return IntStream.range(0, reference.key().size()).mapToObj(i -> KEY + i).toArray(String[]::new);
  }

  /** Joins rows that have these columns with the keys. */
  Column matches(List<String> columns) {
    Column same = lit(true);
    for (int i = 0; i < columns.size(); i++) {
      same = same.and(col(columns.get(i)).equalTo(col(KEY + i)));
    }
    return same;
  }

  private StructType schema() {
    return ConvertedRows.schema(
        scope.pipeline().sources().get(scope.pipeline().silver().get(reference.in()).from()),
        List.of());
  }

  private Column[] named() {
    return IntStream.range(0, reference.key().size())
        .mapToObj(i -> col(reference.key().get(i)).as(KEY + i))
        .toArray(Column[]::new);
  }
}
