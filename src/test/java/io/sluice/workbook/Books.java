package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Column;
import io.sluice.config.Layout;
import io.sluice.config.Layout.Hidden;
import io.sluice.config.Layout.Merged;
import io.sluice.config.LayoutBuilder;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.TableRange;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Small workbooks of a table with an id and a value, and what is read of them. */
final class Books {
  static final List<Column> COLUMNS =
      List.of(Sources.text("id", "ID"), Sources.decimal("value", "Value"));
  static final Object[] HEADER = {"ID", "Value"};
  static final Object[] ONE = {"a", 1.5};
  static final Object[] TWO = {"b", 2};
  static final Object[] BLANK = {};

  private Books() {}

  static Layout header(int row, int rows) {
    return LayoutBuilder.layout().header(row, rows).build();
  }

  static Layout merged(Merged merged) {
    return LayoutBuilder.layout().merged(merged).build();
  }

  static Layout hidden(Hidden rows, Hidden columns) {
    return LayoutBuilder.layout().hidden(rows, columns).build();
  }

  static Layout sheet(SheetChoice.By by, String argument) {
    return LayoutBuilder.layout().sheet(new SheetChoice(by, argument)).build();
  }

  static Layout range(TableRange.By by, String name) {
    return LayoutBuilder.layout().range(new TableRange(by, name)).build();
  }

  static Source source(Layout layout) {
    return Sources.of(COLUMNS).layout(layout).build();
  }

  /**
   * @param name ends with .xls for the old format
   */
  static Path write(Path folder, String name, Consumer<Workbook> content) throws IOException {
    Path file = folder.resolve(name);
    try (Workbook book = name.endsWith(".xls") ? new HSSFWorkbook() : new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      content.accept(book);
      book.write(out);
    }
    return file;
  }

  static Sheet fill(Sheet sheet, Object[]... rows) {
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length > 0) {
        Row row = sheet.createRow(r);
        for (int c = 0; c < rows[r].length; c++) {
          if (rows[r][c] instanceof Number number) {
            row.createCell(c).setCellValue(number.doubleValue());
          } else if (rows[r][c] != null) {
            row.createCell(c).setCellValue((String) rows[r][c]);
          }
        }
      }
    }
    return sheet;
  }

  static void merge(Sheet sheet, String cells) {
    sheet.addMergedRegion(CellRangeAddress.valueOf(cells));
  }

  static WorkbookTable open(Path file, Source source) {
    return WorkbookTable.open(file, "in/" + file.getFileName(), source);
  }

  /** Each row as {@code Sheet!4: a|1.5}. */
  static List<String> rows(WorkbookTable table) {
    List<String> rows = new ArrayList<>();
    table
        .rows()
        .forEachRemaining(
            row ->
                rows.add(
                    row.layout().sheet()
                        + "!"
                        + row.sheetRow()
                        + ": "
                        + String.join("|", row.texts())));
    return rows;
  }

  static List<String> rows(Path file, Source source) {
    try (WorkbookTable table = open(file, source)) {
      return rows(table);
    }
  }

  static List<String> notes(Path file, Source source) {
    try (WorkbookTable table = open(file, source)) {
      rows(table);
      return table.notes();
    }
  }

  /** The refusal on opening or on the way, with file in its place and a remedy. */
  static SluiceException refusal(Path file, Source source) {
    SluiceException refusal = catchThrowableOfType(SluiceException.class, () -> rows(file, source));
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.place().map(Place::file)).hasValue("in/" + file.getFileName());
    assertThat(refusal.problem()).contains(file.getFileName().toString());
    assertThat(refusal.remedy()).isNotBlank();
    return refusal;
  }
}
