package io.sluice.workbook;

/** Numbers and addresses straight from the bytes of a document. */
final class XmlNumbers {
  private static final int MOST_DIGITS = 9;
  private static final int MOST_LETTERS = 3;

  private XmlNumbers() {}

  /** A whole number of up to nine digits without a sign; -1 for anything else. */
  static int digits(byte[] bytes, int from, int to) {
    if (from == to || to - from > MOST_DIGITS) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** The column, from 0, of an address in capitals, such as {@code AB12}; -1 for anything else. */
  static int column(byte[] bytes, int from, int to) {
    int column = 0;
    int i = from;
    while (i < to && bytes[i] >= 'A' && bytes[i] <= 'Z') {
      column = column * 26 + bytes[i++] - 'A' + 1;
      if (i - from > MOST_LETTERS) {
        return -1;
      }
    }
    return i == from || i == to || column > CellAddress.MOST_COLUMNS ? -1 : column - 1;
  }
}
