package io.sluice.quality;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Gate results as rows of the lake table {@code gate_results}. */
public final class GateResults {
  /** One row a table, rule and run. */
  public static final StructType SCHEMA =
      new StructType()
          .add("table_name", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("severity", DataTypes.StringType)
          .add("passed", DataTypes.BooleanType)
          .add("metric", DataTypes.StringType)
          .add("limit_text", DataTypes.StringType)
          .add("failing_rows", DataTypes.LongType)
          .add("failed_slices", new ArrayType(DataTypes.StringType, true))
          .add("message", DataTypes.StringType)
          .add("run_id", DataTypes.StringType)
          .add("at", DataTypes.TimestampType);

  private GateResults() {}

  /**
   * The rows of one result, one a rule, in the rules' order.
   *
   * @param at when the gate was evaluated; metadata of the run, no part of what the gate found
   */
  public static Dataset<Row> rows(SparkSession spark, GateResult result, String runId, Instant at) {
    List<Row> rows = new ArrayList<>();
    for (RuleResult rule : result.rules()) {
      rows.add(
          RowFactory.create(
              result.table(),
              rule.rule(),
              rule.kind().name(),
              rule.severity().name(),
              rule.passed(),
              rule.metric().map(BigDecimal::toPlainString).orElse(null),
              rule.limit(),
              rule.failingRows(),
              rule.failedSlices().stream().map(FailedSlice::slice).toArray(String[]::new),
              rule.message(),
              runId,
              at));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }
}
