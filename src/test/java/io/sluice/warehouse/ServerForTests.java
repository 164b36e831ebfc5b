package io.sluice.warehouse;

import io.sluice.config.Secret;
import io.sluice.config.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The one PostgreSQL of the whole test run; every test has a schema and a pipeline of its own in
 * it.
 */
public final class ServerForTests {
  private ServerForTests() {}

  /** A warehouse on the shared server, which runs. */
  public static Warehouse warehouse(String schema) {
    return at("embedded", Holder.HANDLE.warehouse().dataDirectory(), schema);
  }

  /** The same server as if it were somebody else's. */
  static Warehouse byUrl(String schema) {
    return at(Holder.HANDLE.jdbcUrl(), Path.of("unused"), schema);
  }

  /** Where the programs of the shared server are unpacked. */
  static Path programs() {
    return Holder.HANDLE.warehouse().dataDirectory().resolve("server");
  }

  static Warehouse at(String url, Path dataDirectory, String schema) {
    return new Warehouse(
        url,
        schema,
        new Secret("env:USER_OF_NOBODY"),
        new Secret("env:PASSWORD_OF_NOBODY"),
        dataDirectory,
        0,
        4);
  }

  public static void execute(Warehouse warehouse, String... statements) {
    try (Connection connection = Connections.to(warehouse, "test").open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rows as text, columns joined by a bar. */
  public static List<String> rows(Warehouse warehouse, String sql) {
    try (Connection connection = Connections.to(warehouse, "test").open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          text.append(i == 1 ? "" : "|").append(row.getString(i));
        }
        rows.add(text.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Holder {
    private static final EmbeddedServer.Handle HANDLE = start();

    private static EmbeddedServer.Handle start() {
      try {
        Path folder = Files.createTempDirectory("sluice-postgres");
        EmbeddedServer.Handle handle =
            EmbeddedServer.ensureStarted(at("embedded", folder, "analytics"));
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      handle.stop();
                      delete(folder);
                    }));
        return handle;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      try {
        ServerBinaries.deleteTree(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
