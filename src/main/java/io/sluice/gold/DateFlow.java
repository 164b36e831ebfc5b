package io.sluice.gold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.ResolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Follows the business date of rows through a resolved SELECT. A dated model is made of the rows of
 * the changed dates; that is what everything would give only if no row of its result depends on
 * rows of another date: every join of two dated tables is on the date, every aggregate and window
 * is by date, and the date of the result is the date of what it is made of.
 */
final class DateFlow {
  /** What a table means for dates. */
  enum Table {
    /** It has rows of business dates. */
    DATED,
    /** The model always sees all of it. */
    WHOLE
  }

  /**
   * A table that is read.
   *
   * @param dates the columns that hold its date
   */
  record Input(Table kind, Set<String> dates) {}

  /** What depends on other dates, and where. */
  static final class LooksBeyond extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    LooksBeyond(LogicalPlan plan, String what) {
      super(what, null, false, false);
      this.line = SqlPlan.line(plan.origin());
    }

    int line() {
      return line;
    }
  }

  private enum Kind {
    /** The same rows whatever dates are looked at. */
    STATIC,
    /** Rows of dates. */
    DATED,
    /** Only rows of the date of the row outside. */
    PINNED
  }

  /** The columns, by id, that hold the date. */
  private record Flow(Kind kind, Set<Long> dates) {
    static final Flow STATIC = new Flow(Kind.STATIC, Set.of());
    static final Flow PINNED = new Flow(Kind.PINNED, Set.of());
  }

  private record Equal(long left, long right) {}

  private record Query(Flow flow, List<Attribute> output) {}

  private final Map<String, Input> inputs;
  private final Map<Long, Query> queries = new HashMap<>();
  private final List<Set<Long>> eitherSide = new ArrayList<>();
  private final String date;

  private DateFlow(Map<String, Input> inputs, String date) {
    this.inputs = inputs;
    this.date = date;
  }

  /**
   * @param plan resolved, with the inputs as its outermost WITH queries
   * @param inputs by the names of these
   * @param date the column of the result that holds its date
   * @throws LooksBeyond naming the first part that depends on other dates
   */
  static void require(LogicalPlan plan, Map<String, Input> inputs, String date) {
    DateFlow flow = new DateFlow(inputs, date);
    Flow result = flow.of(plan, Set.of(), Set.of());
    for (Attribute column : list(plan.output())) {
      if (column.name().equals(date) && !result.dates().contains(id(column))) {
        throw new LooksBeyond(
            plan, "its " + date + " is computed, and not the date of the rows that it is made of");
      }
    }
  }

  private Flow of(LogicalPlan plan, Set<Long> outer, Set<Equal> equal) {
    if (plan instanceof WithCTE with) {
      for (CTERelationDef query : list(with.cteDefs())) {
        queries.put(query.id(), new Query(input(query, outer), list(query.output())));
      }
      return of(with.plan(), outer, equal);
    }
    if (plan instanceof CTERelationRef query) {
      return referred(query);
    }
    if (plan instanceof SubqueryAlias
        || plan instanceof Sort
        || plan instanceof Distinct
        || plan instanceof Deduplicate
        || plan instanceof ResolvedHint
        || plan instanceof RepartitionOperation
        || plan instanceof Generate) {
      return of(child(plan), outer, equal);
    }
    if (plan instanceof Filter filter) {
      return filter(filter, outer, equal);
    }
    if (plan instanceof Project project) {
      Flow below = of(project.child(), outer, equal);
      subqueries(project, below);
      return new Flow(below.kind(), kept(list(project.projectList()), below));
    }
    if (plan instanceof Aggregate aggregate) {
      return aggregate(aggregate, outer);
    }
    if (plan instanceof Window window) {
      return window(window, outer);
    }
    if (plan instanceof Join join) {
      return join(join, outer, equal);
    }
    if (plan instanceof Union || plan instanceof SetOperation) {
      return side(plan, outer);
    }
    return other(plan, outer);
  }

  private Flow input(CTERelationDef query, Set<Long> outer) {
    if (query.child() instanceof SubqueryAlias alias && inputs.containsKey(alias.alias())) {
      Input input = inputs.get(alias.alias());
      Set<Long> dates = new HashSet<>();
      for (Attribute column : list(query.output())) {
        if (input.dates().contains(SqlPlan.lower(column.name()))) {
          dates.add(id(column));
        }
      }
      return new Flow(input.kind() == Table.DATED ? Kind.DATED : Kind.STATIC, dates);
    }
    return of(query.child(), outer, Set.of());
  }

  private Flow referred(CTERelationRef reference) {
    Query query = queries.get(reference.cteId());
    Set<Long> dates = new HashSet<>();
    List<Attribute> here = list(reference.output());
    for (int i = 0; i < here.size(); i++) {
      if (query.flow().dates().contains(id(query.output().get(i)))) {
        dates.add(id(here.get(i)));
      }
    }
    return new Flow(query.flow().kind(), dates);
  }

  private Flow filter(Filter filter, Set<Long> outer, Set<Equal> equal) {
    List<Expression> parts = conjuncts(filter.condition());
    Set<Equal> known = new HashSet<>(equal);
    parts.forEach(part -> equality(part, known));
    Flow below = of(filter.child(), outer, known);
    subqueries(filter, below);
    boolean pinned = parts.stream().anyMatch(part -> pins(part, below, outer));
    return pinned ? Flow.PINNED : below;
  }

  /** Whether rows are kept only if their date is that of the row outside. */
  private static boolean pins(Expression part, Flow below, Set<Long> outer) {
    if (!(part instanceof EqualTo equals)) {
      return false;
    }
    return pins(equals.left(), equals.right(), below, outer)
        || pins(equals.right(), equals.left(), below, outer);
  }

  private static boolean pins(Expression inner, Expression outside, Flow below, Set<Long> outer) {
    return inner instanceof Attribute column
        && below.dates().contains(id(column))
        && outside instanceof OuterReference reference
        && outer.contains(reference.exprId().id());
  }

  private Flow aggregate(Aggregate aggregate, Set<Long> outer) {
    Flow below = of(aggregate.child(), outer, Set.of());
    subqueries(aggregate, below);
    if (below.kind() == Kind.DATED
        && list(aggregate.groupingExpressions()).stream().noneMatch(each -> holds(each, below))) {
      throw new LooksBeyond(
          aggregate, "has an aggregate over several dates: its GROUP BY is without " + date);
    }
    return new Flow(below.kind(), kept(list(aggregate.aggregateExpressions()), below));
  }

  private Flow window(Window window, Set<Long> outer) {
    Flow below = of(window.child(), outer, Set.of());
    if (below.kind() == Kind.DATED) {
      for (NamedExpression each : list(window.windowExpressions())) {
        requireByDate(window, (Expression) each, below);
      }
    }
    return below;
  }

  private void requireByDate(Window window, Expression expression, Flow below) {
    if (expression instanceof WindowExpression over
        && list(over.windowSpec().partitionSpec()).stream().noneMatch(p -> holds(p, below))) {
      throw new LooksBeyond(window, "has a window that is not partitioned by " + date);
    }
    list(expression.children()).forEach(child -> requireByDate(window, child, below));
  }

  private Flow join(Join join, Set<Long> outer, Set<Equal> equal) {
    String type = join.joinType().sql();
    boolean inner = type.equals("INNER") || type.equals("CROSS");
    Set<Equal> known = new HashSet<>(equal);
    if (join.condition().isDefined()) {
      conjuncts(join.condition().get()).forEach(part -> equality(part, known));
    }
    Flow left = of(join.left(), outer, inner ? known : Set.of());
    Flow right = of(join.right(), outer, inner ? known : Set.of());
    Flow both = new Flow(Kind.DATED, union(left.dates(), right.dates()));
    subqueries(join, both);
    boolean linked = known.stream().anyMatch(each -> links(each, left, right));
    if (left.kind() != Kind.DATED && right.kind() != Kind.DATED) {
      boolean pinned = left.kind() == Kind.PINNED || right.kind() == Kind.PINNED;
      return pinned
          ? Flow.PINNED
          : new Flow(Kind.STATIC, linked || left.dates().isEmpty() ? both.dates() : left.dates());
    }
    boolean oneOnly = left.kind() != right.kind();
    if (!linked && !(oneOnly && keepsOnly(type, left, right))) {
      throw new LooksBeyond(
          join,
          oneOnly
              ? "keeps rows of a table without dates that have no match on the changed dates"
              : "joins rows of different dates: its condition does not say that their dates are"
                  + " equal");
    }
    return switch (type) {
      case "LEFT OUTER" ->
          new Flow(
              Kind.DATED,
              oneOnly && linked && left.kind() == Kind.DATED ? both.dates() : left.dates());
      case "RIGHT OUTER" ->
          new Flow(
              Kind.DATED,
              oneOnly && linked && right.kind() == Kind.DATED ? both.dates() : right.dates());
      case "LEFT SEMI", "LEFT ANTI" -> new Flow(Kind.DATED, left.dates());
      case "FULL OUTER" -> {
        eitherSide.add(Set.copyOf(left.dates()));
        eitherSide.add(Set.copyOf(right.dates()));
        yield new Flow(Kind.DATED, Set.of());
      }
      default ->
          new Flow(
              Kind.DATED,
              linked ? both.dates() : left.kind() == Kind.DATED ? left.dates() : right.dates());
    };
  }

  /** Whether every row of a join of dated with static rows is a row of the dated side. */
  private static boolean keepsOnly(String type, Flow left, Flow right) {
    boolean datedLeft = left.kind() == Kind.DATED && right.kind() == Kind.STATIC;
    boolean datedRight = right.kind() == Kind.DATED && left.kind() == Kind.STATIC;
    return switch (type) {
      case "INNER", "CROSS" -> datedLeft || datedRight;
      case "LEFT OUTER", "LEFT SEMI", "LEFT ANTI" -> datedLeft;
      case "RIGHT OUTER" -> datedRight;
      default -> false;
    };
  }

  private static boolean links(Equal equal, Flow left, Flow right) {
    return left.dates().contains(equal.left()) && right.dates().contains(equal.right())
        || left.dates().contains(equal.right()) && right.dates().contains(equal.left());
  }

  /** A column of the result holds the date where it does so on every side. */
  private Flow side(LogicalPlan plan, Set<Long> outer) {
    List<Attribute> output = list(plan.output());
    Set<Long> dates = new HashSet<>();
    output.forEach(column -> dates.add(id(column)));
    Kind kind = Kind.STATIC;
    for (LogicalPlan child : list(plan.children())) {
      Flow flow = of(child, outer, Set.of());
      List<Attribute> columns = list(child.output());
      if (flow.kind() != Kind.STATIC) {
        kind = flow.kind() == Kind.DATED || kind == Kind.DATED ? Kind.DATED : Kind.PINNED;
        for (int i = 0; i < output.size(); i++) {
          if (!flow.dates().contains(id(columns.get(i)))) {
            dates.remove(id(output.get(i)));
          }
        }
      }
    }
    if (kind == Kind.DATED && dates.isEmpty()) {
      throw new LooksBeyond(plan, "puts tables together without " + date);
    }
    return new Flow(kind, kind == Kind.STATIC ? Set.of() : dates);
  }

  private Flow other(LogicalPlan plan, Set<Long> outer) {
    Kind kind = Kind.STATIC;
    for (LogicalPlan child : list(plan.children())) {
      Flow flow = of(child, outer, Set.of());
      if (flow.kind() == Kind.DATED) {
        throw new LooksBeyond(
            plan,
            plan.nodeName().endsWith("Limit")
                ? "has a LIMIT over the rows of all dates"
                : "has a part over the rows of all dates (" + plan.nodeName() + ")");
      }
      kind = flow.kind() == Kind.PINNED ? Kind.PINNED : kind;
    }
    return kind == Kind.PINNED ? Flow.PINNED : Flow.STATIC;
  }

  private void subqueries(LogicalPlan plan, Flow around) {
    list(plan.expressions()).forEach(each -> subqueries(plan, each, around));
  }

  private void subqueries(LogicalPlan plan, Expression expression, Flow around) {
    if (expression instanceof InSubquery in) {
      Flow list = of(in.query().plan(), around.dates(), Set.of());
      List<Attribute> columns = list(in.query().plan().output());
      List<Expression> values = list(in.values());
      boolean byDate = list.kind() != Kind.DATED;
      for (int i = 0; i < values.size(); i++) {
        byDate |= holds(values.get(i), around) && list.dates().contains(id(columns.get(i)));
      }
      requirePinned(plan, byDate);
      values.forEach(each -> subqueries(plan, each, around));
      return;
    }
    if (expression instanceof SubqueryExpression subquery) {
      requirePinned(plan, of(subquery.plan(), around.dates(), Set.of()).kind() != Kind.DATED);
    }
    list(expression.children()).forEach(child -> subqueries(plan, child, around));
  }

  private void requirePinned(LogicalPlan plan, boolean pinned) {
    if (!pinned) {
      throw new LooksBeyond(
          plan,
          "has a subquery over the rows of all dates: it does not ask for the "
              + date
              + " of the row outside");
    }
  }

  private Set<Long> kept(List<? extends NamedExpression> columns, Flow below) {
    Set<Long> dates = new HashSet<>();
    for (NamedExpression column : columns) {
      if (holds((Expression) column, below)) {
        dates.add(column.exprId().id());
      }
    }
    return dates;
  }

  /** Whether an expression is the date of the row. */
  private boolean holds(Expression expression, Flow below) {
    if (expression instanceof Attribute column) {
      return below.dates().contains(id(column));
    }
    if (expression instanceof Alias alias) {
      return holds(alias.child(), below);
    }
    if (expression instanceof Cast cast) {
      boolean keeps =
          cast.dataType().equals(DataTypes.DateType)
              || cast.dataType().equals(DataTypes.StringType);
      return keeps && holds(cast.child(), below);
    }
    return expression instanceof Coalesce first && coalesced(first);
  }

  /** After a full join the date stands on one of its sides. */
  private boolean coalesced(Coalesce first) {
    Set<Long> ids = new HashSet<>();
    for (Expression child : list(first.children())) {
      if (child instanceof Attribute column) {
        ids.add(id(column));
      }
    }
    for (int i = 0; i + 1 < eitherSide.size(); i += 2) {
      if (meets(ids, eitherSide.get(i)) && meets(ids, eitherSide.get(i + 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean meets(Set<Long> one, Set<Long> other) {
    return one.stream().anyMatch(other::contains);
  }

  private static void equality(Expression part, Set<Equal> known) {
    if (part instanceof EqualTo equals
        && equals.left() instanceof Attribute left
        && equals.right() instanceof Attribute right) {
      known.add(new Equal(id(left), id(right)));
    }
  }

  private static List<Expression> conjuncts(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> parts = new ArrayList<>(conjuncts(and.left()));
      parts.addAll(conjuncts(and.right()));
      return parts;
    }
    return List.of(condition);
  }

  private static Set<Long> union(Set<Long> one, Set<Long> other) {
    Set<Long> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }

  private static LogicalPlan child(LogicalPlan plan) {
    return plan.children().head();
  }

  private static long id(Attribute column) {
    return column.exprId().id();
  }

  private static <T> List<T> list(Seq<T> sequence) {
    return JavaConverters.seqAsJavaList(sequence);
  }
}
