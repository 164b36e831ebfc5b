package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column holds something else than its contract says. */
class RetypedColumnsTest {
  @TempDir Path folder;

  @Test
  void aFileWhoseColumnHoldsMostlyOtherThingsIsRefused() throws IOException {
    Path file = book(4, 6, "ten");
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> read(file, Policy.FAIL));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_RETYPED);
    assertThat(refusal.problem())
        .isEqualTo("in/book.xlsx, sheet 'Data' holds other things than its contract says in value");
    assertThat(refusal.why())
        .isEqualTo("6 of the 10 cells of value are not decimal(18,4), the first is B6");
    assertThat(refusal.remedy()).contains("sources.holdings.columns", "drift.retyped = warn");
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("B6");
  }

  @Test
  void itIsNotedWhereTheSourceSaysSo() throws IOException {
    assertThat(read(book(4, 6, "ten"), Policy.WARN))
        .containsExactly(
            "Sheet 'Data': 6 of the 10 cells of value are not decimal(18,4), the first is B6");
  }

  @Test
  void halfOfTheCellsAreMistakesAndSoAreFewOnes() throws IOException {
    assertThat(read(book(5, 5, "ten"), Policy.FAIL)).isEmpty();
    assertThat(read(book(0, 9, "ten"), Policy.FAIL)).isEmpty();
  }

  @Test
  void numbersStoredAsTextTextsForNoneAndErrorsAreNoOtherThings() throws IOException {
    assertThat(read(book(0, 20, "1,234.5"), Policy.FAIL)).isEmpty();
    assertThat(read(book(0, 20, "-"), Policy.FAIL)).isEmpty();
    Path errors =
        Books.write(
            folder,
            "book.xlsx",
            workbook -> {
              Sheet sheet = sheet(workbook.createSheet("Data"));
              for (int i = 1; i <= 20; i++) {
                Row row = sheet.createRow(i);
                row.createCell(0).setCellValue("a");
                row.createCell(1).setCellErrorValue((byte) 7);
              }
            });
    assertThat(read(errors, Policy.FAIL)).isEmpty();
  }

  @Test
  void blankCellsDoNotCount() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            workbook -> {
              Sheet sheet = sheet(workbook.createSheet("Data"));
              for (int i = 1; i <= 100; i++) {
                Row row = sheet.createRow(i);
                row.createCell(0).setCellValue("a");
                if (i > 90) {
                  row.createCell(1).setCellValue("ten");
                }
              }
            });
    assertThat(catchThrowableOfType(SluiceException.class, () -> read(file, Policy.FAIL)).why())
        .isEqualTo("10 of the 10 cells of value are not decimal(18,4), the first is B92");
  }

  private Path book(int numbers, int others, String other) throws IOException {
    return Books.write(
        folder,
        "book.xlsx",
        workbook -> {
          Sheet sheet = sheet(workbook.createSheet("Data"));
          for (int i = 1; i <= numbers + others; i++) {
            Row row = sheet.createRow(i);
            row.createCell(0).setCellValue("a");
            if (i <= numbers) {
              row.createCell(1).setCellValue(i + 0.5);
            } else {
              row.createCell(1).setCellValue(other);
            }
          }
        });
  }

  private static Sheet sheet(Sheet sheet) {
    Row header = sheet.createRow(0);
    header.createCell(0).setCellValue("ID");
    header.createCell(1).setCellValue("Value");
    return sheet;
  }

  private static List<String> read(Path file, Policy retyped) {
    Source source =
        Sources.of(
                List.of(
                    Sources.text("id", "ID"),
                    Sources.column("value", ColumnType.decimal(18, 4), false, "Value")))
            .drift(new Drift(Policy.WARN, Policy.FAIL, Policy.FAIL, retyped))
            .build();
    try (WorkbookTable table = WorkbookTable.open(file, "in/book.xlsx", source)) {
      table.rows().forEachRemaining(row -> {});
      return table.notes();
    }
  }
}
