package io.sluice.workbook;

/** A1 addresses. Columns count from 0, rows from 1. */
final class CellAddress {
  static final int MOST_COLUMNS = 16_384;
  static final int MOST_ROWS = 1_048_576;

  private CellAddress() {}

  static String letters(int column) {
    StringBuilder letters = new StringBuilder();
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.toString();
  }

  static String of(int column, int row) {
    return letters(column) + row;
  }

  /**
   * The column of an address such as {@code AB12}.
   *
   * @throws NumberFormatException if there is none
   */
  static int column(String address) {
    int column = 0;
    int i = 0;
    while (i < address.length() && letter(address.charAt(i)) > 0 && column <= MOST_COLUMNS) {
      column = column * 26 + letter(address.charAt(i));
      i++;
    }
    if (column == 0 || column > MOST_COLUMNS) {
      throw new NumberFormatException("Not a cell address: " + address);
    }
    return column - 1;
  }

  private static int letter(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 1;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 1 : 0;
  }
}
