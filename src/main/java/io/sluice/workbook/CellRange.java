package io.sluice.workbook;

/** A block of cells, its bounds included. Columns count from 0, rows from 1. */
record CellRange(int firstRow, int firstColumn, int lastRow, int lastColumn) {
  /**
   * @param text such as {@code B3:D10}, {@code $B$3:$D$10} or {@code B3}; whole columns {@code B:D}
   *     and whole rows {@code 3:10} too
   * @throws NumberFormatException if it is none of these
   */
  static CellRange parse(String text) {
    String plain = text.strip().replace("$", "");
    int colon = plain.indexOf(':');
    String from = colon < 0 ? plain : plain.substring(0, colon);
    String to = colon < 0 ? plain : plain.substring(colon + 1);
    CellRange range =
        new CellRange(
            row(from, 1), column(from, 0),
            row(to, CellAddress.MOST_ROWS), column(to, CellAddress.MOST_COLUMNS - 1));
    if (range.firstRow < 1
        || range.lastRow > CellAddress.MOST_ROWS
        || range.firstRow > range.lastRow
        || range.firstColumn > range.lastColumn) {
      throw new NumberFormatException("Not a range of cells: " + text);
    }
    return range;
  }

  boolean oneCell() {
    return firstRow == lastRow && firstColumn == lastColumn;
  }

  boolean hasColumn(int column) {
    return column >= firstColumn && column <= lastColumn;
  }

  @Override
  public String toString() {
    return CellAddress.of(firstColumn, firstRow) + ":" + CellAddress.of(lastColumn, lastRow);
  }

  private static int row(String corner, int whole) {
    int digits = letters(corner);
    if (digits == corner.length() && digits > 0) {
      return whole;
    }
    return Integer.parseInt(corner.substring(digits));
  }

  private static int column(String corner, int whole) {
    return letters(corner) == 0 ? whole : CellAddress.column(corner);
  }

  private static int letters(String corner) {
    int letters = 0;
    while (letters < corner.length() && Character.isLetter(corner.charAt(letters))) {
      letters++;
    }
    return letters;
  }
}
