package io.sluice.quality;

import static java.util.stream.Collectors.joining;

import io.sluice.config.GateRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * A rule as Spark SQL. Deequ's verdict and the search for failing slices both use this text, so
 * they cannot disagree. A NULL complies, as with a CHECK constraint, except where the rule is about
 * NULLs.
 */
final class Conditions {
  private Conditions() {}

  /**
   * What each row must meet: one condition a column, each true or false and never NULL. Empty for
   * UNIQUE and ROW_COUNT, which are not about single rows.
   */
  static List<String> ofRow(GateRule rule, StructType schema) {
    return switch (rule.kind()) {
      case COMPLETE -> eachColumn(rule, column -> quoted(column) + " IS NOT NULL");
      case RANGE -> eachColumn(rule, column -> orNull(column, range(rule, column)));
      case ALLOWED -> eachColumn(rule, column -> orNull(column, allowed(rule, column, schema)));
      case PATTERN -> eachColumn(rule, column -> orNull(column, pattern(rule, column)));
      // On lines of its own: the expression may end in a comment.
      case ROW -> List.of("coalesce((\n" + rule.expression() + "\n), true)");
      case UNIQUE, ROW_COUNT -> List.of();
    };
  }

  /** Whether a row has a key at all; rows without one cannot be duplicates of each other. */
  static String hasKey(GateRule unique) {
    return unique.columns().stream()
        .map(column -> quoted(column) + " IS NOT NULL")
        .collect(joining(" OR ", "(", ")"));
  }

  /** Whether the number of rows, an SQL expression, is outside the limits of a row count. */
  static String outsideLimits(GateRule rowCount, String rows) {
    List<String> outside = new ArrayList<>();
    rowCount.min().ifPresent(min -> outside.add(rows + " < " + literal(min)));
    rowCount.max().ifPresent(max -> outside.add(rows + " > " + literal(max)));
    return outside.isEmpty() ? "false" : "(" + String.join(" OR ", outside) + ")";
  }

  /** A query that shows what breaks the rule. */
  static String query(String table, GateRule rule, StructType schema, List<String> slices) {
    return switch (rule.kind()) {
      case UNIQUE -> {
        String key = rule.columns().stream().map(Conditions::quoted).collect(joining(", "));
        yield "SELECT %s, count(*) AS `rows` FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1"
            .formatted(key, table, hasKey(rule), key);
      }
      case ROW_COUNT -> {
        String outside = outsideLimits(rule, "count(*)");
        if (slices.isEmpty()) {
          yield "SELECT count(*) AS `rows` FROM %s HAVING %s".formatted(table, outside);
        }
        String slice = slices.stream().map(Conditions::quoted).collect(joining(", "));
        yield "SELECT %s, count(*) AS `rows` FROM %s GROUP BY %s HAVING %s"
            .formatted(slice, table, slice, outside);
      }
      case COMPLETE, RANGE, ALLOWED, PATTERN, ROW ->
          "SELECT * FROM %s WHERE NOT (%s)"
              .formatted(table, String.join(" AND ", ofRow(rule, schema)));
    };
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private interface OfColumn {
    String condition(String column);
  }

  private static List<String> eachColumn(GateRule rule, OfColumn condition) {
    return rule.columns().stream().map(condition::condition).toList();
  }

  private static String orNull(String column, String condition) {
    return "(" + quoted(column) + " IS NULL OR " + condition + ")";
  }

  private static String range(GateRule rule, String column) {
    List<String> limits = new ArrayList<>();
    rule.min().ifPresent(min -> limits.add(quoted(column) + " >= " + literal(min)));
    rule.max().ifPresent(max -> limits.add(quoted(column) + " <= " + literal(max)));
    return limits.isEmpty() ? "true" : "(" + String.join(" AND ", limits) + ")";
  }

  // The values are cast to the column's type and not the column to text: 1.50 is the same number as
  // 1.5.
  private static String allowed(GateRule rule, String column, StructType schema) {
    String type = schema.apply(column).dataType().sql();
    return quoted(column)
        + rule.values().stream()
            .map(value -> "CAST(" + literal(value) + " AS " + type + ")")
            .collect(joining(", ", " IN (", ")"));
  }

  private static String pattern(GateRule rule, String column) {
    return quoted(column) + " RLIKE " + literal("\\A(?:" + rule.expression() + ")\\z");
  }

  private static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  // The suffix makes it a decimal: without it a number with an exponent is a double.
  private static String literal(BigDecimal number) {
    return number.toPlainString() + "BD";
  }
}
