package io.sluice.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files that come into being whole and once: of several processes that create one, exactly one
 * succeeds.
 *
 * <p>On a local file system the content is written beside and then linked, since a link, unlike a
 * rename, fails where the target exists. On an object store the PUT is conditional (If-None-Match);
 * {@code must} makes a file system without that option fail instead of overwriting in silence.
 */
final class AtomicFiles {
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private AtomicFiles() {}

  /**
   * Creates a file with this content.
   *
   * @throws FileAlreadyExistsException if there is one already
   */
  static void create(Path path, byte[] content, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    if (isLocal(files, path)) {
      java.nio.file.Path target = local(path);
      java.nio.file.Path beside = beside(target);
      try {
        Files.write(beside, content);
        Files.createLink(target, beside);
      } finally {
        Files.deleteIfExists(beside);
      }
      return;
    }
    FSDataOutputStreamBuilder<?, ?> creation = files.createFile(path);
    creation.create();
    creation.overwrite(false);
    creation.must(CONDITIONAL, true);
    try (OutputStream out = creation.build()) {
      out.write(content);
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      throw alreadyThere(path, e);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("412")) {
        throw alreadyThere(path, e);
      }
      throw e;
    }
  }

  /** Writes a file whole, over one that may be there. */
  static void replace(Path path, byte[] content, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    if (isLocal(files, path)) {
      java.nio.file.Path target = local(path);
      java.nio.file.Path beside = beside(target);
      try {
        Files.write(beside, content);
        // Hadoop's checksum, left by another tool, is of what was there before.
        Files.deleteIfExists(target.resolveSibling("." + target.getFileName() + ".crc"));
        Files.move(
            beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
      return;
    }
    try (OutputStream out = files.create(path, true)) {
      out.write(content);
    }
  }

  private static boolean isLocal(FileSystem files, Path path) {
    return "file".equals(files.makeQualified(path).toUri().getScheme());
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static java.nio.file.Path beside(java.nio.file.Path target) throws IOException {
    Files.createDirectories(target.getParent());
    return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static FileAlreadyExistsException alreadyThere(Path path, IOException cause) {
    FileAlreadyExistsException there = new FileAlreadyExistsException(path.toString());
    there.initCause(cause);
    return there;
  }
}
