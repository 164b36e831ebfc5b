package io.sluice.workbook;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The cells of one row, as stored. Columns count from 0. A cell of nothing but blanks is blank.
 * What is not there takes no room: a row may hold one cell, in the last column.
 */
final class SheetRow {
  private final int number;
  private int[] columns;
  private String[] texts;
  private char[] kinds;
  private int cells;
  private boolean hidden;

  /**
   * @param number from 1
   */
  SheetRow(int number) {
    this(number, 8);
  }

  /**
   * @param expected number of cells to make room for
   */
  SheetRow(int number, int expected) {
    this.number = number;
    int room = Math.max(expected, 1);
    this.columns = new int[room];
    this.texts = new String[room];
    this.kinds = new char[room];
  }

  void put(int column, String text, CellKind kind) {
    boolean contentless = blank(text) && kind != CellKind.FORMULA_WITHOUT_VALUE;
    if (contentless || kind == CellKind.BLANK) {
      return;
    }
    fill(column, text, kind);
  }

  /** As {@link #put}, of a text that is known to be no blank one. */
  void fill(int column, String text, CellKind kind) {
    int cell = cells;
    if (cells > 0 && columns[cells - 1] >= column) {
      int found = Arrays.binarySearch(columns, 0, cells, column);
      if (found >= 0) {
        texts[found] = text;
        kinds[found] = kind.code();
        return;
      }
      cell = -found - 1;
    }
    insert(cell);
    columns[cell] = column;
    texts[cell] = text;
    kinds[cell] = kind.code();
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

  /** A cell of another row, whatever it holds. */
  void copy(int column, SheetRow from, int fromColumn) {
    put(column, from.text(fromColumn), CellKind.of(from.kind(fromColumn)));
  }

  /** The same row with these columns alone. */
  SheetRow only(IntPredicate wanted) {
    SheetRow row = new SheetRow(number, cells);
    row.hidden = hidden;
    for (int i = 0; i < cells; i++) {
      if (wanted.test(columns[i])) {
        row.copy(columns[i], this, columns[i]);
      }
    }
    return row;
  }

  /** How many cells have content. */
  int cells() {
    return cells;
  }

  /** One more than the last column with content. */
  int width() {
    return cells == 0 ? 0 : columns[cells - 1] + 1;
  }

  boolean blank() {
    return cells == 0;
  }

  /** The first column with content; -1 if the row is blank. */
  int first() {
    return cells == 0 ? -1 : columns[0];
  }

  boolean has(int column) {
    return cell(column) >= 0;
  }

  /** Null where blank, or where a formula has no value. */
  String text(int column) {
    int cell = cell(column);
    return cell < 0 ? null : texts[cell];
  }

  char kind(int column) {
    int cell = cell(column);
    return cell < 0 ? CellKind.BLANK.code() : kinds[cell];
  }

  private int cell(int column) {
    // Rows without gaps from the first column on are the rule.
    if (column < cells && columns[column] == column) {
      return column;
    }
    return Arrays.binarySearch(columns, 0, cells, column);
  }

  private void insert(int cell) {
    if (cells == columns.length) {
      columns = Arrays.copyOf(columns, cells * 2);
      texts = Arrays.copyOf(texts, cells * 2);
      kinds = Arrays.copyOf(kinds, cells * 2);
    }
    if (cell < cells) {
      System.arraycopy(columns, cell, columns, cell + 1, cells - cell);
      System.arraycopy(texts, cell, texts, cell + 1, cells - cell);
      System.arraycopy(kinds, cell, kinds, cell + 1, cells - cell);
    }
    cells++;
  }

  private static boolean blank(String text) {
    if (text == null || text.isEmpty()) {
      return true;
    }
    char first = text.charAt(0);
    return (first <= ' ' || first > '~') && Blank.is(text);
  }
}
