package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.config.ColumnType.Kind;
import io.sluice.config.Order;
import io.sluice.config.SheetChoice.By;
import io.sluice.config.Source;
import io.sluice.workbook.lint.LintedFile;
import io.sluice.workbook.lint.LintedFile.Reject;
import io.sluice.workbook.lint.LintedFile.Verdict;
import io.sluice.workbook.lint.Linter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.apache.poi.ss.usermodel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintedSheetsTest {
  @TempDir Path folder;

  @Test
  void aBadCellIsNamedInTheSheetThatItStandsIn() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> twoSheets(book, "7", "7"));

    LintedFile linted = lint(file);

    assertThat(linted.verdict()).isEqualTo(Verdict.REJECTS);
    assertThat(linted.sheet()).isEqualTo("East, West");
    assertThat(linted.rejects())
        .extracting(Reject::sheet, Reject::cell, Reject::columnName)
        .containsExactly(tuple("East", "B3", "value"), tuple("West", "A4", "value"));
    assertThat(linted.notes())
        .containsExactly("Sheet 'West': 1 hidden row was read like the others, namely row 4");
  }

  @Test
  void sheetsThatDisagreeOnTheirVersionRefuseTheFile() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> twoSheets(book, "7", "8"));

    LintedFile linted = lint(file);

    assertThat(linted.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(linted.refusal().reason()).isEqualTo("ORDER_AMBIGUOUS");
    assertThat(linted.refusal().sheet()).isEqualTo("West");
    assertThat(linted.refusal().why()).contains("'version'").contains("'West'");
  }

  private static LintedFile lint(Path file) {
    return Linter.lint(file, "in/book.xlsx", byVersion(), ZoneOffset.UTC, 10);
  }

  private static void twoSheets(Workbook book, String east, String west) {
    Books.fill(
        book.createSheet("East"),
        new Object[] {"Version", east},
        Books.HEADER,
        new Object[] {"a", "soon"});
    Books.fill(
            book.createSheet("West"),
            new Object[] {"Version", west},
            new Object[] {"Value", "ID"},
            new Object[] {1, "b"},
            new Object[] {"later", "c"})
        .getRow(3)
        .setZeroHeight(true);
  }

  private static Source byVersion() {
    return Sources.of(Books.COLUMNS)
        .layout(Books.sheet(By.EVERY_VISIBLE, ""))
        .above(Sources.above("version", Kind.STRING, "Version", ""))
        .order(new Order(Order.By.ABOVE, "version"))
        .build();
  }
}
