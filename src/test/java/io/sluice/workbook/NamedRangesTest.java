package io.sluice.workbook;

import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import io.sluice.config.TableRange.By;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Name;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedRangesTest {
  @TempDir Path folder;

  @Test
  void anExcelTableIsReadWithinItsCells() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> table(book, "Holdings", "C4:D7", 1, 1));

    try (WorkbookTable table = Books.open(file, source(By.TABLE, "holdings"))) {
      assertThat(Books.rows(table)).containsExactly("Cash & more!5: a|1.5", "Cash & more!6: b|2");
      assertThat(table.layout().addresses()).containsExactly("C", "D");
      assertThat(table.counts()).isEqualTo(new RowCounts(8, 2, 1, 1, 2, 1, 1, 0));
    }
  }

  @Test
  void theTotalsRowOfAnExcelTableIsItsControlTotal() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> table(book, "Holdings", "C4:D7", 1, 1));
    Source source =
        Sources.of(Books.COLUMNS)
            .layout(Books.range(By.TABLE, "Holdings"))
            .end(new TableEnd(false, "", "", List.of("value")))
            .build();

    SluiceException refusal = Books.refusal(file, source);

    assertThat(refusal.reason()).isEqualTo(Reason.CONTROL_TOTAL_DIFFERS);
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("D7");
    assertThat(refusal.why()).contains("says 4").contains("sum to 3.5, which is 0.5 less");
  }

  @Test
  void withoutATotalsRowTheLastRowOfAnExcelTableIsData() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> table(book, "Holdings", "C4:D6", 1, 0));

    assertThat(Books.rows(file, source(By.TABLE, "Holdings")))
        .containsExactly("Cash & more!5: a|1.5", "Cash & more!6: b|2");
  }

  @Test
  void aTableThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> table(book, "Positions", "C4:D6", 1, 0));

    SluiceException refusal = Books.refusal(file, source(By.TABLE, "Holdings"));

    assertThat(refusal.reason()).isEqualTo(Reason.RANGE_MISSING);
    assertThat(refusal.why()).isEqualTo("it has 'Positions'");
  }

  @Test
  void aTableWithItsHeaderSwitchedOffIsRefused() throws IOException {
    Path file = Books.write(folder, "book.xlsx", book -> table(book, "Holdings", "C5:D6", 0, 0));

    SluiceException refusal = Books.refusal(file, source(By.TABLE, "Holdings"));

    assertThat(refusal.reason()).isEqualTo(Reason.RANGE_INVALID);
    assertThat(refusal.why()).isEqualTo("its header row is switched off");
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Cash & more");
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("C5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aDefinedNameIsReadWithinItsCellsAlsoOnAHiddenSheet(String name) throws IOException {
    Path file =
        Books.write(
            folder,
            name,
            book -> {
              book.createSheet("Cover");
              sheet(book);
              named(book, "HoldingsRange", "'Cash & more'!$C$4:$D$5");
              book.setSheetHidden(1, true);
            });

    try (WorkbookTable table = Books.open(file, source(By.NAME, "holdingsrange"))) {
      assertThat(Books.rows(table)).containsExactly("Cash & more!5: a|1.5");
      assertThat(table.counts()).isEqualTo(new RowCounts(8, 1, 1, 1, 2, 0, 3, 0));
    }
  }

  @Test
  void aNameOfOneSheetCountsWhereTheWorkbookHasNoneOfItsOwn() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              book.createSheet("Cover");
              sheet(book);
              named(book, "Data", "'Cash & more'!$C$4:$D$6").setSheetIndex(1);
            });

    assertThat(Books.rows(file, source(By.NAME, "Data"))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OFFSET('Cash & more'!$C$4,0,0,3,2)",
        "'Cash & more'!$C$4:$D$5,'Cash & more'!$C$7:$D$8",
        "42"
      })
  void aNameThatIsNoBlockOfCellsIsRefused(String formula) throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              sheet(book);
              named(book, "Data", formula);
            });

    SluiceException refusal = Books.refusal(file, source(By.NAME, "Data"));

    assertThat(refusal.reason()).isEqualTo(Reason.RANGE_INVALID);
    assertThat(refusal.why()).contains(formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aNameThatIsNotThereIsRefused(String name) throws IOException {
    Path file = Books.write(folder, name, NamedRangesTest::sheet);

    for (By by : List.of(By.NAME, By.TABLE)) {
      SluiceException refusal = Books.refusal(file, source(by, "Holdings"));
      assertThat(refusal.reason()).isEqualTo(Reason.RANGE_MISSING);
      assertThat(refusal.why()).endsWith(" at all");
    }
  }

  @Test
  void aRangeWithoutTheHeaderIsRefusedWithItsRows() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              sheet(book);
              named(book, "Data", "'Cash & more'!$C$5:$D$6");
            });

    SluiceException refusal = Books.refusal(file, source(By.NAME, "Data"));

    assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(refusal.why()).startsWith("no row within rows 5 to 6 ");
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Cash & more");
  }

  private static Source source(By by, String name) {
    return Books.source(Books.range(by, name));
  }

  private static Name named(Workbook book, String name, String formula) {
    Name defined = book.createName();
    defined.setNameName(name);
    defined.setRefersToFormula(formula);
    return defined;
  }

  private static void table(Workbook book, String name, String cells, int header, int totals) {
    XSSFSheet sheet = (XSSFSheet) sheet(book);
    XSSFTable table = sheet.createTable(new AreaReference(cells, SpreadsheetVersion.EXCEL2007));
    table.setDisplayName(name);
    table.getCTTable().setHeaderRowCount(header);
    table.getCTTable().setTotalsRowCount(totals);
  }

  /** The table lies in C4 to D6, with other things around it. */
  private static Sheet sheet(Workbook book) {
    return Books.fill(
        book.createSheet("Cash & more"),
        new Object[] {"Cash and more"},
        new Object[] {},
        new Object[] {},
        indented("Value", HEADER),
        indented("x", ONE),
        indented("y", TWO),
        indented("z", new Object[] {"sum", 4}),
        indented("z", new Object[] {"other", 9}));
  }

  private static Object[] indented(String before, Object[] cells) {
    return new Object[] {before, null, cells[0], cells[1]};
  }
}
