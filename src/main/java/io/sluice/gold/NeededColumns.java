package io.sluice.gold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Which columns of its inputs the result of a resolved SELECT depends on; one that is selected on
 * the way and dropped is none of them.
 */
final class NeededColumns {
  private static final String COMPARED = "valid_to";

  private final Set<String> inputs;
  private final Map<Long, Set<Long>> ofQueries = new HashMap<>();
  private final Map<String, Set<String>> found = new HashMap<>();

  private NeededColumns(Set<String> inputs) {
    this.inputs = inputs;
  }

  /**
   * The end of a version's validity is left out where it is only compared, as in a join on the date
   * of a row.
   *
   * @param plan resolved, with the inputs as its outermost WITH queries
   * @return column names by input
   */
  static Map<String, Set<String>> of(LogicalPlan plan, Set<String> inputs) {
    NeededColumns needed = new NeededColumns(inputs);
    needed.walk(plan, ids(plan.output()));
    return needed.found;
  }

  private void walk(LogicalPlan plan, Set<Long> wanted) {
    if (plan instanceof WithCTE with) {
      walk(with.plan(), wanted);
      List<CTERelationDef> queries = new ArrayList<>(list(with.cteDefs()));
      // A query is read only by those after it, and by the SELECT itself.
      for (int i = queries.size() - 1; i >= 0; i--) {
        query(queries.get(i));
      }
    } else if (plan instanceof CTERelationRef reference) {
      List<Attribute> here = list(reference.output());
      Set<Long> positions = ofQueries.computeIfAbsent(reference.cteId(), any -> new HashSet<>());
      for (int i = 0; i < here.size(); i++) {
        if (wanted.contains(here.get(i).exprId().id())) {
          positions.add((long) i);
        }
      }
    } else if (plan instanceof Project project) {
      walk(project.child(), columns(list(project.projectList()), wanted));
    } else if (plan instanceof Aggregate aggregate) {
      Set<Long> below = columns(list(aggregate.aggregateExpressions()), wanted);
      list(aggregate.groupingExpressions()).forEach(each -> references(each, below));
      walk(aggregate.child(), below);
    } else if (plan instanceof Union union) {
      union(union, wanted);
    } else {
      Set<Long> below = new HashSet<>(wanted);
      list(plan.expressions()).forEach(each -> references(each, below));
      for (LogicalPlan child : list(plan.children())) {
        walk(child, needsAll(plan) ? and(below, ids(child.output())) : below);
      }
    }
  }

  private void query(CTERelationDef query) {
    Set<Long> positions = ofQueries.getOrDefault(query.id(), Set.of());
    List<Attribute> output = list(query.output());
    Set<Long> wanted = new HashSet<>();
    positions.forEach(position -> wanted.add(output.get(position.intValue()).exprId().id()));
    String name = SqlPlan.inputOf(query);
    if (!inputs.contains(name)) {
      walk(query.child(), wanted);
      return;
    }
    for (Attribute column : output) {
      if (wanted.contains(column.exprId().id())) {
        found.computeIfAbsent(name, any -> new HashSet<>()).add(SqlPlan.lower(column.name()));
      }
    }
  }

  private void union(Union union, Set<Long> wanted) {
    List<Attribute> output = list(union.output());
    for (LogicalPlan child : list(union.children())) {
      List<Attribute> columns = list(child.output());
      Set<Long> below = new HashSet<>();
      for (int i = 0; i < output.size(); i++) {
        if (wanted.contains(output.get(i).exprId().id())) {
          below.add(columns.get(i).exprId().id());
        }
      }
      walk(child, below);
    }
  }

  private Set<Long> columns(List<? extends NamedExpression> columns, Set<Long> wanted) {
    Set<Long> below = new HashSet<>();
    for (NamedExpression column : columns) {
      if (wanted.contains(column.exprId().id())) {
        references((Expression) column, below);
      }
    }
    return below;
  }

  private void references(Expression expression, Set<Long> into) {
    if (expression instanceof Attribute column) {
      into.add(column.exprId().id());
    } else if (expression instanceof OuterReference outer) {
      into.add(outer.exprId().id());
    }
    if (expression instanceof SubqueryExpression subquery) {
      walk(subquery.plan(), ids(subquery.plan().output()));
    }
    for (Expression child : list(expression.children())) {
      boolean onlyCompared =
          expression instanceof BinaryComparison
              && child instanceof Attribute column
              && column.name().equalsIgnoreCase(COMPARED);
      if (!onlyCompared) {
        references(child, into);
      }
    }
  }

  /** Whether rows are told apart by all of their columns. */
  private static boolean needsAll(LogicalPlan plan) {
    return plan instanceof Distinct || plan instanceof Deduplicate || plan instanceof SetOperation;
  }

  private static Set<Long> and(Set<Long> one, Set<Long> other) {
    Set<Long> both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  private static Set<Long> ids(Seq<Attribute> columns) {
    Set<Long> ids = new HashSet<>();
    list(columns).forEach(column -> ids.add(column.exprId().id()));
    return ids;
  }

  private static <T> List<T> list(Seq<T> sequence) {
    return JavaConverters.seqAsJavaList(sequence);
  }
}
