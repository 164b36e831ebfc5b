package io.sluice.workbook;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.Arrays;

/** The cells of one row, as stored. Columns count from 0. A cell of nothing but blanks is blank. */
final class SheetRow {
  private final int number;
  private String[] texts = new String[16];
  private char[] kinds = new char[16];
  private int width;

  /**
   * @param number from 1
   */
  SheetRow(int number) {
    this.number = number;
  }

  void put(int column, String text, CellKind kind) {
    boolean contentless = Blank.is(text) && kind != CellKind.FORMULA_WITHOUT_VALUE;
    if (contentless || kind == CellKind.BLANK) {
      return;
    }
    if (column >= texts.length) {
      int size = Math.max(column + 1, texts.length * 2);
      texts = Arrays.copyOf(texts, size);
      kinds = Arrays.copyOf(kinds, size);
    }
    texts[column] = text;
    kinds[column] = kind.code();
    width = Math.max(width, column + 1);
  }

  int number() {
    return number;
  }

  /** One more than the last column with content. */
  int width() {
    return width;
  }

  boolean blank() {
    return width == 0;
  }

  boolean has(int column) {
    return column < width && kinds[column] != 0;
  }

  /** Null where blank, or where a formula has no value. */
  String text(int column) {
    return has(column) ? texts[column] : null;
  }

  char kind(int column) {
    return has(column) ? kinds[column] : CellKind.BLANK.code();
  }
}
