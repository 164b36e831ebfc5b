package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks the server's programs beside its data, where no sweeper of temporary folders takes them
 * from a running server.
 */
final class ServerBinaries {
  private static final int EXECUTABLE = 0100;

  private ServerBinaries() {}

  /**
   * Returns the folder that holds {@code bin}, {@code lib} and {@code share}; unpacks it if it is
   * not there.
   */
  static Path unpackedIn(Path home) {
    Path programs = home.resolve("server");
    if (Files.isDirectory(programs)) {
      return programs;
    }
    Path half = home.resolve("server.unpacking");
    try (InputStream packed = packed()) {
      deleteTree(half);
      unpack(packed, half);
      Files.move(half, programs, StandardCopyOption.ATOMIC_MOVE);
      return programs;
    } catch (IOException e) {
      throw new SluiceException(
          Reason.WAREHOUSE_UNREACHABLE,
          "The embedded PostgreSQL could not be unpacked to " + programs,
          String.valueOf(e.getMessage()),
          "Check the disk's free space and the folder's permissions, or set warehouse.url to a"
              + " server of yours.",
          e);
    }
  }

  private static InputStream packed() throws IOException {
    try {
      String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
      String name =
          system.contains("mac") ? "Darwin" : system.contains("win") ? "Windows" : "Linux";
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(name, architecture());
    } catch (NoClassDefFoundError | IllegalStateException e) {
      throw new SluiceException(
          Reason.WAREHOUSE_UNREACHABLE,
          "The embedded PostgreSQL is not part of this installation",
          "its programs are not on the class path (" + e.getMessage() + ")",
          "Set warehouse.url to jdbc:postgresql://host:port/database.",
          e);
    }
  }

  private static String architecture() {
    String machine = System.getProperty("os.arch");
    return machine.equals("amd64") ? "x86_64" : machine.equals("aarch64") ? "arm_64" : machine;
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    Files.createDirectories(target);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("the archive names a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(file, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          if ((entry.getMode() & EXECUTABLE) != 0
              && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
