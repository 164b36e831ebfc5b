package io.sluice.bronze;

import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import java.util.Comparator;
import java.util.List;

/**
 * Files that are taken together or not at all; most are one file.
 *
 * @param files to be read
 * @param carried what the ledger has of its other parts, which stay as they are
 * @param manifest what it must match; null where it has none
 * @param refusal why none of it is taken; null if that is not known before it is read
 */
record Delivery(
    List<LandedFile> files, List<FileRecord> carried, Manifest manifest, SluiceException refusal) {
  static final Comparator<Delivery> OLDEST_FIRST =
      Comparator.comparingLong(Delivery::modifiedMillis)
          .thenComparing(delivery -> delivery.files.get(0).uri())
          .thenComparing(delivery -> delivery.files.get(0).source());

  Delivery {
    files = List.copyOf(files);
    carried = List.copyOf(carried);
  }

  static Delivery of(LandedFile file) {
    return new Delivery(List.of(file), List.of(), null, null);
  }

  String source() {
    return files.get(0).source();
  }

  long bytes() {
    return files.stream().mapToLong(LandedFile::size).sum();
  }

  /** Whether one of its files does not count without the others. */
  boolean together() {
    return files.size() > 1 || !carried.isEmpty();
  }

  private long modifiedMillis() {
    return files.stream().mapToLong(LandedFile::modifiedMillis).max().orElse(0);
  }
}
