package io.sluice.quality;

import java.util.List;

/**
 * A slice that breaks a rule.
 *
 * @param slice as {@link io.sluice.lake.Slices#sliceText} writes it; empty where the whole
 *     candidate is one slice
 * @param failingRows rows of the slice that break the rule; for a row count all rows of the slice
 * @param sampleKeys up to five different failing rows, each {@code column=value, …, file_id=…,
 *     sheet_row=…}, the first in the order of their text; none for a row count
 */
public record FailedSlice(String slice, long failingRows, List<String> sampleKeys) {
  public FailedSlice {
    sampleKeys = List.copyOf(sampleKeys);
  }
}
