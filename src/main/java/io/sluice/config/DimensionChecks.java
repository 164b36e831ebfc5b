package io.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the attributes of a dimension are known, once each, and of one type. */
final class DimensionChecks {
  private final Node node;
  private final GoldTable.Dimension dimension;
  private final String table;
  private final Tables tables;

  private DimensionChecks(Node node, GoldTable.Dimension dimension, String table, Tables tables) {
    this.node = node;
    this.dimension = dimension;
    this.table = table;
    this.tables = tables;
  }

  static void check(Node node, GoldTable.Dimension dimension, String table, Tables tables) {
    new DimensionChecks(node, dimension, table, tables).check();
  }

  private void check() {
    Map<String, String> seen = new HashMap<>();
    dimension.key().forEach(column -> seen.put(column, "key"));
    for (Key<List<String>> key : List.of(TableKeys.FIXED, TableKeys.HISTORY, TableKeys.OVERWRITE)) {
      for (String attribute : attributes(key)) {
        String other = seen.putIfAbsent(attribute, key.name());
        if (other != null && !other.equals(key.name())) {
          node.mistake(
              key,
              attribute,
              "%s stands in %s and in %s; it can be one of both"
                  .formatted(attribute, other, key.name()));
        }
        checkKnown(key, attribute);
        checkOneType(key, attribute);
      }
    }
    dimension.key().forEach(column -> checkOneType(TableKeys.DIMENSION_KEY, column));
  }

  private List<String> attributes(Key<List<String>> key) {
    if (key == TableKeys.FIXED) {
      return dimension.fixed();
    }
    return key == TableKeys.HISTORY ? dimension.history() : dimension.overwrite();
  }

  private void checkKnown(Key<?> key, String attribute) {
    if (GoldColumns.added(table).contains(attribute)) {
      node.mistake(
          key,
          attribute,
          attribute + " is a column that every dimension has; rename the attribute");
    }
    Set<String> known = new TreeSet<>();
    for (String from : dimension.from()) {
      Optional<Map<String, Column>> columns = tables.silverColumns(from);
      if (columns.isEmpty()) {
        return;
      }
      known.addAll(columns.get().keySet());
    }
    new References(known, String.join(" or ", dimension.from()))
        .check(node, key, List.of(attribute));
  }

  private void checkOneType(Key<?> key, String column) {
    Set<String> types = new TreeSet<>();
    for (String from : dimension.from()) {
      tables.type(from, column).ifPresent(type -> types.add(type.sql() + " in " + from));
    }
    long different =
        types.stream().map(text -> text.substring(0, text.indexOf(' '))).distinct().count();
    if (different > 1) {
      node.mistake(
          key,
          column,
          "%s names %s, which is %s; it must be of one type"
              .formatted(node.pathOf(key.name()), column, String.join(", ", types)));
    }
  }
}
