package io.sluice.warehouse;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The PostgreSQL that comes with Sluice. It belongs to a data directory, not to a process: who
 * needs it uses the one that runs, or starts it; it goes on after the process that started it
 * unless that one stops it. It listens on 127.0.0.1 only and lets everybody on this machine in as
 * {@value #USER}, without a password.
 */
public final class EmbeddedServer {
  /** Its superuser, and the owner of everything in it. */
  public static final String USER = "postgres";

  /** Its database. */
  public static final String DATABASE = "sluice";

  private static final String HOST = "127.0.0.1";
  private static final int START_SECONDS = 60;

  private EmbeddedServer() {}

  /**
   * A server that runs.
   *
   * @param jdbcUrl without credentials; connect as {@link EmbeddedServer#USER}
   * @param startedHere whether {@link #ensureStarted} had to start it
   */
  public record Handle(Warehouse warehouse, String jdbcUrl, int port, boolean startedHere)
      implements AutoCloseable {
    /** What a person types to look into it. */
    public String psql() {
      return "psql 'postgresql://%s@%s:%d/%s?options=-csearch_path%%3D%s'"
          .formatted(USER, HOST, port, DATABASE, warehouse.schema());
    }

    /** Stops the server, whoever started it and whoever uses it. */
    public void stop() {
      EmbeddedServer.stop(warehouse);
    }

    /** Stops the server if it was started here and nobody else is connected to it by now. */
    @Override
    public void close() {
      if (startedHere && !ServerAdministration.othersConnected(port)) {
        stop();
      }
    }
  }

  /** Finds the warehouse's server, or starts it, creating its data on first use. */
  public static synchronized Handle ensureStarted(Warehouse warehouse) {
    Path home = home(warehouse);
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
          FileChannel.open(
              home.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Held until the channel closes: another process that starts it now waits, and then finds
        // it.
        channel.lock();
        Optional<Handle> found = waitIfStarting(warehouse, home);
        Handle handle = found.isPresent() ? found.get() : start(warehouse, home);
        ServerAdministration.createDatabase(handle.port(), warehouse.schema());
        return handle;
      }
    } catch (IOException e) {
      throw new SluiceException(
          Reason.WAREHOUSE_UNREACHABLE,
          "The embedded PostgreSQL cannot use the folder " + home,
          String.valueOf(e.getMessage()),
          "Check warehouse.data-directory, its permissions and the disk's free space.",
          e);
    } catch (SQLException e) {
      throw Failures.translate(e, "The embedded PostgreSQL in " + home + " could not be prepared");
    }
  }

  /** The warehouse's server if it runs and answers. */
  public static Optional<Handle> running(Warehouse warehouse) {
    Path data = data(home(warehouse));
    try {
      return PostmasterFile.read(data)
          .filter(PostmasterFile::alive)
          .filter(file -> file.port() != 0 && ServerAdministration.serves(file.port(), data))
          .map(file -> handle(warehouse, file.port(), false));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Stops the warehouse's server; false where none ran. Open transactions are rolled back. */
  public static synchronized boolean stop(Warehouse warehouse) {
    Path home = home(warehouse);
    try {
      if (PostmasterFile.read(data(home)).filter(PostmasterFile::alive).isEmpty()) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    new ServerPrograms(home)
        .run("stop", List.of("pg_ctl", "stop", "-D", data(home).toString(), "-m", "fast", "-w"));
    return true;
  }

  /**
   * A server that another process has only just started, or that still recovers, is waited for
   * rather than started again.
   */
  private static Optional<Handle> waitIfStarting(Warehouse warehouse, Path home)
      throws IOException {
    Path data = data(home);
    long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
    while (PostmasterFile.read(data).filter(PostmasterFile::alive).isPresent()) {
      Optional<Handle> found = running(warehouse);
      if (found.isPresent()) {
        return found;
      }
      if (System.nanoTime() > deadline) {
        throw new SluiceException(
            Reason.WAREHOUSE_UNREACHABLE,
            "The embedded PostgreSQL in " + home + " runs but does not answer",
            "no connection within " + START_SECONDS + " s",
            "See " + home.resolve("server.log") + "; ./sluice warehouse stop and start it anew.");
      }
      pause();
    }
    return Optional.empty();
  }

  private static Handle start(Warehouse warehouse, Path home) throws IOException {
    Path data = data(home);
    ServerPrograms programs = new ServerPrograms(home);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      create(programs, home, data);
    }
    // Otherwise the file stays: PostgreSQL finds through it what is left of a killed server, and
    // waits for that to end.
    if (PostmasterFile.read(data).filter(PostmasterFile::taken).isPresent()) {
      Files.delete(PostmasterFile.in(data));
    }
    int port = port(warehouse);
    String settings =
        String.join(
            " -c ",
            "-c listen_addresses=" + HOST,
            "port=" + port,
            "unix_socket_directories=",
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "max_connections=60");
    programs.run(
        "start on port " + port,
        List.of(
            "pg_ctl",
            "start",
            "-D",
            data.toString(),
            "-w",
            "-t",
            String.valueOf(START_SECONDS),
            "-l",
            home.resolve("server.log").toString(),
            "-o",
            settings));
    return handle(warehouse, port, true);
  }

  /** Made aside and moved into place, so that a half-made one is never taken for a database. */
  private static void create(ServerPrograms programs, Path home, Path data) throws IOException {
    Path half = home.resolve("data.creating");
    ServerBinaries.deleteTree(half);
    programs.run(
        "create its data",
        List.of(
            "initdb",
            "-D",
            half.toString(),
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale"));
    Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int port(Warehouse warehouse) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), warehouse.port()));
      return probe.getLocalPort();
    } catch (java.net.BindException e) {
      throw new SluiceException(
          Reason.PORT_IN_USE,
          "The embedded PostgreSQL cannot listen on port " + warehouse.port(),
          "another program listens there",
          "Set warehouse.port to a free port, or to 0 for any, or stop the other program.",
          e);
    }
  }

  private static Handle handle(Warehouse warehouse, int port, boolean startedHere) {
    return new Handle(warehouse, url(port, DATABASE), port, startedHere);
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
  }

  private static Path home(Warehouse warehouse) {
    return warehouse.dataDirectory().toAbsolutePath().normalize();
  }

  private static Path data(Path home) {
    return home.resolve("data");
  }

  static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceException(
          Reason.WAREHOUSE_UNREACHABLE,
          "Waiting for the embedded PostgreSQL was interrupted",
          "this process is being stopped",
          "Run it again.",
          e);
    }
  }
}
