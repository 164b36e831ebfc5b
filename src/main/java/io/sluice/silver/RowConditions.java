package io.sluice.silver;

import static org.apache.spark.sql.functions.expr;

import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.DriftHistory;
import io.sluice.lake.Failures;
import io.sluice.lake.RunScope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** The conditions that a silver table is declared with, looked at before there is any row. */
public final class RowConditions {
  private static final String CONDITION = "_condition";

  /** Spark's expressions that read a clock, or who asks, and still call themselves repeatable. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "CurrentDate",
          "CurrentTimestamp",
          "Now",
          "LocalTimestamp",
          "CurrentUser",
          "CurrentDatabase",
          "CurrentCatalog");

  private RowConditions() {}

  /**
   * @throws SluiceException CONFIG_INVALID for a condition that Spark cannot evaluate over the
   *     table's columns, or that would not always say the same of the same row
   */
  public static void require(RunScope scope, SilverTable table) {
    if (table.rules().isEmpty() && table.deletedWhen().isEmpty()) {
      return;
    }
    Source source = scope.pipeline().sources().get(table.from());
    List<String> added =
        source.addsColumns()
            ? List.copyOf(new DriftHistory(scope.lake()).added(source))
            : List.of();
    SilverLayout layout = new SilverLayout(table, source, added);
    StructType schema = new StructType();
    for (var field : layout.schema().fields()) {
      if (!layout.partitions().contains(field.name())) {
        schema = schema.add(field);
      }
    }
    Dataset<Row> none = scope.lake().spark().createDataFrame(List.of(), schema);
    for (RowRule rule : table.rules()) {
      require(none, rule.row(), "The rule " + rule.name() + " of " + table.name());
    }
    if (!table.deletedWhen().isEmpty()) {
      require(none, table.deletedWhen(), "deleted-when of " + table.name());
    }
  }

  private static void require(Dataset<Row> rows, String condition, String what) {
    Dataset<Row> with;
    try {
      with = rows.withColumn(CONDITION, expr(condition));
    } catch (Exception e) {
      // Spark's refusals are checked exceptions that Scala does not declare.
      throw invalid(what, Failures.summary(e), e);
    }
    if (!(with.schema().apply(CONDITION).dataType() instanceof BooleanType)) {
      throw invalid(what, condition + " is neither true nor false", null);
    }
    LogicalPlan plan = with.queryExecution().analyzed();
    for (Expression each : JavaConverters.seqAsJavaList(plan.expressions())) {
      if (each.exists(RowConditions::changes)) {
        throw invalid(
            what,
            condition
                + " says another thing of the same row when it is asked again, and a rebuild would"
                + " make another table",
            null);
      }
    }
  }

  private static boolean changes(Expression part) {
    return !part.deterministic() || OF_THE_RUN.contains(part.getClass().getSimpleName());
  }

  /** The columns that a condition reads. */
  static Set<String> columns(Dataset<Row> rows, String condition) {
    Set<String> names = new HashSet<>();
    LogicalPlan plan = rows.select(expr(condition)).queryExecution().analyzed();
    for (Attribute column : JavaConverters.asJavaIterable(plan.references())) {
      names.add(column.name());
    }
    return names;
  }

  private static SluiceException invalid(String what, String why, Exception cause) {
    return new SluiceException(
        Reason.CONFIG_INVALID,
        what + " cannot be used",
        why,
        "Correct the condition in the pipeline file: Spark SQL over the table's columns.",
        cause);
  }
}
