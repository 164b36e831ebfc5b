package io.sluice.gold;

import io.sluice.config.GoldTable;
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
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * What the text of a SELECT says before any table is looked at. The one place that walks Spark's
 * parse trees.
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

  private final String name;
  private final GoldTable.SqlModel model;
  private final LogicalPlan root;
  private final List<Read> reads = new ArrayList<>();
  private final List<WithQuery> withQueries = new ArrayList<>();
  private final List<WindowUse> windows = new ArrayList<>();

  private SqlPlan(String name, GoldTable.SqlModel model, LogicalPlan root) {
    this.name = name;
    this.model = model;
    this.root = root;
  }

  /**
   * Parses the SELECT of a table.
   *
   * @throws SluiceException CONFIG_INVALID if the text is not one SELECT
   */
  static SqlPlan parse(SparkSession spark, String name, GoldTable.SqlModel model) {
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
    SqlPlan plan = new SqlPlan(name, model, root);
    plan.walk(root, Set.of());
    return plan;
  }

  /**
   * The tables read, once for each place, in the order of the text; names of WITH queries are not
   * among them.
   */
  List<Read> reads() {
    return List.copyOf(reads);
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

  /** An error about a line of the model's file. */
  SluiceException invalid(int line, String why, String remedy) {
    return invalid(name, model, line, why, remedy, null);
  }

  private static SluiceException invalid(
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

  private static int line(Origin origin) {
    return line(origin.line());
  }

  /** 0 where it is not known. */
  private static int line(scala.Option<Object> line) {
    return line.isDefined() ? (Integer) line.get() : 0;
  }

  /** Spark's own message without its error class, position and excerpt of the plan. */
  private static String cause(AnalysisException e) {
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
