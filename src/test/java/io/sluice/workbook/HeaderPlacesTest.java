package io.sluice.workbook;

import static io.sluice.workbook.Books.BLANK;
import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Column;
import io.sluice.config.Source;
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

class HeaderPlacesTest {
  private static final List<Column> STACKED =
      List.of(
          Sources.text("id", "ID"),
          Sources.decimal("opening", "Position Opening"),
          Sources.decimal("closing", "Position Closing"));

  @TempDir Path folder;

  @Test
  void aDeclaredRowIsTheHeaderThoughAnotherOneLooksLikeIt() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> Books.fill(book.createSheet("Data"), HEADER, ONE, BLANK, HEADER, TWO));

    try (WorkbookTable table = Books.open(file, Books.source(Books.header(4, 1)))) {
      assertThat(Books.rows(table)).containsExactly("Data!5: b|2");
      assertThat(table.counts()).isEqualTo(new RowCounts(5, 1, 2, 1, 1, 0, 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whichRowIsTheHeaderDoesNotHangOnWhichColumnsAreRequired(boolean required)
      throws IOException {
    List<Column> columns =
        List.of(
            Sources.text("id", "ID"),
            Sources.column("name", Sources.text("x").type(), required, "Name"),
            Sources.decimal("value", "Value"),
            Sources.decimal("price", "Price"));
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book ->
                Books.fill(
                    book.createSheet("Data"),
                    new Object[] {"ID", "Value", "Price"},
                    new Object[] {"ID", "Name"},
                    new Object[] {"a", "one"}));

    SluiceException refusal = Books.refusal(file, Sources.of(columns).build());

    assertThat(refusal.reason())
        .isEqualTo(required ? Reason.HEADER_MISSING : Reason.COLUMN_MISSING);
    assertThat(refusal.toString()).contains(required ? "row 1 has most of all headers" : "name");
  }

  @Test
  void aDeclaredRowMayLieBelowTheRowsInWhichAHeaderIsLookedFor() throws IOException {
    Path file =
        new RawXlsx()
            .rows(
                row(1, "a title")
                    + row(30, "a remark")
                    + row(400, "ID", "Value")
                    + row(401, "a", "1.5"))
            .write(folder.resolve("deep.xlsx"));

    try (WorkbookTable table = Books.open(file, Books.source(Books.header(400, 1)))) {
      assertThat(Books.rows(table)).containsExactly("Data!401: a|1.5");
      assertThat(table.counts()).isEqualTo(new RowCounts(401, 1, 2, 1, 397, 0, 0, 0));
    }
  }

  @Test
  void aDeclaredRowThatIsNoHeaderIsRefusedWithItsCell() throws IOException {
    Path file =
        Books.write(folder, "book.xlsx", book -> Books.fill(book.createSheet("Data"), HEADER, ONE));

    SluiceException data = Books.refusal(file, Books.source(Books.header(2, 1)));
    assertThat(data.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(data.place().orElseThrow().cell()).isEqualTo("A2");
    assertThat(data.why())
        .isEqualTo(
            "row 2, where it is declared to stand, has none of the headers looked for: 'ID'");
    SluiceException beyond = Books.refusal(file, Books.source(Books.header(9, 1)));
    assertThat(beyond.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(beyond.why()).isEqualTo("row 9, where it is declared to stand, is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"book.xlsx", "book.xls"})
  void theTextsOfAHeaderOverTwoRowsAreJoinedAndMergedOnesSpread(String name) throws IOException {
    Path file =
        Books.write(
            folder,
            name,
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(
                  sheet,
                  new Object[] {"Positions of the day"},
                  BLANK,
                  new Object[] {"ID", "Position", null, "Remark"},
                  new Object[] {null, "Opening", "Closing"},
                  new Object[] {"a", 1, 2, "x"});
              Books.merge(sheet, "A1:D1");
              Books.merge(sheet, "A3:A4");
              Books.merge(sheet, "B3:C3");
            });
    Source found = Sources.of(STACKED).layout(Books.header(0, 2)).build();
    Source declared = Sources.of(STACKED).layout(Books.header(3, 2)).build();

    for (Source source : List.of(found, declared)) {
      try (WorkbookTable table = Books.open(file, source)) {
        assertThat(Books.rows(table)).containsExactly("Data!5: a|1|2");
        assertThat(table.layout().headerRow()).isEqualTo(4);
        assertThat(table.layout().addresses()).containsExactly("A", "B", "C");
        assertThat(table.layout().headers())
            .containsExactly("ID", "Position Opening", "Position Closing");
        assertThat(table.notes())
            .containsExactly(
                "Headers that the contract does not name: D: Remark (1 cell, not kept)");
        assertThat(table.counts()).isEqualTo(new RowCounts(5, 1, 1, 2, 1, 0, 0, 0));
      }
    }
  }

  @Test
  void aHeaderOverTwoRowsWhoseSecondOneIsMissingIsNotFound() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book ->
                Books.fill(
                    book.createSheet("Data"),
                    new Object[] {"ID", "Position"},
                    new Object[] {"a", 1}));

    SluiceException refusal =
        Books.refusal(file, Sources.of(STACKED).layout(Books.header(0, 2)).build());

    assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Data");
  }

  @Test
  void aHeaderCellMergedOverTwoColumnsNamesItsFirst() throws IOException {
    Path file =
        Books.write(
            folder,
            "book.xlsx",
            book -> {
              Sheet sheet = book.createSheet("Data");
              Books.fill(sheet, new Object[] {"ID", null, "Value"}, new Object[] {"a", "x", 1.5});
              Books.merge(sheet, "A1:B1");
            });

    assertThat(Books.rows(file, Books.source(Books.header(0, 1)))).containsExactly("Data!2: a|1.5");
  }

  private static String row(int number, String... texts) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (String text : texts) {
      row.append("<c t=\"inlineStr\"><is><t>").append(text).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }
}
