package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Metric;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.aggregate.AnyValue;
import org.apache.spark.sql.catalyst.expressions.aggregate.Collect;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * What the text of a SELECT says before any table is looked at. Spark's parse trees are walked here
 * and, for metrics, in {@link SqlMetrics}.
 */
final class SqlPlan {
  /** A table that the SELECT names, in lower case, and the line where it does. */
  record Read(String table, int line) {}

  /** A query of a WITH clause, in lower case, and the line where it begins. */
  record WithQuery(String name, int line) {}

  /**
   * A window, the columns that its rows are partitioned by, in lower case, and the line where it
   * stands.
   */
  record WindowUse(Set<String> partitionedBy, int line) {}

  /** What the parser takes for a column where it is written without parentheses. */
  private static final Set<String> CLOCK =
      Set.of("current_date", "current_timestamp", "localtimestamp");

  private static final Set<String> UNREPEATABLE =
      Set.of(
          "curdate",
          "now",
          "rand",
          "random",
          "randn",
          "uuid",
          "shuffle",
          "monotonically_increasing_id");

  /** Spark's expressions that read a clock, or who asks, and still call themselves repeatable. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "CurrentDate",
          "CurrentTimestamp",
          "CurrentTimeZone",
          "Now",
          "LocalTimestamp",
          "CurrentUser",
          "CurrentDatabase",
          "CurrentCatalog",
          "SparkVersion",
          "InputFileName");

  private final String name;
  private final GoldTable.SqlModel model;
  private final LogicalPlan root;
  private final List<Metric> metrics;
  private final List<Read> reads = new ArrayList<>();
  private final List<WithQuery> withQueries = new ArrayList<>();
  private final List<WindowUse> windows = new ArrayList<>();

  private SqlPlan(String name, GoldTable.SqlModel model, LogicalPlan root, List<Metric> metrics) {
    this.name = name;
    this.model = model;
    this.root = root;
    this.metrics = metrics;
  }

  /**
   * Parses the SELECT of a table.
   *
   * @param metrics those that it may use, by name
   * @throws SluiceException CONFIG_INVALID if the text is not one SELECT
   */
  static SqlPlan parse(
      SparkSession spark, String name, GoldTable.SqlModel model, Map<String, Metric> metrics) {
    LogicalPlan root;
    try {
      root = spark.sessionState().sqlParser().parsePlan(model.sql());
    } catch (ParseException e) {
      throw invalid(
          name,
          model,
          line(e.line()),
          cause(e),
          "Correct the SQL: the file holds one SELECT in Spark SQL.",
          e);
    }
    SqlMetrics measured = new SqlMetrics(spark, name, model, metrics);
    LogicalPlan expanded = measured.expanded(root);
    SqlPlan plan = new SqlPlan(name, model, expanded, measured.used());
    plan.walk(expanded, Set.of());
    return plan;
  }

  /**
   * The tables read, once for each place, in the order of the text; names of WITH queries are not
   * among them.
   */
  List<Read> reads() {
    return List.copyOf(reads);
  }

  /** The metrics that it uses, and those that they are made of. */
  List<Metric> metrics() {
    return metrics;
  }

  List<WithQuery> withQueries() {
    return List.copyOf(withQueries);
  }

  List<WindowUse> windows() {
    return List.copyOf(windows);
  }

  /**
   * The result of the SELECT over the given inputs. They become WITH queries before it: no view is
   * registered anywhere, so that models that run side by side cannot see each other's inputs.
   *
   * @throws SluiceException CONFIG_INVALID if the SELECT does not fit the inputs
   */
  Dataset<Row> over(SparkSession spark, Map<String, Dataset<Row>> inputs) {
    List<Tuple2<String, SubqueryAlias>> with = new ArrayList<>();
    inputs.forEach(
        (input, rows) ->
            with.add(
                new Tuple2<>(
                    input,
                    new SubqueryAlias(
                        AliasIdentifier.apply(input), rows.queryExecution().analyzed()))));
    try {
      return Dataset.ofRows(
          spark, new UnresolvedWith(root, JavaConverters.asScalaBuffer(with).toSeq()));
    } catch (Exception e) {
      // Scala does not declare the checked exception that it throws here.
      if (e instanceof AnalysisException analysis) {
        throw invalid(
            name,
            model,
            line(analysis.line()),
            cause(analysis),
            "Correct the SQL, or the tables that it reads.",
            e);
      }
      throw e;
    }
  }

