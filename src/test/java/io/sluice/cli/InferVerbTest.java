package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.sample.SampleWorkbooks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InferVerbTest {
  private static final Path ETF =
      Path.of(System.getProperty("user.dir")).resolve("../shared/data/etf").normalize();

  /** Without a table, without an end, and no workbook. */
  private static final List<String> NO_TABLE =
      List.of(
          "holdings_00105_2024-01-16.xlsx",
          "holdings_00106_2024-01-17.xlsx",
          "~$holdings_00104_2024-01-18.xlsx");

  @TempDir static Path sample;
  @TempDir Path folder;

  @BeforeAll
  static void sample() {
    SampleWorkbooks.write(sample, SampleWorkbooks.Size.standard());
  }

  static List<Path> sampleWorkbooks() throws IOException {
    try (Stream<Path> files = Files.walk(sample)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !NO_TABLE.contains(file.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  @Test
  void theDraftOfEverySampleWorkbookReadsItWithoutRefusalOrReject() throws IOException {
    List<Path> files = sampleWorkbooks();
    for (Path file : files) {
      assertReads(draft(file), file);
    }
    assertThat(files).hasSize(96);
  }

  @Test
  void oneDraftOfAllSampleWorkbooksHasASourceForEachLayoutAndReadsThemAll() throws IOException {
    Path[] files = sampleWorkbooks().toArray(Path[]::new);

    Path conf = draft(files);

    assertThat(Files.readString(conf).lines().filter(line -> line.startsWith("sources.")))
        .hasSize(6);
    assertReads(conf, files);
  }

  static List<Path> etfWorkbooks() throws IOException {
    if (!Files.isDirectory(ETF)) {
      return List.of(ETF);
    }
    try (Stream<Path> files = Files.list(ETF)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("etfWorkbooks")
  void theDraftOfAnIssuersWorkbookReadsIt(Path file) throws IOException {
    assumeTrue(Files.isRegularFile(file), "no folder " + ETF);

    Path conf = draft(file);

    assertReads(conf, file);
    assertThat(Files.readString(conf))
        .contains(
            "  identifier { header = \"Identifier\", type = string, required = true }",
            "  table-end { at-blank-row = true }");
  }

  @Test
  void linesOverTheTableAreFoundByLabelAndADateIsCutOutOfItsText() throws IOException {
    Path file =
        workbook(
            "fund-2024-03-19.xlsx",
            row("Fund Name:", "A Trust"),
            row("Ticker Symbol:", "AAA"),
            row("Holdings:", "As of 19-Mar-2024"),
            row(),
            row("Name", "Identifier", "Weight"),
            row("One", "037833100", 0.4),
            row("Two", "00846E10", 0.6),
            row(),
            row("Past performance is no guarantee."));

    Path conf = draft(file);

    assertThat(Files.readString(conf).lines().map(String::strip))
        .contains(
            "files = \"fund-*.xlsx\"",
            "slice = [ticker_symbol, holdings_date] # what one workbook restates whole",
            "fund_name { label = \"Fund Name:\", type = string } # 'A Trust'",
            "ticker_symbol { label = \"Ticker Symbol:\", type = string } # 'AAA'",
            "holdings_date { label = \"Holdings:\", extract = \"As of (.+)\", type = date,"
                + " format = \"dd-MMM-yyyy\" } # 'As of 19-Mar-2024'",
            "table-end { at-blank-row = true }",
            "partition-by-date = holdings_date");
    assertReads(conf, file);
  }

  @Test
  void typesFollowFromAllCellsAndTheEvidenceStandsBesideThem() throws IOException {
    Path file =
        workbook(
            "trades.xlsx",
            row(
                "Account",
                "Code",
                "Trade No",
                "Quantity",
                "Rate",
                "Traded",
                "Settled",
                "Live",
                "Nr of lots",
                "Remark",
                "Fees"),
            row(
                "00123",
                "00846E10",
                1.0,
                100.0,
                0.18137500000000001,
                "15-Jan-2024",
                LocalDate.of(2024, 1, 17),
                true,
                3.0,
                "NA",
                "1,234.50"),
            row(
                "00124",
                "12345678",
                2.0,
                "-",
                2.5,
                "3-Feb-2024",
                LocalDate.of(2024, 2, 5),
                false,
                4.0,
                null,
                "(2.25)"),
            row(
                "00125",
                "87654321",
                3.0,
                250.5,
                "n/a",
                "29-Feb-2024",
                LocalDate.of(2024, 3, 4),
                true,
                null,
                "late",
                FormulaError.DIV0));

    Path conf = draft(file);

    assertThat(Files.readString(conf).lines().map(String::strip))
        .contains(
            "account { header = \"Account\", type = string, required = true } # 3 cells: 3 texts",
            "code { header = \"Code\", type = string } # 3 cells: 3 texts",
            "trade_no { header = \"Trade No\", type = string }"
                + " # 3 cells: 3 whole numbers; the header names a code",
            "quantity { header = \"Quantity\", type = \"decimal(20,4)\", null-text = [\"-\"] }"
                + " # 3 cells: 1 whole number, 1 number with a fraction, 1 '-'",
            "rate { header = \"Rate\", type = \"decimal(22,6)\", null-text = [\"n/a\"] }"
                + " # 3 cells: 2 numbers with a fraction, 1 'n/a'",
            "traded { header = \"Traded\", type = date, required = true, format = \"d-MMM-yyyy\" }"
                + " # 3 cells: 3 texts",
            "settled { header = \"Settled\", type = date } # 3 cells: 3 dates",
            "live { header = \"Live\", type = boolean } # 3 cells: 3 true or false",
            "nr_of_lots { header = \"Nr of lots\", type = bigint }"
                + " # 3 cells: 2 whole numbers, 1 blank",
            "remark { header = \"Remark\", type = string } # 3 cells: 1 text, 1 'NA', 1 blank",
            "fees { header = \"Fees\", type = \"decimal(20,4)\", null-text = [\"#DIV/0!\"] }"
                + " # 3 cells: 2 numbers stored as text, 1 '#DIV/0!' for now read as none");
    assertReads(conf, file);
  }

  @Test
  void aDateThatMayBeReadTwoWaysIsQuestioned() throws IOException {
    Path file =
        workbook(
            "prices.xlsx",
            row("Security", "Priced"),
            row("A1", "01/02/2024"),
            row("B2", "03/04/2024"));

    assertThat(Files.readString(draft(file)))
        .contains(
            "format = \"MM/dd/yyyy\"", "dd/MM/yyyy would read them, too: which one is meant?");
  }

  @Test
  void digitsStoredAsTextStayTextUnlessTheHeaderNamesAnAmount() throws IOException {
    Path file =
        workbook(
            "digits.xlsx",
            row("Lot", "Shares", "Mixed"),
            row("100", "100", 7.0),
            row("200", "250", "012"),
            row("300", "300", 9.0));

    Path conf = draft(file);

    assertThat(Files.readString(conf))
        .contains(
            "lot { header = \"Lot\", type = string, required = true } # 3 cells: 3 texts; digits",
            "shares { header = \"Shares\", type = \"decimal(20,4)\" } # 3 cells: 3 numbers stored",
            "mixed { header = \"Mixed\", type = string } # 3 cells: 2 whole numbers, 1 text");
    assertReads(conf, file);
  }

  @Test
  void theSmallestSetOfColumnsThatTellsRowsApartIsTheKeyAndEqualRowsDoNotHinder()
      throws IOException {
    Path file =
        workbook(
            "lots_2024-01-15.xlsx",
            row("Portfolio", "Date", "Security ID", "Lot", "Value"),
            row("P1", LocalDate.of(2024, 1, 15), "S1", "a", 1.0),
            row("P1", LocalDate.of(2024, 1, 15), "S1", "b", 1.0),
            row("P1", LocalDate.of(2024, 1, 15), "S2", "a", 1.0),
            row("P1", LocalDate.of(2024, 1, 15), "S2", "a", 1.0));

    Path conf = draft(file);

    assertThat(Files.readString(conf).lines().map(String::strip))
        .contains(
            "slice = [portfolio, date] # what one workbook restates whole",
            "key = [portfolio, date, security_id, lot]"
                + " # Security ID, Lot tell apart the 4 rows seen",
            "partition-by-date = date");
    assertReads(conf, file);
  }

  @Test
  void blankRowsWithinTheTableDoNotEndItButTotalsAndFootersDo() throws IOException {
    Path totals =
        workbook(
            "totals.xlsx",
            row("Custody report"),
            row(),
            row("Security", "Value"),
            row("A", 1.0),
            row(),
            row("B", 2.0),
            row("Total", 3.0),
            row("End of report"));
    Path footer =
        workbook(
            "footer.xlsx",
            row("Security", "Name", "Value"),
            row("A", "One", 1.0),
            row(),
            row("B", "Two", 2.0),
            row("Source: (our) books"));

    Path totalsConf = draft(totals);
    Path footerConf = draft(footer);

    assertThat(Files.readString(totalsConf))
        .contains("table-end { totals = \"(?i)(grand )?totals?:?\" }", "# row 7 ('Total') ends");
    assertThat(Files.readString(footerConf))
        .contains("totals = \"(?i)Source: \\\\(our\\\\) books\"", "# row 5 and those below");
    assertThat(assertReads(totalsConf, totals)).contains("2 of data");
    assertThat(assertReads(footerConf, footer)).contains("2 of data");
  }

  @Test
  void headersThatStandTwiceAreLeftOutAndSaid() throws IOException {
    Path file =
        workbook(
            "twice.xlsx",
            row("Security", "Value", "value ", "Sheet", "2024"),
            row("A", 1.0, 2.0, "x", 5.0),
            row("B", 3.0, 4.0, "y", 6.0));

    Path conf = draft(file);

    assertThat(Files.readString(conf))
        .contains(
            "# the header 'Value' stands 2 times, so none of its columns can be told by name",
            "sheet_value { header = \"Sheet\", type = string }",
            "c_2024 { header = \"2024\", type = bigint }")
        .doesNotContain("header = \"Value\"");
    assertReads(conf, file);
  }

  @Test
  void theTableMayLieOnALaterSheet() throws IOException {
    Path file = folder.resolve("later.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook, workbook.createSheet("Cover"), row("Positions of the day"));
      fill(workbook, workbook.createSheet("Data"), row("Security", "Value"), row("A", 1.0));
      workbook.write(out);
    }

    Path conf = draft(file);

    assertThat(Files.readString(conf)).contains("  sheet = \"Data\"");
    assertReads(conf, file);
  }

  @Test
  void whatNoContractReadsIsSaidBesideTheDraft() throws IOException {
    Path file = folder.resolve("formula.xlsx");
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      XSSFSheet sheet = workbook.createSheet();
      fill(workbook, sheet, row("Security", "Value"), row("A", 1.0), row("B", 2.0));
      sheet.getRow(2).getCell(1).setCellFormula("1+1");
      sheet.getRow(2).getCell(1).getCTCell().unsetV();
      workbook.write(out);
    }

    Said said = Said.by("infer", file.toString());

    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("1 formula without a value", "sources.formula {");
    assertThat(said.err()).contains("note: formula.xlsx: 1 rows would be rejected", "cell B3");
  }

  @Test
  void moreDigitsThanPeopleWriteAreKeptAndQuestioned() throws IOException {
    Path file =
        workbook(
            "noise.xlsx", row("Security", "Value"), row("A", 0.30000000000000004), row("B", 1e-10));

    Path conf = draft(file);

    assertThat(Files.readString(conf))
        .contains("type = \"decimal(26,10)\"", "up to 10 digits after the point");
    assertReads(conf, file);
  }

  @Test
  void aDraftReplacesNoFile() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.conf"), "mine");

    Said said = Said.by("infer", sampleWorkbooks().get(0).toString(), "--out", mine.toString());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("mine.conf exists already");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void whatIsNoWorkbookOrHasNoTableIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.xlsx"), "a,b\n");
    assertThat(Said.by("infer", text.toString()).code()).isEqualTo(4);
    assertThat(Said.by("infer", text.toString()).err()).contains("NOT_A_WORKBOOK");

    Path empty = workbook("empty.xlsx", row("Security", "Value"));
    Said said = Said.by("infer", empty.toString());
    assertThat(said.code()).isEqualTo(4);
    assertThat(said.err()).contains("HEADER_MISSING: empty.xlsx has no table", "remedy");

    assertThat(Said.by("infer", folder.resolve("none.xlsx").toString()).code()).isEqualTo(2);
    assertThat(Said.by("infer", folder.toString()).err()).contains("is a folder");
  }

  @Test
  void noClassOfSparkIsLoaded() throws IOException, InterruptedException {
    assertThat(Said.classesLoadedBy(folder, "infer", sampleWorkbooks().get(0).toString()))
        .contains("io.sluice.workbook.infer.Inference")
        .noneMatch(
            name ->
                name.startsWith("org.apache.spark.")
                    || name.startsWith("org.apache.hadoop.")
                    || name.startsWith("scala."));
  }

  private Path draft(Path... files) throws IOException {
    Path conf = Files.createTempDirectory(folder, "draft").resolve("draft.conf");
    List<String> arguments = new ArrayList<>(List.of("infer", "--out", conf.toString()));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    Said said = Said.by(arguments.toArray(String[]::new));
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.err()).isEmpty();
    return conf;
  }

  private static String assertReads(Path conf, Path... files) {
    List<String> arguments = new ArrayList<>(List.of("lint", "--pipeline", conf.toString()));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    Said said = Said.by(arguments.toArray(String[]::new));
    assertThat(said.code()).as(said.out() + said.err()).isZero();
    assertThat(said.out().lines().filter(line -> line.endsWith(": clean"))).hasSize(files.length);
    return said.out();
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private Path workbook(String name, Object[]... rows) throws IOException {
    Path file = folder.resolve(name);
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook, workbook.createSheet("Data"), rows);
      workbook.write(out);
    }
    return file;
  }

  private static void fill(XSSFWorkbook workbook, XSSFSheet sheet, Object[]... rows) {
    CellStyle date = workbook.createCellStyle();
    date.setDataFormat((short) 14);
    for (int i = 0; i < rows.length; i++) {
      Row row = rows[i].length == 0 ? null : sheet.createRow(i);
      for (int j = 0; j < rows[i].length; j++) {
        if (rows[i][j] != null) {
          put(row.createCell(j), rows[i][j], date);
        }
      }
    }
  }

  private static void put(Cell cell, Object value, CellStyle date) {
    if (value instanceof String text) {
      cell.setCellValue(text);
    } else if (value instanceof Double number) {
      cell.setCellValue(number);
    } else if (value instanceof Boolean flag) {
      cell.setCellValue(flag);
    } else if (value instanceof FormulaError error) {
      cell.setCellErrorValue(error.getCode());
    } else {
      cell.setCellStyle(date);
      cell.setCellValue((LocalDate) value);
    }
  }
}
