package io.sluice.workbook;

/**
 * What a table's place in its sheet is limited to.
 *
 * @param headerRow row in which the header begins; 0 where it is to be looked for
 * @param totalsRow its row of totals by declaration; 0 where there is none
 */
record TableBounds(CellRange cells, int headerRow, int totalsRow) {
  private static final CellRange WHOLE =
      new CellRange(1, 0, CellAddress.MOST_ROWS, CellAddress.MOST_COLUMNS - 1);

  static TableBounds wholeSheet(int headerRow) {
    return new TableBounds(WHOLE, headerRow, 0);
  }
}
