package io.sluice.sample;

import java.nio.file.Path;
import java.util.List;

/**
 * What lies in a sample folder now.
 *
 * @param written files that were not there before
 * @param unchanged files that were there already, byte for byte
 * @param kept paths, relative to the folder, of files that were there with other content; they were
 *     left as they are
 * @param mess the mess, in the order of {@link MessKind}; what occurs in many workbooks is listed
 *     where it occurs first
 */
public record SampleSummary(
    Path directory, int written, int unchanged, List<String> kept, List<Mess> mess) {
  public SampleSummary {
    kept = List.copyOf(kept);
    mess = List.copyOf(mess);
  }

  /** Number of files that belong to the sample. */
  public int files() {
    return written + unchanged + kept.size();
  }
}
