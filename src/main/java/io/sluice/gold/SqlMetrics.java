package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Metric;
import io.sluice.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * Puts the expressions of metrics where a SELECT says {@code metric(NAME)}. It is done in the
 * parsed plan: the columns of a metric become those of the table that it measures, whatever that is
 * called in the SELECT, and a column of another table is never taken for one of them.
 */
final class SqlMetrics {
  private static final String FUNCTION = "metric";

  private final SparkSession spark;
  private final String name;
  private final GoldTable.SqlModel model;
  private final Map<String, Metric> metrics;
  private final Map<String, Metric> used = new LinkedHashMap<>();

  /** A table that a FROM leads to, and what it is called there; null behind a subquery. */
  private record From(String table, String alias) {}

  SqlMetrics(
      SparkSession spark, String name, GoldTable.SqlModel model, Map<String, Metric> metrics) {
    this.spark = spark;
    this.name = name;
    this.model = model;
    this.metrics = metrics;
  }

  /**
   * The plan without {@code metric(…)}.
   *
   * @throws io.sluice.error.SluiceException CONFIG_INVALID for a metric that there is not, or that
   *     measures a table that the SELECT does not read
   */
  LogicalPlan expanded(LogicalPlan plan) {
    return expanded(plan, Map.of());
  }

  /** Those that were expanded, and those that these are made of. */
  List<Metric> used() {
    return List.copyOf(used.values());
  }

  /** The expression of a metric, with those that it is made of. */
  static Expression expression(SparkSession spark, Metric metric, Map<String, Metric> metrics) {
    return new SqlMetrics(spark, metric.name(), null, metrics).parsed(metric, List.of());
  }

