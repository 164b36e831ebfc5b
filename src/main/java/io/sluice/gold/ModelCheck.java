package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Metric;
import io.sluice.config.Pipeline;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Looks at all SQL of a pipeline over the columns that its tables have, before there is any row.
 */
public final class ModelCheck {
  private final SparkSession spark;
  private final Pipeline pipeline;
  private final PipelineTables tables;

  private ModelCheck(SparkSession spark, Pipeline pipeline) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.tables = new PipelineTables(spark, pipeline);
  }

  /**
   * @throws SluiceException CONFIG_INVALID with every metric and every model that is not valid
   */
  public static void require(SparkSession spark, Pipeline pipeline) {
    boolean sql =
        pipeline.gold().values().stream()
            .anyMatch(table -> table.shape() instanceof GoldTable.SqlModel);
    if (sql || !pipeline.metrics().isEmpty()) {
      new ModelCheck(spark, pipeline).require();
    }
  }

  private void require() {
    List<GoldTable> ordered = SqlModels.order(spark, pipeline);
    List<SluiceException> found = new ArrayList<>();
    for (Metric metric : pipeline.metrics().values()) {
      collect(found, () -> require(metric));
    }
    Set<String> unknown = new HashSet<>();
    for (GoldTable table : ordered) {
      if (table.shape() instanceof GoldTable.SqlModel model
          && SqlModels.inputs(spark, table, pipeline).stream().noneMatch(unknown::contains)) {
        int before = found.size();
        collect(found, () -> require(table, model));
        if (found.size() > before) {
          // What reads it would only say the same again.
          unknown.add(table.name());
        }
      }
    }
    if (found.size() == 1) {
      throw found.get(0);
    }
    if (!found.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      found.forEach(
          each ->
              lines
                  .append('\n')
                  .append(each.problem())
                  .append(": ")
                  .append(each.why())
                  .append(". ")
                  .append(each.remedy()));
      throw new SluiceException(
          Reason.CONFIG_INVALID,
          "The SQL of the pipeline has " + found.size() + " mistakes",
          lines.toString(),
          "Correct them; 'sluice test' looks again without a run.");
    }
  }

  private static void collect(List<SluiceException> found, Runnable check) {
    try {
      check.run();
    } catch (SluiceException e) {
      found.add(e);
    }
  }

  private void require(Metric metric) {
    Column expression = new Column(SqlMetrics.expression(spark, metric, pipeline.metrics()));
    LogicalPlan plan;
    try {
      plan = tables.table(metric.over()).select(expression).queryExecution().analyzed();
    } catch (Exception e) {
      // Scala does not declare the checked exception that it throws here.
      if (e instanceof AnalysisException analysis) {
        throw SqlMetrics.wrong(metric, SqlPlan.cause(analysis), e);
      }
      throw e;
    }
    if (!(plan instanceof Aggregate)) {
      throw SqlMetrics.wrong(metric, metric.sql() + " is no aggregate", null);
    }
  }

  private void require(GoldTable table, GoldTable.SqlModel model) {
    tables.table(table.name());
  }
}
