package io.sluice.workbook;

import static io.sluice.workbook.Books.BLANK;
import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Layout.Hidden;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.config.TableEnd;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCellsTest {
  private static final Object[] THREE = {"c", 3};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void hiddenRowsAreDataAndANoteSaysSo(String name) throws IOException {
    Path file = hidingRows(name, 2, 3);

    Source source = Books.source(Books.hidden(Hidden.READ, Hidden.READ));

    assertThat(Books.rows(file, source))
        .containsExactly("Data!2: a|1.5", "Data!3: b|2", "Data!4: c|3");
    assertThat(Books.notes(file, source))
        .containsExactly(
            "Sheet 'Data': 2 hidden rows were read like the others, the first is row 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void hiddenRowsAreLeftOutAndCountedWhereDeclared(String name) throws IOException {
    Path file = hidingRows(name, 2);

    try (WorkbookTable table = Books.open(file, skippingRows(SourceBuilder.SHEET_END))) {
      assertThat(Books.rows(table)).containsExactly("Data!2: a|1.5", "Data!4: c|3");
      assertThat(table.counts()).isEqualTo(new RowCounts(4, 2, 0, 1, 0, 0, 0, 1));
      assertThat(table.notes())
          .containsExactly("Sheet 'Data': 1 hidden row was left out, namely row 3");
    }
  }

  @Test
  void aHiddenRowThatIsLeftOutIsNoBlankRow() throws IOException {
    Path file = hidingRows("book.xlsx", 1, 2);

    assertThat(Books.rows(file, skippingRows(new TableEnd(true, "", "", List.of()))))
        .containsExactly("Data!4: c|3");
  }

  @Test
  void aHiddenHeaderIsNoHeaderWhereHiddenRowsAreLeftOut() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(sheet, HEADER, BLANK, new Object[] {"Value", "ID"}, new Object[] {1, "a"});
              sheet.getRow(0).setZeroHeight(true);
            });

    try (WorkbookTable table = Books.open(file, skippingRows(SourceBuilder.SHEET_END))) {
      assertThat(Books.rows(table)).containsExactly("Data!4: a|1");
      assertThat(table.counts()).isEqualTo(new RowCounts(4, 1, 0, 1, 1, 0, 0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void hiddenColumnsAreReadAndNotedOrTakenForAbsent(String name) throws IOException {
    Path file =
        Books.write(
            folder,
            name,
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(sheet, HEADER, ONE);
              sheet.setColumnHidden(1, true);
            });

    Source reading = Books.source(Books.hidden(Hidden.READ, Hidden.READ));
    assertThat(Books.rows(file, reading)).containsExactly("Data!2: a|1.5");
    assertThat(Books.notes(file, reading))
        .containsExactly("Sheet 'Data': hidden columns were read like the others: B (value)");
    SluiceException refusal =
        Books.refusal(file, Books.source(Books.hidden(Hidden.READ, Hidden.SKIP)));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_MISSING);
    assertThat(refusal.problem()).contains("sheet 'Data'").contains("value ('Value')");
    assertThat(refusal.why()).endsWith("it has 'ID'; hidden columns are left out");
  }

  @Test
  void aHiddenCopyOfAColumnIsNoDuplicateWhereHiddenColumnsAreLeftOut() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(
                  sheet, new Object[] {"Value", "ID", "Value"}, new Object[] {"old", "a", 1.5});
              sheet.setColumnHidden(0, true);
            });

    assertThat(Books.rows(file, Books.source(Books.hidden(Hidden.READ, Hidden.SKIP))))
        .containsExactly("Data!2: a|1.5");
    assertThat(Books.refusal(file, Books.source(Books.hidden(Hidden.READ, Hidden.READ))).reason())
        .isEqualTo(Reason.COLUMN_DUPLICATE);
  }

  private static Source skippingRows(TableEnd end) {
    return Sources.of(Books.COLUMNS)
        .layout(Books.hidden(Hidden.SKIP, Hidden.READ))
        .end(end)
        .build();
  }

  private Path hidingRows(String name, int... hidden) throws IOException {
    return Books.write(
        folder,
        name,
        book -> {
          Sheet sheet = book.createSheet("Data");
          Books.fill(sheet, HEADER, ONE, TWO, THREE);
          for (int row : hidden) {
            sheet.getRow(row).setZeroHeight(true);
          }
        });
  }
}
