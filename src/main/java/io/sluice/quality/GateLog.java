package io.sluice.quality;

import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The lake table {@code gate_results}: one row a table, rule and run. */
public final class GateLog {
  private GateLog() {}

  public static LakeTable table(RunScope scope) {
    return scope.lake().table(Layer.OPS, "gate_results");
  }

  /** Appends results in one commit; none for none. */
  public static void append(RunScope scope, List<GateResult> results) {
    Instant now = Instant.now();
    results.stream()
        .map(result -> GateResults.rows(scope.lake().spark(), result, scope.runId(), now))
        .reduce(Dataset::unionByName)
        .ifPresent(rows -> commit(scope, rows));
  }

  private static void commit(RunScope scope, Dataset<Row> rows) {
    LakeTable table = table(scope);
    LakeState state = table.create(GateResults.SCHEMA, List.of(), "What each gate found");
    table.commit(state, LakeWrite.append(rows.coalesce(1), LakeWrite.stamp(scope.runId())));
  }
}
