package io.sluice.workbook;

/** Counts rows with content that nobody sees. */
final class HiddenRows {
  private int first;
  private long count;

  void add(SheetRow row) {
    if (!row.blank()) {
      first = count == 0 ? row.number() : first;
      count++;
    }
  }

  int first() {
    return first;
  }

  long count() {
    return count;
  }
}
