package io.sluice.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Secret;
import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
  private static final String PASSWORD = "hunter2-very-secret";

  @TempDir Path folder;

  @Test
  void aServerThatIsNotThereIsNamedByHostAndPort() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }

    SluiceException thrown = failure("jdbc:postgresql://127.0.0.1:" + free + "/sluice");

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_UNREACHABLE);
    assertThat(thrown.problem())
        .isEqualTo("The warehouse at 127.0.0.1:" + free + " cannot be reached");
    assertThat(thrown.remedy()).contains("warehouse.url");
    assertThat(thrown.getMessage()).doesNotContain(PASSWORD);
  }

  @Test
  void aWrongPasswordIsSaidByItsReferenceAndNeverByItsValue() throws Exception {
    Warehouse server = ServerForTests.warehouse("credentials");
    int port = EmbeddedServer.running(server).orElseThrow().port();
    Path rules = server.dataDirectory().resolve("data/pg_hba.conf");
    String open = Files.readString(rules);
    ServerForTests.execute(server, "CREATE ROLE somebody LOGIN PASSWORD 'right'");
    Files.writeString(rules, "host all somebody 127.0.0.1/32 scram-sha-256\n" + open);
    try {
      ServerForTests.execute(server, "SELECT pg_reload_conf()");
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/sluice";

      SluiceException wrong = failure(url);

      assertThat(wrong.reason()).isEqualTo(Reason.WAREHOUSE_UNREACHABLE);
      assertThat(wrong.problem())
          .isEqualTo("The warehouse at 127.0.0.1:" + port + " does not let us in");
      assertThat(wrong.why())
          .isEqualTo("user %s with password %s was not accepted".formatted(user(), password()));
      assertThat(wrong.getMessage()).doesNotContain(PASSWORD);
      assertThat(wrong.getCause()).isNull();

      Files.writeString(folder.resolve("password"), "right\n");
      try (Connection connection = connections(url).open()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    } finally {
      Files.writeString(rules, open);
      ServerForTests.execute(server, "SELECT pg_reload_conf()");
    }
  }

  @Test
  void aMissingDatabaseIsNamed() throws Exception {
    Warehouse server = ServerForTests.warehouse("no_database");
    int port = EmbeddedServer.running(server).orElseThrow().port();
    Files.writeString(folder.resolve("user"), EmbeddedServer.USER);

    SluiceException thrown =
        failure("jdbc:postgresql://127.0.0.1:" + port + "/nowhere?sslmode=prefer");

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_UNREACHABLE);
    assertThat(thrown.problem())
        .isEqualTo("The warehouse at 127.0.0.1:" + port + " has no database 'nowhere'");
  }

  @Test
  void aConnectionSaysWhoItIsAndDoesNotWaitForever() {
    Warehouse server = ServerForTests.warehouse("settings");

    assertThat(
            ServerForTests.rows(
                server,
                "SELECT current_setting('application_name'), current_setting('lock_timeout'),"
                    + " current_setting('statement_timeout'), current_setting('client_encoding')"))
        .containsExactly("sluice test|1min|1h|UTF8");
  }

  @Test
  void whatTravelsToExecutorsDoesNotHoldThePassword() throws Exception {
    Connections connections = connections("jdbc:postgresql://db:5432/sluice");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(connections);
    }

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .contains("jdbc:postgresql://db:5432/sluice")
        .doesNotContain(PASSWORD);
    assertThat(connections.toString()).doesNotContain(PASSWORD);
  }

  private SluiceException failure(String url) {
    return catchThrowableOfType(SluiceException.class, () -> connections(url).open());
  }

  private Connections connections(String url) throws java.io.IOException {
    if (Files.notExists(folder.resolve("password"))) {
      Files.writeString(folder.resolve("password"), PASSWORD);
    }
    if (Files.notExists(folder.resolve("user"))) {
      Files.writeString(folder.resolve("user"), "somebody");
    }
    return new Connections(url, false, user(), password(), "sluice test");
  }

  private Secret user() {
    return new Secret("file:" + folder.resolve("user"));
  }

  private Secret password() {
    return new Secret("file:" + folder.resolve("password"));
  }
}
