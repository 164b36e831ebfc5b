package io.sluice.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Postgres's own catalog says about the tables of one schema. */
final class Catalog {
  record Found(String type, boolean required, boolean filledByDefault, String comment) {}

  private final Map<String, Map<String, Found>> columns = new HashMap<>();
  private final Map<String, String> comments = new HashMap<>();
  private final Map<String, List<String>> primaryKeys = new HashMap<>();
  private final Map<String, Set<String>> indexed = new HashMap<>();
  private final Map<String, Set<String>> references = new HashMap<>();

  private Catalog() {}

  static Catalog read(Connection connection, String schema) throws SQLException {
    Catalog catalog = new Catalog();
    catalog.readColumns(connection, schema);
    catalog.readKeys(connection, schema);
    return catalog;
  }

  static boolean schemaExists(Connection connection, String schema) throws SQLException {
    return exists(connection, "SELECT 1 FROM pg_namespace WHERE nspname = ?", schema);
  }

  static boolean tableExists(Connection connection, String schema, String table)
      throws SQLException {
    return exists(
        connection,
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = ? AND c.relname = ?",
        schema,
        table);
  }

  static boolean mayCreateSchema(Connection connection) throws SQLException {
    return exists(
        connection, "SELECT 1 WHERE has_database_privilege(current_database(), 'CREATE')");
  }

  static boolean mayCreateIn(Connection connection, String schema) throws SQLException {
    return exists(connection, "SELECT 1 WHERE has_schema_privilege(?, 'CREATE')", schema);
  }

  boolean empty() {
    return columns.isEmpty();
  }

  Optional<Map<String, Found>> columns(String table) {
    return Optional.ofNullable(columns.get(table));
  }

  String comment(String table) {
    return comments.getOrDefault(table, "");
  }

  List<String> primaryKey(String table) {
    return primaryKeys.getOrDefault(table, List.of());
  }

  /** Whether an index begins with the column. */
  boolean indexed(String table, String column) {
    return indexed.getOrDefault(table, Set.of()).contains(column);
  }

  boolean refers(String table, String column, String to) {
    return references.getOrDefault(table, Set.of()).contains(column + " " + to);
  }

  private void readColumns(Connection connection, String schema) throws SQLException {
    String sql =
        """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               a.atthasdef OR a.attidentity <> '', col_description(c.oid, a.attnum),
               obj_description(c.oid, 'pg_class')
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
        ORDER BY c.relname, a.attnum
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Map<String, Found> table =
              columns.computeIfAbsent(row.getString(1), name -> new LinkedHashMap<>());
          comments.put(row.getString(1), orEmpty(row.getString(7)));
          if (row.getString(2) != null) {
            table.put(
                row.getString(2),
                new Found(
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    orEmpty(row.getString(6))));
          }
        }
      }
    }
  }

  private void readKeys(Connection connection, String schema) throws SQLException {
    String indexes =
        """
        SELECT c.relname, i.indisprimary, k.place, a.attname
        FROM pg_index i
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE n.nspname = ? AND i.indpred IS NULL AND i.indisvalid AND k.place <= i.indnkeyatts
        ORDER BY c.relname, i.indexrelid, k.place
        """;
    try (PreparedStatement statement = connection.prepareStatement(indexes)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean(2)) {
            primaryKeys
                .computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(row.getString(4));
          }
          if (row.getInt(3) == 1) {
            indexed
                .computeIfAbsent(row.getString(1), name -> new HashSet<>())
                .add(row.getString(4));
          }
        }
      }
    }
    String foreign =
        """
        SELECT c.relname, a.attname, t.relname
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_class t ON t.oid = k.confrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
        WHERE n.nspname = ? AND k.contype = 'f' AND cardinality(k.conkey) = 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(foreign)) {
      statement.setString(1, schema);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          references
              .computeIfAbsent(row.getString(1), name -> new HashSet<>())
              .add(row.getString(2) + " " + row.getString(3));
        }
      }
    }
  }

  private static boolean exists(Connection connection, String sql, String... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
