package io.sluice.warehouse;

import io.sluice.config.Secret;
import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How to connect to a warehouse: a value that travels to executors and holds references to
 * credentials, never their values.
 *
 * @param url JDBC URL without credentials; its parameters (sslmode, sslrootcert and so on) are the
 *     driver's
 * @param embedded whether it is the embedded server, which asks for no credentials
 * @param user where the user's name stands; looked at unless embedded
 * @param password where the password stands; looked at unless embedded
 * @param application what the server shows as application_name
 */
public record Connections(
    String url, boolean embedded, Secret user, Secret password, String application)
    implements Serializable {
  private static final Pattern ADDRESS = Pattern.compile("^jdbc:postgresql://([^/?]+)/?([^?]*)");
  private static final String LOCK_TIMEOUT = "60s";
  private static final String STATEMENT_TIMEOUT = "1h";

  /** To the warehouse by its URL; the embedded server must run. */
  public static Connections to(Warehouse warehouse, String runId) {
    String url =
        warehouse.embedded()
            ? EmbeddedServer.running(warehouse).orElseThrow(() -> notRunning(warehouse)).jdbcUrl()
            : warehouse.url();
    return new Connections(
        url, warehouse.embedded(), warehouse.user(), warehouse.password(), "sluice " + runId);
  }

  /**
   * Opens a connection without autocommit, with limits on waiting for locks and on statements.
   *
   * @throws SluiceException WAREHOUSE_UNREACHABLE with host and port, and never the password
   */
  public Connection open() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", "-c DateStyle=ISO -c extra_float_digits=1");
    if (embedded) {
      properties.setProperty("user", EmbeddedServer.USER);
    } else {
      user.resolve().ifPresent(value -> properties.setProperty("user", value));
      password.resolve().ifPresent(value -> properties.setProperty("password", value));
    }
    Connection connection;
    try {
      connection = DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw unreachable(e);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '" + LOCK_TIMEOUT + "'");
      statement.execute("SET statement_timeout = '" + STATEMENT_TIMEOUT + "'");
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection, e);
      throw Failures.translate(e, "The warehouse at " + address() + " does not answer");
    }
  }

  /** Host and port, and nothing that could be a secret. */
  public String address() {
    Matcher matcher = ADDRESS.matcher(url);
    if (!matcher.find()) {
      return "the configured URL";
    }
    String hosts = matcher.group(1).replaceAll("^.*@", "");
    return hosts.contains(":") ? hosts : hosts + ":5432";
  }

  private SluiceException unreachable(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String problem = "The warehouse at " + address() + " cannot be reached";
    return switch (state) {
      case "28P01", "28000" ->
          new SluiceException(
              Reason.WAREHOUSE_UNREACHABLE,
              "The warehouse at " + address() + " does not let us in",
              credentials() + " was not accepted",
              "Check the values behind these references, and the server's pg_hba.conf.");
      case "08004" ->
          new SluiceException(
              Reason.WAREHOUSE_UNREACHABLE,
              "The warehouse at " + address() + " does not let us in",
              "it asks for a user and password, and we had " + credentials(),
              "Set the variables or files that warehouse.user and warehouse.password refer to.");
      case "3D000" ->
          new SluiceException(
              Reason.WAREHOUSE_UNREACHABLE,
              "The warehouse at " + address() + " has no database '" + database() + "'",
              "the server answers, but knows no database of that name",
              "Correct the name in warehouse.url, or let an administrator CREATE DATABASE it.");
      case "53300" ->
          new SluiceException(
              Reason.WAREHOUSE_UNREACHABLE,
              problem,
              "it has no connection left for us",
              "Lower warehouse.max-connections or raise the server's limit, then run it again.");
      default ->
          new SluiceException(
              Reason.WAREHOUSE_UNREACHABLE,
              problem,
              "no connection (" + reason(e) + ")",
              "Check warehouse.url, that the server runs, and that a firewall lets us through; then"
                  + " run it again.");
    };
  }

  private String credentials() {
    return "user %s%s with password %s%s".formatted(user, known(user), password, known(password));
  }

  private static String known(Secret secret) {
    return secret.resolve().isPresent() ? "" : " (not set)";
  }

  /** The cause's own words: the driver's message repeats advice that is ours to give. */
  private static String reason(SQLException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return cause.getClass().getSimpleName() + ": " + message.replaceAll("\\s*\\R\\s*", " ");
  }

  private String database() {
    Matcher matcher = ADDRESS.matcher(url);
    return matcher.find() ? matcher.group(2) : "";
  }

  private static void closeQuietly(Connection connection, SQLException because) {
    try {
      connection.close();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  private static SluiceException notRunning(Warehouse warehouse) {
    return new SluiceException(
        Reason.WAREHOUSE_UNREACHABLE,
        "The embedded PostgreSQL in " + warehouse.dataDirectory() + " does not run",
        "nobody started it, or it was stopped",
        "Start it with ./sluice warehouse start.");
  }
}
