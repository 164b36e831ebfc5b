package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the programs of PostgreSQL, which refuse to run as root, in a user namespace where we are
 * nobody.
 */
final class ServerPrograms {
  private static final long PATIENCE_SECONDS = 120;

  private final Path home;
  private final Path programs;

  ServerPrograms(Path home) {
    this.home = home;
    this.programs = ServerBinaries.unpackedIn(home);
  }

  /**
   * Output goes to a file and not to a pipe: a started server inherits it and would keep the pipe
   * open.
   */
  void run(String doing, List<String> command) {
    Path output = home.resolve("last-command.log");
    List<String> full = new ArrayList<>();
    if (root()) {
      full.addAll(List.of("unshare", "-U"));
    }
    full.add(programs.resolve("bin").resolve(command.get(0)).toString());
    full.addAll(command.subList(1, command.size()));
    ProcessBuilder builder =
        new ProcessBuilder(full)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed(doing, "it did not end within " + PATIENCE_SECONDS + " s", null);
      }
      if (process.exitValue() != 0) {
        throw failed(doing, said(output), null);
      }
    } catch (IOException e) {
      throw failed(doing, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(doing, "it was interrupted", e);
    }
  }

  private SluiceException failed(String doing, String why, Exception cause) {
    String remedy =
        root()
            ? "See "
                + home.resolve("server.log")
                + "; if it speaks of unshare, run Sluice as another user than root."
            : "See " + home.resolve("server.log") + ", or set warehouse.url to a server of yours.";
    return new SluiceException(
        Reason.WAREHOUSE_UNREACHABLE,
        "The embedded PostgreSQL in " + home + " could not " + doing,
        why,
        remedy,
        cause);
  }

  private static String said(Path output) throws IOException {
    List<String> lines =
        Files.readAllLines(output).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? "it said nothing"
        : String.join(" / ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"))
        && System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT).contains("linux");
  }
}
