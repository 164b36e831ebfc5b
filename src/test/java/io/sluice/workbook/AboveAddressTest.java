package io.sluice.workbook;

import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType.Kind;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AboveAddressTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void aValueIsFoundByItsAddress(String name) throws IOException {
    Path file = book(name, "Positions", "As of 15-Jan-2024");

    try (WorkbookTable table = Books.open(file, source(true, "B1"))) {
      assertThat(Books.rows(table)).containsExactly("Data!3: 15-Jan-2024|a|1.5");
      assertThat(table.layout().addresses()).containsExactly("B1", "A", "B");
      assertThat(table.layout().headers()).containsExactly("", "ID", "Value");
    }
  }

  @Test
  void anEmptyCellIsRefusedByItsAddress() throws IOException {
    SluiceException refusal =
        Books.refusal(book("book.xlsx", "Positions", null), source(true, "B1"));

    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_MISSING);
    assertThat(refusal.problem()).endsWith("lacks a cell above the table: B1 (gives as_of_date)");
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("B1");
  }

  @Test
  void aCellThatIsNotOverTheHeaderIsNotLookedAt() throws IOException {
    SluiceException refusal =
        Books.refusal(book("book.xlsx", "As of 15-Jan-2024", "x"), source(true, "B3"));

    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_MISSING);
    assertThat(refusal.why()).isEqualTo("only the rows above the header (row 2) were looked at");
  }

  @Test
  void aCellOfAnotherFormIsRefusedByItsAddress() throws IOException {
    SluiceException refusal =
        Books.refusal(book("book.xlsx", "Positions", "yesterday"), source(true, "B1"));

    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_INVALID);
    assertThat(refusal.problem()).contains("cell B1").contains("(column as_of_date)");
  }

  @Test
  void aValueThatIsNotRequiredMayBeAbsentWhetherByAddressOrByLabel() throws IOException {
    Path file = book("book.xlsx", "Positions", null);

    try (WorkbookTable table = Books.open(file, source(false, "B1"))) {
      assertThat(Books.rows(table)).containsExactly("Data!3: null|a|1.5");
      assertThat(table.layout().addresses()).containsExactly("", "A", "B");
      assertThat(table.layout().aboveKinds()).isEqualTo("_");
    }
    assertThat(Books.rows(file, source(false, ""))).containsExactly("Data!3: null|a|1.5");
  }

  private static Source source(boolean required, String cell) {
    AboveCell labelled =
        Sources.above("as_of_date", Kind.DATE, "As of", "As of (.+)", "dd-MMM-yyyy");
    Column asked = ColumnBuilder.like(labelled.column()).required(required).build();
    AboveCell above = new AboveCell(asked, cell.isEmpty() ? "As of" : "", labelled.extract(), cell);
    return Sources.of(Books.COLUMNS).above(above).build();
  }

  private Path book(String name, String first, String second) throws IOException {
    return Books.write(
        folder,
        name,
        book -> Books.fill(book.createSheet("Data"), new Object[] {first, second}, HEADER, ONE));
  }
}
