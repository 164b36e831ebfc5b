package io.sluice.workbook.marked;

import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Workbook;

/** Texts of others in cells of ours: always texts, whatever they begin with. */
final class Texts {
  private static final int LONGEST = 1_000;

  private final CellStyle plain;
  private final CellStyle quoted;

  Texts(Workbook workbook) {
    this.plain = workbook.createCellStyle();
    plain.setWrapText(true);
    plain.setVerticalAlignment(org.apache.poi.ss.usermodel.VerticalAlignment.TOP);
    this.quoted = workbook.createCellStyle();
    quoted.cloneStyleFrom(plain);
    // A text cell is none by itself, but becomes one as soon as somebody edits it and presses
    // enter.
    quoted.setQuotePrefixed(true);
  }

  void write(Cell cell, String text) {
    cell.setCellStyle(startsLikeFormula(text) ? quoted : plain);
    cell.setCellValue(cut(text));
  }

  static boolean startsLikeFormula(String text) {
    return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
  }

  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
