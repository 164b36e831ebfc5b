package io.sluice.workbook;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The cells of one row, as stored. Columns count from 0. A cell of nothing but blanks is blank. */
final class SheetRow {
  private final int number;
  private String[] texts = new String[16];
  private char[] kinds = new char[16];
  private int width;
  private boolean hidden;

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

  void hide() {
    hidden = true;
  }

  /** Whether nobody sees it: a person, or a filter, has hidden the row. */
  boolean hidden() {
    return hidden;
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

  /** A cell of another row, whatever it holds. */
  void copy(int column, SheetRow from, int fromColumn) {
    if (from.has(fromColumn)) {
      put(column, from.text(fromColumn), CellKind.of(from.kind(fromColumn)));
    }
  }

  /** The same row with these columns alone. */
  SheetRow only(IntPredicate columns) {
    SheetRow row = new SheetRow(number);
    row.hidden = hidden;
    for (int i = 0; i < width; i++) {
      if (columns.test(i)) {
        row.copy(i, this, i);
      }
    }
    return row;
  }

  /** Null where blank, or where a formula has no value. */
  String text(int column) {
    return has(column) ? texts[column] : null;
  }

  char kind(int column) {
    return has(column) ? kinds[column] : CellKind.BLANK.code();
  }
}
