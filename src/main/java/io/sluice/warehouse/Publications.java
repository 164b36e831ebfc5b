package io.sluice.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The warehouse's own record of which versions it holds. */
final class Publications {
  /** A published version of a table. */
  record Recorded(String tableId, long version) {}

  private Publications() {}

  /** By table name. */
  static Map<String, Recorded> read(Connection connection, String pipeline) throws SQLException {
    Map<String, Recorded> recorded = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT table_name, table_id, version FROM ops.publications WHERE pipeline = ?")) {
      statement.setString(1, pipeline);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          recorded.put(row.getString(1), new Recorded(row.getString(2), row.getLong(3)));
        }
      }
    }
    return recorded;
  }

  static void write(Connection connection, String pipeline, PublishSource source, String runId)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO ops.publications (pipeline, table_name, table_id, version, run_id, published_at)
            VALUES (?, ?, ?, ?, ?, now())
            ON CONFLICT (pipeline, table_name) DO UPDATE SET table_id = excluded.table_id,
              version = excluded.version, run_id = excluded.run_id, published_at = excluded.published_at
            """)) {
      statement.setString(1, pipeline);
      statement.setString(2, source.target().name());
      statement.setString(3, source.tableId());
      statement.setLong(4, source.version());
      statement.setString(5, runId);
      statement.executeUpdate();
    }
  }
}
