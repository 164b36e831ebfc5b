package io.sluice.workbook;

import io.sluice.config.Layout;
import io.sluice.config.Layout.Hidden;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows in which a header is looked for, and those over it that may hold values. Rows far over a
 * header whose place is known are counted and dropped, so that memory does not grow with them.
 */
final class FirstRows {
  private final List<SheetRow> rows;
  private final int last;
  private final boolean skipsHidden;
  private final long dropped;

  private FirstRows(List<SheetRow> rows, int last, boolean skipsHidden, long dropped) {
    this.rows = rows;
    this.last = last;
    this.skipsHidden = skipsHidden;
    this.dropped = dropped;
  }

  static FirstRows read(RowSource stored, Layout layout, TableBounds bounds) {
    int from = bounds.headerRow() > 0 ? bounds.headerRow() : bounds.cells().firstRow();
    int looked = bounds.headerRow() > 0 ? 1 : layout.headerWithin();
    int last = from + looked + layout.headerRows() - 2;
    List<SheetRow> rows = new ArrayList<>();
    long dropped = 0;
    SheetRow row = stored.next();
    while (row != null) {
      if (row.number() >= from || row.number() <= layout.headerWithin()) {
        rows.add(row);
      } else {
        dropped += row.blank() ? 0 : 1;
      }
      row = row.number() > last ? null : stored.next();
    }
    return new FirstRows(rows, last, layout.hiddenRows() == Hidden.SKIP, dropped);
  }

  /** Those in which a header may stand, up to the last row that it may take. */
  List<SheetRow> from(int first) {
    return rows.stream()
        .filter(row -> row.number() >= first && row.number() <= last && !left(row))
        .toList();
  }

  List<SheetRow> before(int first) {
    return rows.stream().filter(row -> row.number() < first && !left(row)).toList();
  }

  /** Those among the rows before that are left out because nobody sees them. */
  HiddenRows hiddenBefore(int first) {
    HiddenRows hidden = new HiddenRows();
    rows.stream().filter(row -> row.number() < first && left(row)).forEach(hidden::add);
    return hidden;
  }

  /** All below, hidden ones included. */
  List<SheetRow> after(int last) {
    return rows.stream().filter(row -> row.number() > last).toList();
  }

  /** Number of rows with content that were dropped. */
  long dropped() {
    return dropped;
  }

  private boolean left(SheetRow row) {
    return skipsHidden && row.hidden();
  }
}
