package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Gives every cell of a merged range under the header the value of the range's first cell. */
final class MergedBody {
  private record Origin(CellRange range, String text, CellKind kind) {}

  private final int[] positions;
  private final Origin[] active;
  private final Iterator<CellRange> ranges;
  private CellRange next;

  /**
   * @param positions in the sheet of the table's columns
   * @param headerRow the header's last row; ranges that begin in it or over it are none of the body
   */
  MergedBody(List<CellRange> merged, int[] positions, int headerRow) {
    this.positions = positions;
    this.active = new Origin[positions.length];
    this.ranges =
        merged.stream()
            .filter(range -> range.firstRow() > headerRow)
            .sorted(Comparator.comparingInt(CellRange::firstRow))
            .iterator();
    advance();
  }

  /** Takes note of a row's ranges; every stored row is to be shown, in the sheet's order. */
  void pass(SheetRow row) {
    while (next != null && next.firstRow() <= row.number()) {
      // A first row that the file leaves out holds no value.
      if (next.firstRow() == row.number() && row.has(next.firstColumn())) {
        begin(next, row);
      }
      advance();
    }
  }

  void fill(SheetRow row) {
    for (int i = 0; i < positions.length; i++) {
      Origin origin = active[i];
      if (origin == null) {
        continue;
      }
      if (row.number() > origin.range().lastRow()) {
        active[i] = null;
      } else if (!row.has(positions[i])) {
        row.put(positions[i], origin.text(), origin.kind());
      }
    }
  }

  private void begin(CellRange range, SheetRow row) {
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] != HeaderBinding.ABSENT && range.hasColumn(positions[i])) {
        int first = range.firstColumn();
        active[i] = new Origin(range, row.text(first), CellKind.of(row.kind(first)));
      }
    }
  }

  private void advance() {
    next = ranges.hasNext() ? ranges.next() : null;
  }
}
