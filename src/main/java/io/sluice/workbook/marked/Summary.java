package io.sluice.workbook.marked;

import io.sluice.workbook.OwnSheets;
import java.util.List;
import java.util.Map;
import org.apache.poi.common.usermodel.HyperlinkType;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.Hyperlink;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellReference;

/** The sheet that lists what was rejected: where, why, and what to do. */
final class Summary {
  private static final List<String> HEADERS =
      List.of("Sheet", "Cell", "Column", "Value", "Reason", "What is wrong", "What to do");
  private static final int[] WIDTHS = {18, 10, 20, 24, 24, 60, 50};
  private static final int CELL = 1;

  /** The old format has 65,536 rows, and nobody reads more. */
  private static final int MOST_ROWS = 10_000;

  private Summary() {}

  /**
   * @param introduction lines over the table
   * @param places where each mark is to be seen; those without one are not linked
   */
  static Sheet write(
      Workbook workbook,
      List<String> introduction,
      List<Mark> marks,
      Map<Mark, CellReference> places) {
    Sheet sheet = workbook.createSheet(OwnSheets.SUMMARY);
    Texts texts = new Texts(workbook);
    CellStyle bold = bold(workbook);
    CellStyle link = link(workbook);
    int next = 0;
    for (String line : introduction) {
      Cell cell = sheet.createRow(next).createCell(0);
      cell.setCellValue(line);
      if (next++ == 0) {
        cell.setCellStyle(bold);
      }
    }
    next++;
    Row header = sheet.createRow(next++);
    for (int i = 0; i < HEADERS.size(); i++) {
      Cell cell = header.createCell(i);
      cell.setCellValue(HEADERS.get(i));
      cell.setCellStyle(bold);
      sheet.setColumnWidth(i, WIDTHS[i] * 256);
    }
    sheet.createFreezePane(0, next);
    for (Mark mark : marks.subList(0, Math.min(marks.size(), MOST_ROWS))) {
      Row row = sheet.createRow(next++);
      write(row, mark, texts);
      CellReference place = places.get(mark);
      if (place != null) {
        Hyperlink target = workbook.getCreationHelper().createHyperlink(HyperlinkType.DOCUMENT);
        target.setAddress(place.formatAsString());
        row.getCell(CELL).setHyperlink(target);
        row.getCell(CELL).setCellStyle(link);
      }
    }
    if (marks.size() > MOST_ROWS) {
      sheet
          .createRow(next)
          .createCell(0)
          .setCellValue("… and %,d more".formatted(marks.size() - MOST_ROWS));
    }
    return sheet;
  }

  private static void write(Row row, Mark mark, Texts texts) {
    String where = mark.cell().isEmpty() && mark.row() > 0 ? "row " + mark.row() : mark.cell();
    List<String> values =
        List.of(
            mark.sheet(),
            where,
            mark.column(),
            mark.raw(),
            mark.reason(),
            mark.message(),
            mark.advice());
    for (int i = 0; i < values.size(); i++) {
      texts.write(row.createCell(i), values.get(i));
    }
  }

  private static CellStyle bold(Workbook workbook) {
    Font font = workbook.createFont();
    font.setBold(true);
    CellStyle style = workbook.createCellStyle();
    style.setFont(font);
    return style;
  }

  private static CellStyle link(Workbook workbook) {
    Font font = workbook.createFont();
    font.setUnderline(Font.U_SINGLE);
    font.setColor(IndexedColors.BLUE.getIndex());
    CellStyle style = workbook.createCellStyle();
    style.setFont(font);
    style.setVerticalAlignment(org.apache.poi.ss.usermodel.VerticalAlignment.TOP);
    return style;
  }
}
