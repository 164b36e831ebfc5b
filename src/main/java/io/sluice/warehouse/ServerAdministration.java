package io.sluice.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** What the embedded server is asked and told beside what is published in it. */
final class ServerAdministration {
  private static final String ADMINISTRATION = "postgres";
  private static final int PARTING_SECONDS = 3;

  private ServerAdministration() {}

  /** A recycled process number may lead to somebody else's server: the data directory tells. */
  static boolean serves(int port, Path data) {
    try (Connection connection = administration(port);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      return row.next() && Path.of(row.getString(1)).toRealPath().equals(data.toRealPath());
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  /**
   * Connections that we have just closed still count for a moment, so a busy server is looked at
   * again.
   */
  static boolean othersConnected(int port) {
    long deadline = System.nanoTime() + PARTING_SECONDS * 1_000_000_000L;
    try (Connection connection = administration(port)) {
      while (othersConnected(connection)) {
        if (System.nanoTime() > deadline) {
          return true;
        }
        EmbeddedServer.pause();
      }
    } catch (SQLException e) {
      // Most likely it has no connection left for us: then it is in use.
      return true;
    }
    return false;
  }

  private static boolean othersConnected(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
      row.next();
      return row.getInt(1) > 0;
    }
  }

  /** Creates our database where it is missing; names in it are then found without a schema. */
  static void createDatabase(int port, String schema) throws SQLException {
    try (Connection connection = administration(port);
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(
              "SELECT 1 FROM pg_database WHERE datname = " + Sql.text(EmbeddedServer.DATABASE))) {
        if (row.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + Sql.name(EmbeddedServer.DATABASE));
      statement.execute(
          "ALTER DATABASE %s SET search_path = %s, public"
              .formatted(Sql.name(EmbeddedServer.DATABASE), Sql.name(schema)));
    }
  }

  private static Connection administration(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", EmbeddedServer.USER);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "sluice server");
    return DriverManager.getConnection(EmbeddedServer.url(port, ADMINISTRATION), properties);
  }
}
