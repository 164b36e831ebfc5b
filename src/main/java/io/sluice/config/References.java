package io.sluice.config;

import java.util.Collection;
import java.util.List;
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
