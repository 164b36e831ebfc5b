package io.sluice.workbook;

import static io.sluice.workbook.Books.BLANK;
import static io.sluice.workbook.Books.HEADER;
import static io.sluice.workbook.Books.ONE;
import static io.sluice.workbook.Books.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableEndTest {
  private static final Object[] FOOTER = {"Source: custodian", null};
  private static final Object[] AFTER = {"z", 9};

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "false, '', '', 5",
    "true, '', '', 2",
    "false, 'Source:.*', '', 3",
    "false, '', 'Source:.*', 3"
  })
  void theTableEndsAtABlankRowAPatternOrTheSheetsEnd(
      boolean blank, String totals, String footer, int rows) throws IOException {
    Path file = book(ONE, TWO, BLANK, new Object[] {"c", 3}, FOOTER, AFTER);

    assertThat(Books.rows(file, source(new TableEnd(blank, totals, footer, List.of()))))
        .hasSize(rows);
  }

  @Test
  void aFooterIsBelowTheTableAndNoTotalsRow() throws IOException {
    Path file = book(ONE, FOOTER, AFTER);

    try (WorkbookTable table =
        Books.open(file, source(new TableEnd(false, "Total", "Source:.*", List.of())))) {
      assertThat(Books.rows(table)).containsExactly("Data!2: a|1.5");
      assertThat(table.counts()).isEqualTo(new RowCounts(4, 1, 0, 1, 0, 0, 2, 0));
    }
  }

  @Test
  void rowsThatSumToTheControlTotalAreHandedOut() throws IOException {
    Path file = book(new Object[] {"a", 0.1}, new Object[] {"b", 0.2}, total(0.1 + 0.2));

    assertThat(Books.rows(file, controlled())).containsExactly("Data!2: a|0.1", "Data!3: b|0.2");
  }

  @Test
  void textsThatAreNumbersAndTextsForNoneAreSummedLikeTheRest() throws IOException {
    Path file = book(new Object[] {"a", "1,000.25"}, new Object[] {"b", "-"}, total("1000.25"));

    assertThat(Books.rows(file, controlled())).hasSize(2);
  }

  @Test
  void aRowTooFewIsRefusedWithTheExactDifference() throws IOException {
    Path file = book(ONE, TWO, total(12_345_678.9012));

    SluiceException refusal = Books.refusal(file, controlled());

    assertThat(refusal.reason()).isEqualTo(Reason.CONTROL_TOTAL_DIFFERS);
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Data");
    assertThat(refusal.place().orElseThrow().cell()).isEqualTo("B4");
    assertThat(refusal.problem()).contains("sheet 'Data', cell B4").contains("value");
    assertThat(refusal.why())
        .isEqualTo(
            "the totals row says 12345678.9012 and the 2 landed rows sum to 3.5,"
                + " which is 12345675.4012 less");
  }

  @Test
  void theDifferenceIsTakenToTheLastPlaceOfTheColumnsType() throws IOException {
    assertThat(Books.rows(book(ONE, TWO, total(3.50004)), controlled())).hasSize(2);
    assertThat(Books.refusal(book(ONE, TWO, total(3.49994)), controlled()).why())
        .endsWith("which is 0.00006 more");
  }

  @Test
  void cellsThatHoldNoNumberAreNamedBesideTheDifference() throws IOException {
    Path file = book(ONE, new Object[] {"b", "soon"}, total(3.5));

    assertThat(Books.refusal(file, controlled()).why())
        .endsWith("which is 2 less; 1 cell holds no number, the first is B3");
  }

  @Test
  void withoutATotalsRowOrANumberInItTheFileIsRefused() throws IOException {
    SluiceException none = Books.refusal(book(ONE, TWO), controlled());
    assertThat(none.reason()).isEqualTo(Reason.CONTROL_TOTAL_MISSING);
    assertThat(none.place().orElseThrow().sheet()).isEqualTo("Data");
    SluiceException empty = Books.refusal(book(ONE, total(null)), controlled());
    assertThat(empty.reason()).isEqualTo(Reason.CONTROL_TOTAL_MISSING);
    assertThat(empty.place().orElseThrow().cell()).isEqualTo("B3");
    assertThat(empty.why()).isEqualTo("its cell for value is empty");
    SluiceException text = Books.refusal(book(ONE, total("see above")), controlled());
    assertThat(text.reason()).isEqualTo(Reason.CONTROL_TOTAL_MISSING);
    assertThat(text.why()).contains("'see above'");
  }

  @Test
  void moneyIsSummedInDecimalAndNotInDoubles() throws IOException {
    List<Column> columns =
        List.of(
            Sources.text("id", "ID"),
            Sources.column("value", ColumnType.decimal(38, 12), false, "Value"));
    Path file =
        book(
            new Object[] {"a", "12345678901234567890.000000000001"},
            new Object[] {"b", "0.000000000002"},
            total("12345678901234567890.000000000004"));

    assertThat(
            Books.refusal(
                    file,
                    Sources.of(columns)
                        .end(new TableEnd(false, "Total", "", List.of("value")))
                        .build())
                .why())
        .endsWith("which is 0.000000000001 less");
  }

  private static Object[] total(Object value) {
    return new Object[] {"Total", value};
  }

  private static Source controlled() {
    return source(new TableEnd(false, "(?i)total.*", "", List.of("value")));
  }

  private static Source source(TableEnd end) {
    return Sources.of(Books.COLUMNS).end(end).build();
  }

  private Path book(Object[]... below) throws IOException {
    Object[][] rows = new Object[below.length + 1][];
    rows[0] = HEADER;
    System.arraycopy(below, 0, rows, 1, below.length);
    return Books.write(folder, "book.xlsx", book -> Books.fill(book.createSheet("Data"), rows));
  }
}
