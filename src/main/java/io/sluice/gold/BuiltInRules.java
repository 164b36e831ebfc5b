package io.sluice.gold;

import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Pipeline;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks that every gold table gets from its shape, beside the declared ones. */
public final class BuiltInRules {
  /** The rule that a fact table has one row for each of its grain. */
  static final String GRAIN = "built-in-unique-grain";

  private BuiltInRules() {}

  /** Rules named {@code built-in-…}, all of severity ERROR. */
  public static List<GateRule> forTable(GoldTable table, Pipeline pipeline) {
    GoldTable.Shape shape = table.shape();
    if (shape instanceof GoldTable.Calendar) {
      return List.of(unique("date-key", List.of("date_key"), "every day stands there once"));
    }
    if (shape instanceof GoldTable.Dimension) {
      return dimension(table.name());
    }
    if (shape instanceof GoldTable.Fact fact) {
      return fact(fact, pipeline);
    }
    return shape instanceof GoldTable.SqlModel model
        ? model.date().map(date -> complete(date, "every row has its business date")).stream()
            .toList()
        : List.of();
  }

  private static List<GateRule> dimension(String name) {
    String surrogate = Keys.surrogateName(name);
    String durable = Keys.durableName(name);
    return List.of(
        complete(surrogate, "every row has a surrogate key"),
        unique("surrogate-key", List.of(surrogate), "no two rows share a surrogate key"),
        complete(durable, "every row has a durable key"),
        unique(
            "valid-from",
            List.of(durable, "valid_from"),
            "no two versions of a member start together"),
        unique(
            "valid-to", List.of(durable, "valid_to"), "no two versions of a member end together"),
        row("validity", "valid_from < valid_to", "every version lasts at least a day"),
        row(
            "current",
            "is_current = (valid_to = DATE'%s')".formatted(Keys.OPEN_END),
            "the current version of a member is the one without an end"));
  }

  private static List<GateRule> fact(GoldTable.Fact fact, Pipeline pipeline) {
    List<GateRule> rules = new ArrayList<>();
    rules.add(complete("date_key", "every fact has a date"));
    for (Lookup lookup : fact.lookups()) {
      rules.add(
          complete(
              lookup.keyName(),
              "every fact finds its row in %s, many to one".formatted(lookup.title())));
      if (lookup.cardinality() == Lookup.Cardinality.ONE_TO_ONE) {
        rules.add(
            unique(
                lookup.keyName(),
                List.of("date_key", lookup.keyName()),
                "on a date no two facts refer to one row of " + lookup.title()));
      }
    }
    rules.add(
        rule(
            GRAIN,
            GateRule.Kind.UNIQUE,
            grain(fact, pipeline),
            "",
            "one row for each " + String.join(", ", fact.grain())));
    for (GoldTable other : pipeline.gold().values()) {
      if (other.shape() instanceof GoldTable.Calendar calendar) {
        rules.add(within(other.name(), "date_key", calendar, other.name()));
        for (String date : fact.dates()) {
          String key = GoldTable.Fact.dateKey(date);
          rules.add(within(other.name() + "-" + key, key, calendar, other.name()));
        }
      }
    }
    return List.copyOf(rules);
  }

  private static GateRule within(
      String name, String key, GoldTable.Calendar calendar, String table) {
    return row(
        name,
        "%s BETWEEN %tY%<tm%<td AND %tY%<tm%<td".formatted(key, calendar.from(), calendar.to()),
        key.equals("date_key")
            ? "every fact's date stands in " + table
            : "%s stands in %s, or is none".formatted(key, table));
  }

  /** The columns of the fact table that stand for the columns of the declared grain. */
  private static List<String> grain(GoldTable.Fact fact, Pipeline pipeline) {
    List<String> columns = new ArrayList<>();
    if (fact.grain().contains(fact.date())) {
      columns.add("date_key");
    }
    fact.dates().stream()
        .filter(fact.grain()::contains)
        .forEach(date -> columns.add(GoldTable.Fact.dateKey(date)));
    for (Lookup lookup : fact.lookups()) {
      if (fact.grain().containsAll(lookup.columns(businessKey(pipeline, lookup.dimension())))) {
        columns.add(lookup.keyName());
      }
    }
    fact.carried(name -> businessKey(pipeline, name)).stream()
        .filter(fact.grain()::contains)
        .filter(column -> !columns.contains(column))
        .forEach(columns::add);
    fact.grain().stream().filter(fact.measureColumns()::contains).forEach(columns::add);
    return List.copyOf(columns);
  }

  private static List<String> businessKey(Pipeline pipeline, String dimension) {
    return pipeline.gold().get(dimension).shape() instanceof GoldTable.Dimension found
        ? found.key()
        : List.of();
  }

  private static GateRule complete(String column, String description) {
    return rule(
        "built-in-complete-" + column, GateRule.Kind.COMPLETE, List.of(column), "", description);
  }

  private static GateRule unique(String name, List<String> columns, String description) {
    return rule("built-in-unique-" + name, GateRule.Kind.UNIQUE, columns, "", description);
  }

  private static GateRule row(String name, String expression, String description) {
    return rule("built-in-" + name, GateRule.Kind.ROW, List.of(), expression, description);
  }

  private static GateRule rule(
      String name,
      GateRule.Kind kind,
      List<String> columns,
      String expression,
      String description) {
    return new GateRule(
        name,
        kind,
        columns,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        expression,
        BigDecimal.ONE,
        GateRule.Severity.ERROR,
        description);
  }
}
