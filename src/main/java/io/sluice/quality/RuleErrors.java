package io.sluice.quality;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.NumericType;

/**
 * Tells a rule that cannot be evaluated from data that cannot be read. Rules are tried against the
 * schema one by one before anything runs, because in the shared pass the error of one rule is the
 * error of all.
 */
final class RuleErrors {
  private final String table;
  private final Dataset<Row> candidate;

  RuleErrors(String table, Dataset<Row> candidate) {
    this.table = table;
    this.candidate = candidate;
  }

  void refuseMissingSlices(List<String> slices) {
    List<String> known = List.of(candidate.columns());
    for (String column : slices) {
      if (!known.contains(column)) {
        throw new SluiceException(
            Reason.CONFIG_INVALID,
            "The slices of table " + table + " cannot be told apart",
            "it has no column " + column + ", only " + String.join(", ", known),
            "Name columns of the table as the slice of its source.");
      }
    }
  }

  void refuseInvalid(GateRule rule) {
    List<String> known = List.of(candidate.columns());
    for (String column : rule.columns()) {
      if (!known.contains(column)) {
        throw invalid(
            rule, "there is no column " + column + ", only " + String.join(", ", known), null);
      }
      if (rule.kind() == Kind.RANGE
          && !(candidate.schema().apply(column).dataType() instanceof NumericType)) {
        throw invalid(rule, column + " is not a number", null);
      }
    }
    if (rule.kind() == Kind.PATTERN) {
      refuseBrokenPattern(rule);
    }
    try {
      if (rule.kind() == Kind.ROW) {
        // By itself first: "a) or (b" is no expression, though it would be one in parentheses.
        candidate.filter(functions.expr(rule.expression()));
      }
      for (String condition : Conditions.ofRow(rule, candidate.schema())) {
        candidate.filter(functions.expr(condition));
      }
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw invalid(rule, firstLine(e), e);
      }
      throw e;
    }
  }

  /**
   * What to throw for an error that the evaluation of all rules ended with. Rules are evaluated one
   * by one to find the one that it comes from.
   */
  SluiceException explain(Throwable error, List<GateRule> rules) {
    if (comesFromRule(error)) {
      for (GateRule rule : rules) {
        var alone = Deequ.verify(candidate, List.of(rule)).verdicts().get(0).error();
        if (alone.isPresent()) {
          return invalid(rule, firstLine(root(alone.get())), alone.get());
        }
      }
    }
    return new SluiceException(
        Reason.LAKE_UNREADABLE,
        "The gate of table " + table + " could not be evaluated",
        firstLine(root(error)),
        "Run again; if it stays, look at the cause with --verbose.",
        error);
  }

  /** For a rule whose second evaluation contradicts its first. */
  SluiceException unrepeatable(GateRule rule) {
    return invalid(rule, "it failed, and evaluated once more over the same rows it held", null);
  }

  private void refuseBrokenPattern(GateRule rule) {
    try {
      Pattern.compile(rule.expression());
    } catch (PatternSyntaxException e) {
      throw invalid(rule, "the pattern is broken: " + e.getDescription(), e);
    }
  }

  private SluiceException invalid(GateRule rule, String why, Throwable cause) {
    String expression = rule.expression().isBlank() ? "" : " (" + rule.expression().strip() + ")";
    return new SluiceException(
        Reason.CONFIG_INVALID,
        "Rule " + rule.name() + expression + " of table " + table + " cannot be evaluated",
        why,
        "Mend the rule in the gate of the table.",
        cause);
  }

  // What a filter may say and an aggregate may not is refused here only. SQLSTATE classes: 22 data
  // exception (a division by zero, a cast), 42 a broken expression.
  private static boolean comesFromRule(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof AnalysisException) {
        return true;
      }
      if (e instanceof SparkThrowable spark && spark.getSqlState() != null) {
        return spark.getSqlState().startsWith("22") || spark.getSqlState().startsWith("42");
      }
    }
    return false;
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.strip().lines().findFirst().orElse(error.toString()).replaceAll("\\.$", "");
  }
}
