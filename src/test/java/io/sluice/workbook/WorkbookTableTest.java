package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnType.Kind;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.LayoutBuilder;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.config.TableEnd;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTableTest {
  private static final List<Column> COLUMNS =
      List.of(
          Sources.text("security_id", "CUSIP", "Identifier"),
          Sources.text("security_name", "Security Name"),
          Sources.decimal("market_value", "Market Value", "MV"));
  private static final Object[] HEADER = {"CUSIP", "Security Name", "Market Value"};
  private static final Object[] APPLE = {"037833100", "APPLE INC", 1.5};
  private static final Object[] NEWS = {"65249B109", "NEWS CORP", 2};
  private static final Object[] BLANK = {};
  private static final List<AboveCell> AS_OF =
      List.of(
          Sources.above("as_of_date", Kind.DATE, "As of", "", "dd-MMM-yyyy"),
          Sources.above("fund", Kind.STRING, "Fund", "\\((\\w+)\\)"));

  @TempDir Path folder;

  @Test
  void columnsBindByHeaderWhateverTheirOrderCaseAndBlanks() throws IOException {
    Path file =
        book(
            "Holdings",
            new Object[] {"mv", "Comment", " Security\n\u00a0NAME ", "identifier"},
            new Object[] {1.5, "fine", "APPLE INC", "037833100"});
    try (WorkbookTable table = open(file, table(SourceBuilder.USUAL_DRIFT))) {
      assertThat(rows(table)).containsExactly("2 ssn:037833100|APPLE INC|1.5");
      TableLayout layout = table.layout();
      assertThat(layout.sheet()).isEqualTo("Holdings");
      assertThat(layout.headerRow()).isEqualTo(1);
      assertThat(layout.addresses()).containsExactly("D", "C", "A");
      assertThat(layout.headers()).containsExactly("identifier", "Security NAME", "mv");
      assertThat(layout.warnings()).isEmpty();
      assertThat(table.notes())
          .containsExactly(
              "Headers that the contract does not name: B: Comment (1 cell, not kept)");
    }
  }

  @Test
  void everyRowOfTheSheetIsCounted() throws IOException {
    Path file =
        book(
            "Holdings",
            new Object[] {"A title"},
            BLANK,
            HEADER,
            APPLE,
            BLANK,
            NEWS,
            new Object[] {null, null, null, "a note in no column of the contract"},
            new Object[] {"Total", null, 3.5},
            BLANK,
            new Object[] {"Legal text"});
    try (WorkbookTable table =
        open(file, source(List.of(), new TableEnd(false, "(?i)total.*", "", List.of())))) {
      assertThat(rows(table))
          .containsExactly("4 ssn:037833100|APPLE INC|1.5", "6 ssn:65249B109|NEWS CORP|2");
      assertThat(table.counts()).isEqualTo(new RowCounts(10, 2, 1, 1, 4, 1, 1, 0));
    }
  }

  @Test
  void aTotalsTextMustMatchTheWholeCell() throws IOException {
    Path file = book("Holdings", HEADER, new Object[] {"Total Energies", "TOTAL", 1}, APPLE);
    try (WorkbookTable table =
        open(file, source(List.of(), new TableEnd(false, "Total", "", List.of())))) {
      assertThat(rows(table)).hasSize(2);
      assertThat(table.counts().totals()).isZero();
    }
  }

  @Test
  void aBlankRowEndsTheTableWhereDeclaredAlsoIfTheFileLeavesItOut() throws IOException {
    Path stored = book("Holdings", HEADER, APPLE, new Object[] {" "}, NEWS);
    Path leftOut =
        new RawXlsx()
            .rows(
                textRow(1, "CUSIP", "Security Name", "MV")
                    + textRow(2, "037833100", "APPLE INC", "1")
                    + textRow(4, "Legal text", "", ""))
            .write(folder.resolve("gap.xlsx"));
    Source source = source(List.of(), new TableEnd(true, "", "", List.of()));
    for (Path file : List.of(stored, leftOut)) {
      try (WorkbookTable table = open(file, source)) {
        assertThat(rows(table)).hasSize(1);
        assertThat(table.counts()).isEqualTo(new RowCounts(4, 1, 0, 1, 1, 0, 1, 0));
      }
    }
  }

  @Test
  void aHeaderWithoutRowsIsATableWithoutData() throws IOException {
    try (WorkbookTable table = open(book("Holdings", HEADER), table(SourceBuilder.USUAL_DRIFT))) {
      assertThat(rows(table)).isEmpty();
      assertThat(table.counts()).isEqualTo(new RowCounts(1, 0, 0, 1, 0, 0, 0, 0));
    }
  }

  @Test
  void countsAreRefusedWhileRowsAreLeft() throws IOException {
    try (WorkbookTable table =
        open(book("Holdings", HEADER, APPLE), table(SourceBuilder.USUAL_DRIFT))) {
      assertThatThrownBy(table::counts).isInstanceOf(IllegalStateException.class);
      rows(table);
      assertThatThrownBy(table::rows).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void cellsAboveAreRepeatedInEveryRow() throws IOException {
    Path file =
        book(
            "Holdings",
            new Object[] {"AS OF :", null, "15-Jan-2024"},
            new Object[] {null, "fund", "Growth (GRW)"},
            BLANK,
            HEADER,
            APPLE,
            NEWS);
    try (WorkbookTable table = open(file, source(AS_OF, SourceBuilder.SHEET_END))) {
      assertThat(rows(table))
          .containsExactly(
              "5 ssssn:15-Jan-2024|GRW|037833100|APPLE INC|1.5",
              "6 ssssn:15-Jan-2024|GRW|65249B109|NEWS CORP|2");
      assertThat(table.layout().addresses()).containsExactly("C1", "C2", "A", "B", "C");
      assertThat(table.layout().aboveTexts()).containsExactly("15-Jan-2024", "GRW");
      assertThat(table.layout().aboveKinds()).isEqualTo("ss");
    }
  }

  @Test
  void allMissingCellsAboveAreNamedAtOnceAndALabelIsNoValue() throws IOException {
    Path file =
        book(
            "Holdings", new Object[] {"As of:", "Fund:"}, HEADER, APPLE, new Object[] {"As of", 1});
    SluiceException refusal = refusal(file, source(AS_OF, SourceBuilder.SHEET_END));
    assertThat(refusal.reason()).isEqualTo(Reason.ABOVE_MISSING);
    assertThat(refusal.getMessage())
        .contains("'As of' (gives as_of_date), 'Fund' (gives fund)")
        .contains("only the rows above the header (row 2) were looked at");
  }

  @Test
  void anInvalidCellAboveIsNamedWithItsAddress() throws IOException {
    Object[] fund = {"Fund", "Growth (GRW)"};
    SluiceException notDate =
        refusal(
            book("Holdings", new Object[] {"As of", "yesterday"}, fund, HEADER, APPLE),
            source(AS_OF, SourceBuilder.SHEET_END));
    assertThat(notDate.reason()).isEqualTo(Reason.ABOVE_INVALID);
    assertThat(notDate.place().orElseThrow().cell()).isEqualTo("B1");
    assertThat(notDate.why()).contains("'yesterday' is not a date");
    SluiceException notExtracted =
        refusal(
            book(
                "Holdings",
                new Object[] {"As of", "15-Jan-2024"},
                new Object[] {"Fund", "Growth"},
                HEADER,
                APPLE),
            source(AS_OF, SourceBuilder.SHEET_END));
    assertThat(notExtracted.reason()).isEqualTo(Reason.ABOVE_INVALID);
    assertThat(notExtracted.place().orElseThrow().cell()).isEqualTo("B2");
  }

  @Test
  void aLabelWithTwoDifferentValuesIsRefused() throws IOException {
    Object[] fund = {"Fund", "Growth (GRW)"};
    Path file =
        book(
            "Holdings",
            new Object[] {"As of", "15-Jan-2024"},
            new Object[] {"As of", "16-Jan-2024"},
            fund,
            HEADER,
            APPLE);
    assertThat(refusal(file, source(AS_OF, SourceBuilder.SHEET_END)).reason())
        .isEqualTo(Reason.ABOVE_INVALID);
  }

  @Test
  void theSheetIsFoundByNameOrIsTheFirstVisibleOne() throws IOException {
    Path file = folder.resolve("sheets.xlsx");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(book.createSheet("Hidden"), HEADER);
      fill(book.createSheet("Shown"), HEADER, APPLE);
      fill(book.createSheet("Other"), HEADER, APPLE, NEWS);
      book.setSheetHidden(0, true);
      book.setActiveSheet(1);
      book.write(out);
    }
    try (WorkbookTable table = open(file, sheet(""))) {
      assertThat(table.layout().sheet()).isEqualTo("Shown");
    }
    try (WorkbookTable table = open(file, sheet(" oTHER "))) {
      assertThat(rows(table)).hasSize(2);
    }
    SluiceException refusal = refusal(file, sheet("Holdings"));
    assertThat(refusal.reason()).isEqualTo(Reason.SHEET_MISSING);
    assertThat(refusal.getMessage()).contains("'Hidden' (hidden), 'Shown', 'Other'");
  }

  @Test
  void withoutAHeaderTheNamesLookedForAreTold() throws IOException {
    SluiceException refusal =
        refusal(
            book("Holdings", new Object[] {"CUSIP", "x"}, APPLE), table(SourceBuilder.USUAL_DRIFT));
    assertThat(refusal.reason()).isEqualTo(Reason.HEADER_MISSING);
    assertThat(refusal.getMessage())
        .contains("within the first 20")
        .contains("'CUSIP' or 'Identifier', 'Security Name'");
  }

  @Test
  void aRenamedColumnIsRefusedWithTheAliasToAdd() throws IOException {
    Path file = book("Holdings", new Object[] {"CUSIP", "Security Name", "Mkt Value (USD)"}, APPLE);
    SluiceException refusal = refusal(file, table(SourceBuilder.USUAL_DRIFT));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_RENAMED);
    assertThat(refusal.remedy()).contains("'Mkt Value (USD)' to the headers of market_value");
    try (WorkbookTable table = open(file, table(Sources.WARN))) {
      assertThat(rows(table)).containsExactly("2 ss_:037833100|APPLE INC|null");
      assertThat(table.layout().addresses()).containsExactly("A", "B", "");
      assertThat(table.layout().warnings().get(0))
          .contains("'Mkt Value (USD)' may be its new name");
    }
  }

  @Test
  void aMissingColumnFollowsTheDriftPolicy() throws IOException {
    Path file = book("Holdings", new Object[] {"CUSIP", "Security Name"}, APPLE);
    SluiceException refusal = refusal(file, table(SourceBuilder.USUAL_DRIFT));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_MISSING);
    assertThat(refusal.problem()).contains("market_value ('Market Value' or 'MV')");
    try (WorkbookTable table = open(file, table(Sources.WARN))) {
      assertThat(rows(table)).containsExactly("2 ss_:037833100|APPLE INC|null");
    }
  }

  @Test
  void aColumnThatStandsThereTwiceIsRefused() throws IOException {
    Path file = book("Holdings", new Object[] {"CUSIP", "Security Name", "MV", "Market  value"});
    SluiceException refusal = refusal(file, table(Sources.WARN));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_DUPLICATE);
    assertThat(refusal.why()).contains("C1").contains("D1");
  }

  @Test
  void anUnknownHeaderIsRefusedWhereDeclared() throws IOException {
    Path file = book("Holdings", new Object[] {"CUSIP", "Security Name", "MV", "Analyst"}, APPLE);
    Drift unknown = new Drift(Policy.FAIL, Policy.FAIL, Policy.FAIL, Policy.FAIL);
    SluiceException refusal = refusal(file, table(unknown));
    assertThat(refusal.reason()).isEqualTo(Reason.COLUMN_UNKNOWN);
    assertThat(refusal.why()).isEqualTo("D: Analyst");
  }

  @Test
  void errorCellsAndFormulasWithoutValueKeepTheirKind() throws IOException {
    Path file =
        new RawXlsx()
            .rows(
                textRow(1, "CUSIP", "Security Name", "MV")
                    + "<row r=\"2\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c><c"
                    + " r=\"C2\"><f>1+1</f></c></row>")
            .write(folder.resolve("kinds.xlsx"));
    try (WorkbookTable table = open(file, table(SourceBuilder.USUAL_DRIFT))) {
      assertThat(rows(table)).containsExactly("2 e_f:#REF!|null|null");
    }
  }

  private static Source table(Drift drift) {
    return Sources.of(COLUMNS).drift(drift).build();
  }

  private static Source sheet(String name) {
    return Sources.of(COLUMNS)
        .layout(LayoutBuilder.layout().sheet(SheetChoice.named(name)).build())
        .build();
  }

  private static Source source(List<AboveCell> above, TableEnd end) {
    return Sources.of(COLUMNS).above(above).end(end).build();
  }

  private static WorkbookTable open(Path file, Source source) {
    return WorkbookTable.open(file, "in/" + file.getFileName(), source);
  }

  private static SluiceException refusal(Path file, Source source) {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> open(file, source).close());
    assertThat(refusal.place().orElseThrow().file()).isEqualTo("in/" + file.getFileName());
    return refusal;
  }

  private static List<String> rows(WorkbookTable table) {
    List<String> rows = new ArrayList<>();
    table
        .rows()
        .forEachRemaining(
            row ->
                rows.add(row.sheetRow() + " " + row.kinds() + ":" + String.join("|", row.texts())));
    return rows;
  }

  private static String textRow(int number, String... texts) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (String text : texts) {
      row.append("<c t=\"inlineStr\"><is><t>").append(text).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }

  private Path book(String sheet, Object[]... rows) throws IOException {
    Path file = Files.createTempFile(folder, "book", ".xlsx");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(book.createSheet(sheet), rows);
      book.write(out);
    }
    return file;
  }

  private static void fill(Sheet sheet, Object[]... rows) {
    for (int r = 0; r < rows.length; r++) {
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
}
