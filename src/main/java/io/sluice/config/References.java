package io.sluice.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks names of columns.
 *
 * @param known the columns there are; empty if they cannot be known, and then nothing is a mistake
 * @param owner what has them, e.g. "the source holdings"
 */
record References(Collection<String> known, String owner) {

  void check(Node node, Key<?> key, List<String> names) {
    if (known.isEmpty()) {
      return;
    }
    for (String name : names) {
      if (!name.isEmpty() && !known.contains(name)) {
        node.mistake(
            key,
            name,
            "%s names %s, which is not a column of %s%s"
                .formatted(
                    node.pathOf(key.name()),
                    name,
                    owner,
                    Suggestion.orList(name, known, "it has")));
      }
    }
  }

  /** Says so where there is no such silver table. */
  static void checkSilver(Node node, Key<?> key, Tables tables, String table) {
    if (!table.isEmpty() && !tables.silverNames().contains(table)) {
      node.mistake(
          key,
          table,
          "%s names %s, which is not a silver table%s"
              .formatted(
                  node.pathOf(key.name()),
                  table,
                  Suggestion.orList(table, tables.silverNames(), "there are")));
    }
  }

  /** Says so where a silver table has no such columns. */
  static void checkColumns(Node node, Key<?> key, Tables tables, String table, List<String> names) {
    Map<String, Column> known = tables.silverColumns(table).orElse(Map.of());
    new References(known.keySet(), table).check(node, key, names);
  }

  /** Says so where a column of a silver table is there, but not a date. */
  static void checkDate(Node node, Key<?> key, Tables tables, String silver, String column) {
    Optional<ColumnType> type = tables.type(silver, column);
    if (type.isPresent() && type.get().kind() != ColumnType.Kind.DATE) {
      node.mistake(
          key,
          "%s names %s, which must be a date but is %s in %s"
              .formatted(node.pathOf(key.name()), column, type.get().sql(), silver));
    }
  }
}
