package io.sluice.workbook;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What a sheet says of its cells beside what they hold. A mark that makes no sense is none: it is
 * no reason to refuse the cells.
 */
final class SheetMarks {
  // More than any person merges; what a hostile file has beyond is not worth its memory.
  private static final int MOST_MERGED = 1_000_000;

  private final BitSet hiddenColumns = new BitSet();
  private final List<CellRange> merged = new ArrayList<>();
  private boolean more;

  /** The columns from {@code first} to {@code last}, counted from 0. */
  void hide(int first, int last) {
    if (first >= 0 && first <= last) {
      hiddenColumns.set(first, Math.min(last + 1, CellAddress.MOST_COLUMNS));
    }
  }

  /** The same, numbered from 1 as the sheet writes it. */
  void hide(String first, String last) {
    try {
      hide(Integer.parseInt(first.trim()) - 1, Integer.parseInt(last.trim()) - 1);
    } catch (NumberFormatException noColumn) {
      return;
    }
  }

  /**
   * @param range such as {@code A1:B2}
   */
  void merge(String range) {
    try {
      merge(CellRange.parse(range));
    } catch (NumberFormatException noRange) {
      return;
    }
  }

  void merge(CellRange range) {
    if (range.oneCell()) {
      return;
    }
    if (merged.size() < MOST_MERGED) {
      merged.add(range);
    } else {
      more = true;
    }
  }

  boolean hidden(int column) {
    return hiddenColumns.get(column);
  }

  /** The ranges of several cells that are merged; of very many, the first ones. */
  List<CellRange> merged() {
    return merged;
  }

  /**
   * @throws UnsafeContentException if there are more than anybody merges
   */
  List<CellRange> allMerged() throws UnsafeContentException {
    if (more) {
      throw new UnsafeContentException("a sheet of it merges more than 1,000,000 ranges");
    }
    return merged;
  }
}
