package io.sluice.warehouse;

import java.util.Collection;
import java.util.stream.Collectors;

/** Spelling of names and literals in Postgres. */
final class Sql {
  private Sql() {}

  static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String name(String schema, String table) {
    return name(schema) + '.' + name(table);
  }

  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** Columns of one table under its alias. */
  static String names(String alias, Collection<String> columns) {
    return columns.stream()
        .map(column -> alias + "." + name(column))
        .collect(Collectors.joining(", "));
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