  /** The name of the table that an outermost WITH query stands for. */
  static String inputOf(CTERelationDef query) {
    return query.child() instanceof SubqueryAlias alias ? alias.alias() : "";
  }

  /** The first line that names one of the columns; 0 where none does, as behind a *. */
  int lineOf(Set<String> columns) {
    int[] first = {0};
    lineOf(root, columns, first);
    return first[0];
  }

  private static void lineOf(LogicalPlan plan, Set<String> columns, int[] first) {
    for (Expression each : JavaConverters.seqAsJavaList(plan.expressions())) {
      each.foreach(
          part -> {
            if (part instanceof UnresolvedAttribute column
                && columns.contains(lower(column.nameParts().last()))
                && first[0] == 0) {
              first[0] = line(column.origin());
            }
            return null;
          });
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> lineOf(child, columns, first));
  }

  /**
   * @throws SluiceException CONFIG_INVALID where the same rows may give another result when they
   *     are asked again
   */
  void requireRepeatable(LogicalPlan resolved) {
    repeatable(resolved);
  }

  private void repeatable(LogicalPlan plan) {
    if (plan instanceof CTERelationDef query
        && !inputOf(query).isEmpty()
        && withQueries.stream().noneMatch(with -> with.name().equals(lower(inputOf(query))))) {
      return;
    }
    if (plan instanceof Sample) {
      throw unrepeatable(plan.origin(), "TABLESAMPLE");
    }
    if (plan instanceof GlobalLimit limit && !isSorted(limit.child())) {
      throw unrepeatable(plan.origin(), "LIMIT without ORDER BY");
    }
    for (Expression each : JavaConverters.seqAsJavaList(plan.expressions())) {
      repeatable(each, false);
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(this::repeatable);
  }

  private static boolean isSorted(LogicalPlan plan) {
    return plan instanceof Sort
        || plan instanceof LocalLimit limit && isSorted(limit.child())
        || plan instanceof Project project && isSorted(project.child());
  }

  /**
   * @param orderFree whether what is around it makes the order of rows matter no more
   */
  private void repeatable(Expression expression, boolean orderFree) {
    boolean free = orderFree || expression instanceof SortArray;
    if (expression instanceof WindowExpression over && !over.windowSpec().orderSpec().isEmpty()) {
      free = true;
    }
    boolean byOrder =
        expression instanceof First
            || expression instanceof Last
            || expression instanceof AnyValue
            || expression instanceof Collect<?>;
    if (OF_THE_RUN.contains(expression.getClass().getSimpleName())
        || byOrder && !free
        || expression instanceof Nondeterministic) {
      throw unrepeatable(expression.origin(), lower(expression.prettyName()));
    }
    if (expression instanceof SubqueryExpression subquery) {
      repeatable(subquery.plan());
    }
    for (Expression child : JavaConverters.seqAsJavaList(expression.children())) {
      repeatable(child, free);
    }
  }

  private SluiceException unrepeatable(Origin origin, String what) {
    return invalid(
        line(origin),
        "it uses " + what + ", so that a rebuild could give other rows than the first run",
        "Say which: min, max, min_by and max_by choose one value, sort_array(collect_list(…)) and"
            + " ORDER BY fix an order, and dates come from the tables that it reads.");
  }

  /** An error about a line of the model's file. */
  SluiceException invalid(int line, String why, String remedy) {
    return invalid(name, model, line, why, remedy, null);
  }

  static SluiceException invalid(
      String name, GoldTable.SqlModel model, int line, String why, String remedy, Throwable cause) {
    String place = line > 0 ? model.file() + ":" + line : model.file().toString();
    return new SluiceException(
        Reason.CONFIG_INVALID,
        "The SQL of " + name + " (" + place + ") is not valid",
        why,
        remedy,
        cause);
  }

  private void walk(LogicalPlan plan, Set<String> outer) {
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      throw invalid(
          line(plan.origin()),
          "it is not a SELECT",
          "Let the file hold one SELECT; Sluice itself writes the result to the table.");
    }
    Set<String> visible = new HashSet<>(outer);
    if (plan instanceof UnresolvedWith with) {
      for (Tuple2<String, SubqueryAlias> query :
          JavaConverters.seqAsJavaList(with.cteRelations())) {
        walk(query._2(), visible);
        visible.add(lower(query._1()));
        withQueries.add(new WithQuery(lower(query._1()), line(query._2().origin())));
      }
    }
    if (plan instanceof WithWindowDefinition named) {
      JavaConverters.mapAsJavaMap(named.windowDefinitions()).values().forEach(this::window);
    }
    if (plan instanceof UnresolvedRelation relation) {
      read(relation, visible);
    }
    for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
      walk(expression, visible);
    }
    for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
      walk(child, visible);
    }
  }

  private void walk(Expression expression, Set<String> outer) {
    if (expression instanceof SubqueryExpression subquery) {
      walk(subquery.plan(), outer);
    }
    if (expression instanceof WindowSpecDefinition window) {
      window(window);
    }
    String function = lower(expression.prettyName());
    if (expression instanceof UnresolvedAttribute column && CLOCK.contains(lower(column.name()))) {
      function = lower(column.name());
    }
    if (CLOCK.contains(function) || UNREPEATABLE.contains(function)) {
      throw invalid(
          line(expression.origin()),
          "it uses " + function + ", so that a rebuild would give other rows than the first run",
          "Take dates from the tables that it reads.");
    }
    for (Expression child : JavaConverters.seqAsJavaList(expression.children())) {
      walk(child, outer);
    }
  }

  private void read(UnresolvedRelation relation, Set<String> outer) {
    List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
    int line = line(relation.origin());
    if (parts.size() > 1) {
      throw invalid(
          line,
          "it reads " + String.join(".", parts) + ", and tables are named without a schema",
          "Name a silver or gold table of this pipeline, as " + parts.get(parts.size() - 1) + ".");
    }
    if (!outer.contains(lower(parts.get(0)))) {
      reads.add(new Read(lower(parts.get(0)), line));
    }
  }

  private void window(WindowSpecDefinition window) {
    Set<String> columns = new HashSet<>();
    JavaConverters.seqAsJavaList(window.partitionSpec()).forEach(each -> columns(each, columns));
    windows.add(new WindowUse(columns, line(window.origin())));
  }

  private static void columns(Expression expression, Set<String> columns) {
    if (expression instanceof UnresolvedAttribute attribute) {
      columns.add(lower(attribute.nameParts().last()));
    }
    JavaConverters.seqAsJavaList(expression.children()).forEach(each -> columns(each, columns));
  }

  static int line(Origin origin) {
    return line(origin.line());
  }

  /** 0 where it is not known. */
  private static int line(scala.Option<Object> line) {
    return line.isDefined() ? (Integer) line.get() : 0;
  }

  /** Spark's own message without its error class, position and excerpt of the plan. */
  static String cause(AnalysisException e) {
    String text = e.getSimpleMessage();
    String first = text.strip().lines().findFirst().orElse("").strip();
    return first
        .replaceFirst("^\\[[A-Z0-9_.]+\\] ?", "")
        .replaceFirst("\\.?(; line \\d+ pos \\d+)?\\.?$", "");
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
