package io.sluice.workbook;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What a sheet says of its cells beside what they hold. */
final class SheetMarks {
  // More than any person merges; what a hostile file has beyond is not worth its memory.
  private static final int MOST_MERGED = 1_000_000;

  private final BitSet hiddenColumns = new BitSet();
  private final List<CellRange> merged = new ArrayList<>();

  /** The columns from {@code first} to {@code last}, counted from 0. */
  void hide(int first, int last) {
    if (first >= 0 && first <= last) {
      hiddenColumns.set(first, Math.min(last + 1, CellAddress.MOST_COLUMNS));
    }
  }

  void merge(CellRange range) {
    if (merged.size() < MOST_MERGED && !range.oneCell()) {
      merged.add(range);
    }
  }

  boolean hidden(int column) {
    return hiddenColumns.get(column);
  }

  List<CellRange> merged() {
    return merged;
  }
}
