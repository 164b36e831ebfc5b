package io.sluice.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says: the server's process and port.
 *
 * @param port 0 while the server is still starting
 */
record PostmasterFile(long pid, int port) {
  private static final int PORT_LINE = 3;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Empty where there is none, or none that can be understood. */
  static Optional<PostmasterFile> read(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(in(data));
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      int port = lines.size() > PORT_LINE ? number(lines.get(PORT_LINE)).intValue() : 0;
      return Optional.of(new PostmasterFile(number(lines.get(0)), port));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether its process lives and may be PostgreSQL. After a kill, and above all after a
   * container's restart, the number may belong to somebody else.
   */
  boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> process.info().command().map(PostmasterFile::postgres).orElse(true))
        .orElse(false);
  }

  /** Whether its number now belongs to another program, which keeps PostgreSQL from starting. */
  boolean taken() {
    return !alive() && ProcessHandle.of(pid).isPresent();
  }

  private static boolean postgres(String command) {
    return Path.of(command).getFileName().toString().startsWith("postgres");
  }

  private static Long number(String line) {
    return Long.valueOf(line.strip());
  }
}
