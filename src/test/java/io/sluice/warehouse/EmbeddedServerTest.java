package io.sluice.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void declare() throws IOException {
    // Unpacking takes longest; the shared server already did it.
    Files.createSymbolicLink(folder.resolve("server"), ServerForTests.programs());
    warehouse = ServerForTests.at("embedded", folder, "analytics");
  }

  @AfterEach
  void stop() throws IOException {
    EmbeddedServer.stop(warehouse);
    Files.delete(folder.resolve("server"));
  }

  @Test
  void itIsFoundWhileItRunsAndItsDataSurvivesItsEnd() {
    assertThat(EmbeddedServer.running(warehouse)).isEmpty();

    EmbeddedServer.Handle started = EmbeddedServer.ensureStarted(warehouse);
    ServerForTests.execute(warehouse, "CREATE TABLE kept (a int)", "INSERT INTO kept VALUES (1)");
    EmbeddedServer.Handle found = EmbeddedServer.ensureStarted(warehouse);

    assertThat(started.startedHere()).isTrue();
    assertThat(found.startedHere()).isFalse();
    assertThat(found.jdbcUrl()).isEqualTo(started.jdbcUrl());
    found.close();
    assertThat(EmbeddedServer.running(warehouse)).isPresent();
    started.close();
    assertThat(EmbeddedServer.running(warehouse)).isEmpty();
    assertThat(EmbeddedServer.stop(warehouse)).isFalse();

    EmbeddedServer.ensureStarted(warehouse);
    assertThat(ServerForTests.rows(warehouse, "SELECT a FROM kept")).containsExactly("1");
  }

  @Test
  void itKeepsWhatItSaysAndListensToThisMachineOnly() {
    EmbeddedServer.Handle handle = EmbeddedServer.ensureStarted(warehouse);

    for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
      assertThat(ServerForTests.rows(warehouse, "SHOW " + setting)).containsExactly("on");
    }
    assertThat(ServerForTests.rows(warehouse, "SHOW listen_addresses"))
        .containsExactly("127.0.0.1");
    assertThat(ServerForTests.rows(warehouse, "SHOW search_path"))
        .containsExactly("analytics, public");
    assertThat(handle.psql())
        .isEqualTo(
            "psql 'postgresql://postgres@127.0.0.1:"
                + handle.port()
                + "/sluice?options=-csearch_path%3Danalytics'");
  }

  @Test
  void itStartsAgainAfterItWasKilled() throws Exception {
    EmbeddedServer.ensureStarted(warehouse);
    ServerForTests.execute(warehouse, "CREATE TABLE kept (a int)", "INSERT INTO kept VALUES (1)");
    ProcessHandle server = server();
    server.destroyForcibly();
    server.onExit().get();
    assertThat(PostmasterFile.in(folder.resolve("data"))).exists();

    EmbeddedServer.Handle again = EmbeddedServer.ensureStarted(warehouse);

    assertThat(again.startedHere()).isTrue();
    assertThat(ServerForTests.rows(warehouse, "SELECT a FROM kept")).containsExactly("1");
  }

  @Test
  void aProcessNumberThatBelongsToAnotherProgramByNowIsNoServer() throws Exception {
    EmbeddedServer.ensureStarted(warehouse).stop();
    Path file = PostmasterFile.in(folder.resolve("data"));
    Files.write(
        file,
        List.of(
            String.valueOf(ProcessHandle.current().pid()),
            folder.resolve("data").toString(),
            "1",
            "5432"));

    assertThat(EmbeddedServer.running(warehouse)).isEmpty();
    assertThat(EmbeddedServer.ensureStarted(warehouse).startedHere()).isTrue();
  }

  @Test
  void aServerThatSomebodyElseIsConnectedToIsLeftRunning() throws Exception {
    EmbeddedServer.Handle started = EmbeddedServer.ensureStarted(warehouse);
    try (var psql = Connections.to(warehouse, "somebody else").open()) {
      assertThat(psql.isValid(5)).isTrue();

      started.close();

      assertThat(EmbeddedServer.running(warehouse)).isPresent();
    }
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Warehouse taken =
          new Warehouse(
              "embedded",
              "analytics",
              warehouse.user(),
              warehouse.password(),
              folder,
              other.getLocalPort(),
              4);

      SluiceException thrown =
          catchThrowableOfType(SluiceException.class, () -> EmbeddedServer.ensureStarted(taken));

      assertThat(thrown.reason()).isEqualTo(Reason.PORT_IN_USE);
      assertThat(thrown.problem()).endsWith("port " + other.getLocalPort());
      assertThat(thrown.remedy()).contains("warehouse.port");
    }
  }

  private ProcessHandle server() throws Exception {
    long pid = PostmasterFile.read(folder.resolve("data")).orElseThrow().pid();
    return ProcessHandle.of(pid).orElseThrow();
  }
}