  private LogicalPlan expanded(LogicalPlan plan, Map<String, Set<String>> outer) {
    if (plan instanceof UnresolvedWith with) {
      Map<String, Set<String>> visible = new HashMap<>(outer);
      List<Tuple2<String, SubqueryAlias>> queries = new ArrayList<>();
      for (Tuple2<String, SubqueryAlias> query :
          JavaConverters.seqAsJavaList(with.cteRelations())) {
        SubqueryAlias now = (SubqueryAlias) expanded(query._2(), visible);
        visible.put(SqlPlan.lower(query._1()), tables(from(now, visible, false)));
        queries.add(new Tuple2<>(query._1(), now));
      }
      return new UnresolvedWith(
          expanded(with.child(), visible), JavaConverters.asScalaBuffer(queries).toSeq());
    }
    List<From> from = new ArrayList<>();
    for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
      from.addAll(from(child, outer, true));
    }
    LogicalPlan below = plan.mapChildren(child -> expanded(child, outer));
    return below.mapExpressions(each -> expanded(each, from, outer));
  }

  private Expression expanded(
      Expression expression, List<From> from, Map<String, Set<String>> outer) {
    if (expression instanceof UnresolvedAlias column && isMetric(column.child())) {
      UnresolvedFunction call = (UnresolvedFunction) column.child();
      return new Alias(
          measured(call, from),
          named(call),
          NamedExpression.newExprId(),
          JavaConverters.asScalaBuffer(new ArrayList<String>()).toSeq(),
          Option.empty(),
          JavaConverters.asScalaBuffer(new ArrayList<String>()).toSeq());
    }
    if (isMetric(expression)) {
      return measured((UnresolvedFunction) expression, from);
    }
    Expression now = expression;
    if (expression instanceof SubqueryExpression subquery) {
      now = subquery.withNewPlan(expanded(subquery.plan(), outer));
    }
    return now.mapChildren(child -> expanded(child, from, outer));
  }

  private static boolean isMetric(Expression expression) {
    return expression instanceof UnresolvedFunction call
        && call.nameParts().size() == 1
        && call.nameParts().head().equalsIgnoreCase(FUNCTION);
  }

  /** The name between the parentheses. */
  private String named(UnresolvedFunction call) {
    List<Expression> arguments = JavaConverters.seqAsJavaList(call.arguments());
    if (arguments.size() == 1
        && arguments.get(0) instanceof UnresolvedAttribute argument
        && argument.nameParts().size() == 1
        && !call.isDistinct()
        && call.filter().isEmpty()) {
      return argument.nameParts().head();
    }
    throw invalid(
        call,
        "metric(…) has something else in it than the name of one metric",
        "Write metric(NAME), without quotes, DISTINCT or FILTER.");
  }

  private Expression measured(UnresolvedFunction call, List<From> from) {
    String wanted = named(call);
    Metric metric = metrics.get(SqlPlan.lower(wanted));
    if (metric == null) {
      throw invalid(
          call,
          "there is no metric " + wanted + Suggestion.orList(wanted, metrics.keySet(), "there are"),
          "Name a metric of the pipeline, or declare metrics." + wanted + ".");
    }
    List<From> there = from.stream().filter(each -> each.table().equals(metric.over())).toList();
    if (there.isEmpty()) {
      throw invalid(
          call,
          "metric %s is over %s, which the SELECT it stands in does not read"
              .formatted(metric.name(), metric.over()),
          "Read %s there, or use a metric over what is read.".formatted(metric.over()));
    }
    if (there.size() > 1) {
      throw invalid(
          call,
          "metric %s is over %s, which the SELECT it stands in reads %d times"
              .formatted(metric.name(), metric.over(), there.size()),
          "Measure it in a subquery that reads it once.");
    }
    Expression expression = parsed(metric, List.of());
    String alias = there.get(0).alias();
    return alias == null ? expression : qualified(expression, alias);
  }

  private static Expression qualified(Expression expression, String alias) {
    if (expression instanceof UnresolvedAttribute column) {
      return new UnresolvedAttribute(
          JavaConverters.asScalaBuffer(List.of(alias, column.nameParts().head())).toSeq());
    }
    return expression.mapChildren(child -> qualified(child, alias));
  }

  private Expression parsed(Metric metric, List<String> within) {
    if (within.contains(metric.name())) {
      throw wrong(metric, "it is made of itself: " + String.join(" of ", within), null);
    }
    used.put(metric.name(), metric);
    Expression expression;
    try {
      expression = spark.sessionState().sqlParser().parseExpression(metric.sql());
    } catch (ParseException e) {
      throw wrong(metric, SqlPlan.cause(e), e);
    }
    List<String> deeper = new ArrayList<>(within);
    deeper.add(metric.name());
    return checked(metric, expression, deeper);
  }

  /** Looks for what cannot be moved into another SELECT, and expands metrics in it. */
  private Expression checked(Metric metric, Expression expression, List<String> within) {
    if (expression instanceof SubqueryExpression) {
      throw wrong(metric, "it holds a SELECT", null);
    }
    if (expression instanceof UnresolvedAttribute column && column.nameParts().size() > 1) {
      throw wrong(
          metric,
          "%s is written with a table; its columns are those of %s, by their names alone"
              .formatted(column.name(), metric.over()),
          null);
    }
    if (isMetric(expression)) {
      String inner = named((UnresolvedFunction) expression);
      Metric other = metrics.get(SqlPlan.lower(inner));
      if (other == null) {
        throw wrong(
            metric,
            "there is no metric " + inner + Suggestion.orList(inner, metrics.keySet(), "there are"),
            null);
      }
      if (!other.over().equals(metric.over())) {
        throw wrong(
            metric,
            "it is over %s, and %s is over %s".formatted(metric.over(), inner, other.over()),
            null);
      }
      return parsed(other, within);
    }
    return expression.mapChildren(child -> checked(metric, child, within));
  }

  private static List<From> from(LogicalPlan plan, Map<String, Set<String>> outer, boolean direct) {
    List<From> found = new ArrayList<>();
    if (plan instanceof UnresolvedRelation relation) {
      found.addAll(relation(relation, relation.multipartIdentifier().last(), outer, direct));
    } else if (plan instanceof SubqueryAlias alias
        && alias.child() instanceof UnresolvedRelation relation) {
      found.addAll(relation(relation, alias.alias(), outer, direct));
    } else if (plan instanceof UnresolvedWith with) {
      Map<String, Set<String>> visible = new HashMap<>(outer);
      for (Tuple2<String, SubqueryAlias> query :
          JavaConverters.seqAsJavaList(with.cteRelations())) {
        visible.put(SqlPlan.lower(query._1()), tables(from(query._2(), visible, false)));
      }
      found.addAll(from(with.child(), visible, false));
    } else {
      boolean inside = direct && !(plan instanceof SubqueryAlias);
      for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
        found.addAll(from(child, outer, inside));
      }
    }
    return found;
  }

  private static List<From> relation(
      UnresolvedRelation relation, String alias, Map<String, Set<String>> outer, boolean direct) {
    String table = SqlPlan.lower(relation.multipartIdentifier().last());
    Set<String> behind = outer.get(table);
    return behind == null
        ? List.of(new From(table, direct ? alias : null))
        : behind.stream().map(each -> new From(each, null)).toList();
  }

  private static Set<String> tables(List<From> from) {
    Set<String> tables = new HashSet<>();
    from.forEach(each -> tables.add(each.table()));
    return tables;
  }

  private RuntimeException invalid(UnresolvedFunction call, String why, String remedy) {
    if (model == null) {
      return wrong(metrics.get(name), why, null);
    }
    return SqlPlan.invalid(name, model, SqlPlan.line(call.origin()), why, remedy, null);
  }

  static RuntimeException wrong(Metric metric, String why, Throwable cause) {
    return new io.sluice.error.SluiceException(
        io.sluice.error.Reason.CONFIG_INVALID,
        "The metric %s (%s) is not valid".formatted(metric.name(), metric.declaredAt()),
        why,
        "Correct its sql: an aggregate over the columns of %s.".formatted(metric.over()),
        cause);
  }
}
