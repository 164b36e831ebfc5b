package io.sluice.bronze;

import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Workbooks of the landing, fetched once more as they were read. The landing is only read. */
public final class Originals {
  private final LocalCopy.Landing landing;

  public Originals(Lake lake, String root) {
    this.landing = new LocalCopy.Landing(root, lake.spark().sparkContext().hadoopConfiguration());
  }

  /** A copy on this machine's disk, deleted when it is closed. */
  public record Original(Path path, AutoCloseable copy) implements AutoCloseable {
    @Override
    public void close() {
      try {
        copy.close();
      } catch (Exception e) {
        throw new IllegalStateException("a temporary file cannot be deleted", e);
      }
    }
  }

  /**
   * Fetches a workbook.
   *
   * @param fileId what the ledger knows its content by
   * @throws SluiceException WORKBOOK_GONE if it is not there as it was read
   */
  public Original fetch(Source source, String uri, String fileId) {
    LocalCopy copy;
    try {
      copy = landing.fetch(new LandedFile("", uri, 0, Instant.EPOCH.toEpochMilli(), ""));
    } catch (IOException e) {
      throw gone(uri, "it cannot be read (" + e.getMessage() + ")", e);
    }
    if (!copy.fileId().equals(FileId.bytes(fileId))) {
      copy.close();
      throw gone(uri, "its content is another one by now", null);
    }
    return new Original(copy.path(), copy);
  }

  private static SluiceException gone(String uri, String why, Throwable cause) {
    return new SluiceException(
        Reason.WORKBOOK_GONE,
        "The workbook " + uri + " is not in the landing as it was read",
        why,
        "If a newer version has come, run the pipeline first; else put the workbook back. Its"
            + " rejects are listed by 'sluice rejects' all the same.",
        Place.file(uri),
        cause);
  }
}
