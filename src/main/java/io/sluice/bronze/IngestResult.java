package io.sluice.bronze;

import io.sluice.lake.FileRecord;
import java.util.List;

/**
 * What one batch of ingest did.
 *
 * @param batch its number, 0 if there was nothing new
 * @param files every file that the batch looked at, with its outcome, and earlier ones that it made
 *     count no more
 * @param remaining how many new files are left for later batches
 */
public record IngestResult(long batch, List<FileRecord> files, int remaining) {
  public IngestResult {
    files = List.copyOf(files);
  }
}
