package io.sluice.sample;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The folder that the sample is written to. A file that is there already is never touched: a person
 * who tries things out mends a workbook in place, and the next run of the demo must show what comes
 * of it.
 */
final class SampleFolder {
  private final Path root;
  private final List<String> kept = new ArrayList<>();
  private int written;
  private int unchanged;

  SampleFolder(Path root) {
    this.root = root;
  }

  /**
   * Puts a file into the folder.
   *
   * @param file path with slashes, relative to the folder
   * @param modified what the file's modified time is set to if it is written
   */
  void put(String file, byte[] content, Instant modified) {
    Path path = root.resolve(file);
    try {
      if (!Files.exists(path)) {
        create(path, content, modified);
        written++;
      } else if (Arrays.equals(Files.readAllBytes(path), content)) {
        unchanged++;
      } else {
        kept.add(file);
      }
    } catch (IOException e) {
      throw new SluiceException(
          Reason.USAGE,
          "The sample workbook " + path + " cannot be written",
          e.getClass().getSimpleName() + ": " + e.getMessage(),
          "Name a folder that may be written to, on a disk with room.",
          e);
    }
  }

  SampleSummary summary(List<Mess> mess) {
    return new SampleSummary(root, written, unchanged, kept, mess);
  }

  /** A kill between two steps must not leave half a workbook, nor one with the wrong time. */
  private static void create(Path path, byte[] content, Instant modified) throws IOException {
    Files.createDirectories(path.getParent());
    Path unfinished = path.resolveSibling("." + path.getFileName() + ".unfinished");
    Files.write(unfinished, content);
    Files.setLastModifiedTime(unfinished, FileTime.from(modified));
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
