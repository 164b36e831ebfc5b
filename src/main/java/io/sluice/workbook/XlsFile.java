package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;

/**
 * A workbook of Excel 97 to 2003. It has at most 65,536 rows a sheet, so it may stand in memory
 * whole.
 */
final class XlsFile implements WorkbookFile {
  private final HSSFWorkbook workbook;
  private final List<Sheet> sheets = new ArrayList<>();
  private final Map<Short, Boolean> dates = new HashMap<>();
  private final boolean since1904;

  XlsFile(HSSFWorkbook workbook) {
    this.workbook = workbook;
    this.since1904 = workbook.getInternalWorkbook().isUsing1904DateWindowing();
    for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
      boolean hidden = workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i);
      sheets.add(new Sheet(workbook.getSheetName(i), !hidden));
    }
  }

  @Override
  public List<Sheet> sheets() {
    return List.copyOf(sheets);
  }

  /** The format has none that POI knows of. */
  @Override
  public List<Named> tables() {
    return List.of();
  }

  @Override
  public List<Named> definedNames() {
    return workbook.getAllNames().stream()
        .filter(name -> !name.isFunctionName() && !name.isDeleted())
        .map(
            name ->
                new Named(
                    name.getNameName(), name.getSheetIndex(), name.getRefersToFormula(), 0, 0))
        .toList();
  }

  @Override
  public SheetReader read(int sheet) {
    HSSFSheet stored = workbook.getSheetAt(sheet);
    Iterator<Row> rows = stored.rowIterator();
    SheetMarks marks = marks(stored);
    return new SheetReader() {
      @Override
      public SheetRow next() {
        return rows.hasNext() ? row(rows.next()) : null;
      }

      @Override
      public SheetMarks marks() {
        return marks;
      }

      @Override
      public void close() {
        // The rows live as long as their workbook.
      }
    };
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }

  private static SheetMarks marks(HSSFSheet sheet) {
    SheetMarks marks = new SheetMarks();
    for (int i = 0; i < SpreadsheetVersion.EXCEL97.getMaxColumns(); i++) {
      if (sheet.isColumnHidden(i)) {
        marks.hide(i, i);
      }
    }
    for (CellRangeAddress range : sheet.getMergedRegions()) {
      marks.merge(
          new CellRange(
              range.getFirstRow() + 1,
              range.getFirstColumn(),
              range.getLastRow() + 1,
              range.getLastColumn()));
    }
    return marks;
  }

  private SheetRow row(Row stored) {
    SheetRow row = new SheetRow(stored.getRowNum() + 1);
    if (stored.getZeroHeight()) {
      row.hide();
    }
    for (Cell cell : stored) {
      int column = cell.getColumnIndex();
      CellType type =
          cell.getCellType() == CellType.FORMULA
              ? cell.getCachedFormulaResultType()
              : cell.getCellType();
      switch (type) {
        case STRING -> row.put(column, cell.getRichStringCellValue().getString(), CellKind.TEXT);
        case NUMERIC -> number(row, column, cell);
        case BOOLEAN ->
            row.put(column, cell.getBooleanCellValue() ? "TRUE" : "FALSE", CellKind.BOOLEAN);
        case ERROR -> row.put(column, error(cell.getErrorCellValue()), CellKind.ERROR);
        case BLANK, FORMULA, _NONE -> {}
      }
    }
    return row;
  }

  private void number(SheetRow row, int column, Cell cell) {
    double value = cell.getNumericCellValue();
    CellStyle style = cell.getCellStyle();
    if (style != null && dates.computeIfAbsent(style.getIndex(), index -> date(style))) {
      String date = SerialDate.iso(value, since1904);
      if (date != null) {
        row.put(column, date, CellKind.DATE);
        return;
      }
    }
    if (Double.isFinite(value)) {
      row.put(column, StoredNumber.plain(value), CellKind.NUMBER);
    } else {
      row.put(column, "#NUM!", CellKind.ERROR);
    }
  }

  private static boolean date(CellStyle style) {
    return DateUtil.isADateFormat(style.getDataFormat(), style.getDataFormatString());
  }

  private static String error(byte code) {
    return FormulaError.isValidCode(code)
        ? FormulaError.forInt(code).getString()
        : "#ERROR " + code;
  }
}
