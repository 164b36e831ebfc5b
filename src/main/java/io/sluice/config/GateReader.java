package io.sluice.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the gate of a table. */
final class GateReader {
  /** A kind of check, the key that chooses it, and the keys that belong to it. */
  private record Kind(GateRule.Kind kind, Key<?> key, List<Key<?>> arguments) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(GateRule.Kind.COMPLETE, GateKeys.COMPLETE, List.of()),
          new Kind(GateRule.Kind.UNIQUE, GateKeys.UNIQUE, List.of()),
          new Kind(GateRule.Kind.RANGE, GateKeys.RANGE, List.of(GateKeys.MIN, GateKeys.MAX)),
          new Kind(GateRule.Kind.ALLOWED, GateKeys.ALLOWED, List.of(GateKeys.VALUES)),
          new Kind(GateRule.Kind.PATTERN, GateKeys.PATTERN, List.of(GateKeys.MATCHES)),
          new Kind(GateRule.Kind.ROW, GateKeys.ROW, List.of()),
          new Kind(GateRule.Kind.ROW_COUNT, GateKeys.ROW_COUNT, List.of()));

  private final Node node;
  private final Map<String, Optional<ColumnType>> columns;

  private GateReader(Node node, Map<String, Optional<ColumnType>> columns) {
    this.node = node;
    this.columns = columns;
  }

  /**
   * @param columns the table's columns, with their types where they are known; empty if the columns
   *     are not known
   */
  static List<GateRule> read(Node table, Map<String, Optional<ColumnType>> columns) {
    List<GateRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node item : table.items(GateKeys.GATE)) {
      Optional<GateRule> rule = new GateReader(item, columns).read();
      if (rule.isPresent() && !names.add(rule.get().name())) {
        item.mistake(
            "there are two checks called "
                + rule.get().name()
                + " in the gate of "
                + table.name()
                + "; give one of them a name of its own");
      }
      rule.ifPresent(rules::add);
    }
    return rules;
  }

  private Optional<GateRule> read() {
    List<Kind> kinds = KINDS.stream().filter(kind -> node.declares(kind.key())).toList();
    if (kinds.size() != 1) {
      List<String> names = KINDS.stream().map(kind -> kind.key().name()).toList();
      node.mistake(
          "a check has exactly one kind ("
              + String.join(", ", names)
              + "), but this one has "
              + (kinds.isEmpty()
                  ? "none"
                  : String.join(" and ", kinds.stream().map(kind -> kind.key().name()).toList())));
      return Optional.empty();
    }
    Kind kind = kinds.get(0);
    KINDS.stream()
        .filter(other -> other != kind)
        .flatMap(other -> other.arguments().stream())
        .filter(node::declares)
        .forEach(
            key ->
                node.mistake(
                    key, key.name() + " has no meaning for a " + kind.key().name() + " check"));
    if (node.declares(GateKeys.MIN_SHARE)
        && (kind.kind() == GateRule.Kind.UNIQUE || kind.kind() == GateRule.Kind.ROW_COUNT)) {
      node.mistake(
          GateKeys.MIN_SHARE,
          "min-share has no meaning for a "
              + kind.key().name()
              + " check, which is about all rows");
    }
    return Optional.of(rule(kind));
  }

  private GateRule rule(Kind kind) {
    List<String> about = List.of();
    Optional<BigDecimal> min = node.optional(GateKeys.MIN);
    Optional<BigDecimal> max = node.optional(GateKeys.MAX);
    List<String> values = List.of();
    String expression = "";
    switch (kind.kind()) {
      case COMPLETE -> about = several(GateKeys.COMPLETE);
      case UNIQUE -> about = several(GateKeys.UNIQUE);
      case RANGE -> about = numeric(min, max);
      case ALLOWED -> {
        about = one(GateKeys.ALLOWED);
        values = node.optional(GateKeys.VALUES).orElse(List.of());
        if (values.isEmpty() && !node.wrong(GateKeys.VALUES)) {
          node.mistake("an allowed check needs values = [ … ]");
        }
      }
      case PATTERN -> {
        about = one(GateKeys.PATTERN);
        expression = node.optional(GateKeys.MATCHES).orElse("");
        if (expression.isEmpty() && !node.wrong(GateKeys.MATCHES)) {
          node.mistake("a pattern check needs matches = \"regular expression\"");
        }
      }
      case ROW -> {
        expression = node.value(GateKeys.ROW);
        if (expression.isBlank() && !node.wrong(GateKeys.ROW)) {
          node.mistake(GateKeys.ROW, node.pathOf("row") + " must not be empty");
        }
      }
      case ROW_COUNT -> {
        DomainTypes.Bounds bounds = node.value(GateKeys.ROW_COUNT);
        min = bounds.min();
        max = bounds.max();
        checkLimits("row-count", min, max);
      }
    }
    return new GateRule(
        name(kind, about),
        kind.kind(),
        about,
        min,
        max,
        values,
        expression,
        node.value(GateKeys.MIN_SHARE),
        node.value(GateKeys.SEVERITY),
        node.value(PlaceKeys.DESCRIPTION));
  }

  private String name(Kind kind, List<String> about) {
    String derived =
        about.isEmpty() ? kind.key().name() : kind.key().name() + "-" + String.join("-", about);
    return node.optional(GateKeys.NAME).filter(name -> !name.isBlank()).orElse(derived);
  }

  private List<String> numeric(Optional<BigDecimal> min, Optional<BigDecimal> max) {
    List<String> column = one(GateKeys.RANGE);
    checkLimits("range", min, max);
    column.stream()
        .flatMap(name -> columns.getOrDefault(name, Optional.empty()).stream())
        .filter(type -> !numeric(type))
        .forEach(
            type ->
                node.mistake(
                    GateKeys.RANGE,
                    "%s must name a numeric column, but %s is %s"
                        .formatted(node.pathOf("range"), column.get(0), type.sql())));
    return column;
  }

  static boolean numeric(ColumnType type) {
    return switch (type.kind()) {
      case INTEGER, LONG, DECIMAL -> true;
      case STRING, DATE, TIMESTAMP, BOOLEAN -> false;
    };
  }

  private void checkLimits(String kind, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    boolean known =
        !node.wrong(GateKeys.MIN) && !node.wrong(GateKeys.MAX) && !node.wrong(GateKeys.ROW_COUNT);
    if (known && min.isEmpty() && max.isEmpty()) {
      node.mistake("a " + kind + " check needs min, max or both");
    }
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      node.mistake("min, %s, is greater than max, %s".formatted(min.get(), max.get()));
    }
  }

  private List<String> several(Key<List<String>> key) {
    List<String> names = node.value(key);
    if (names.isEmpty() && !node.wrong(key)) {
      node.mistake(key, node.pathOf(key.name()) + " must name at least one column");
    }
    new References(columns.keySet(), "the table").check(node, key, names);
    return names;
  }

  private List<String> one(Key<String> key) {
    String name = node.value(key);
    new References(columns.keySet(), "the table").check(node, key, List.of(name));
    return name.isEmpty() ? List.of() : List.of(name);
  }
}
