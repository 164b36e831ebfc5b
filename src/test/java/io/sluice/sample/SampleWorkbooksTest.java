package io.sluice.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.sample.SampleWorkbooks.Size;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWorkbooksTest {
  @TempDir static Path sample;
  private static SampleSummary summary;

  @BeforeAll
  static void writeTheStandardSample() {
    summary = SampleWorkbooks.write(sample, Size.standard());
  }

  @Test
  void theSameSizeAndSeedGiveTheSameBytesAndTimesInAnotherFolder(@TempDir Path other)
      throws IOException {
    SampleWorkbooks.write(other.resolve("new/folder"), Size.standard());

    Map<String, Path> first = files(sample);
    Map<String, Path> second = files(other.resolve("new/folder"));
    assertThat(second.keySet()).isEqualTo(first.keySet());
    for (String file : first.keySet()) {
      assertThat(second.get(file)).hasSameBinaryContentAs(first.get(file));
      assertThat(Files.getLastModifiedTime(second.get(file)))
          .isEqualTo(Files.getLastModifiedTime(first.get(file)));
    }
  }

  @Test
  void anotherSeedGivesOtherValuesUnderTheSameNames(@TempDir Path other) throws IOException {
    SampleWorkbooks.write(other, new Size(6, 40, 15, 43));

    assertThat(files(other).keySet()).isEqualTo(files(sample).keySet());
    String file = "holdings/00101/holdings_00101_2024-01-02.xlsx";
    assertThat(value(other, file, "D6")).isNotEqualTo(value(sample, file, "D6"));
  }

  @Test
  void theStandardSampleHasTheDocumentedFiles() throws IOException {
    Map<String, Path> files = files(sample);

    // 90 workbooks of holdings, a correction, a resent copy, a lock file; 4 and 2 masters.
    assertThat(files).hasSize(90 + 3 + 4 + 2);
    assertThat(summary.written()).isEqualTo(99);
    assertThat(summary.files()).isEqualTo(99);
    assertThat(files.keySet())
        .filteredOn(file -> file.startsWith("masters/"))
        .containsExactly(
            "masters/portfolios/portfolios_2024-01-02.xlsx",
            "masters/portfolios/portfolios_2024-01-15.xlsx",
            "masters/securities/securities_2024-01-02.xlsx",
            "masters/securities/securities_2024-01-08.xlsx",
            "masters/securities/securities_2024-01-15.xlsx",
            "masters/securities/securities_2024-01-22.xlsx");
    assertThat(files.keySet())
        .filteredOn(file -> file.endsWith("_2024-01-15.xlsx") && file.startsWith("holdings/"))
        .hasSize(6);
  }

  @Test
  void aFolderThatHasTheSampleAlreadyIsLeftAsItIs(@TempDir Path folder) throws IOException {
    Size small = new Size(1, 12, 2, 7);
    SampleWorkbooks.write(folder, small);
    Path mended = folder.resolve("holdings/00101/holdings_00101_2024-01-03.xlsx");
    Path untouched = folder.resolve("holdings/00101/holdings_00101_2024-01-02.xlsx");
    Path foreign = folder.resolve("holdings/00101/notes.txt");
    Files.writeString(mended, "mended by hand");
    Files.writeString(foreign, "not ours");
    FileTime touched = FileTime.from(Instant.parse("2025-05-05T05:05:05Z"));
    Files.setLastModifiedTime(untouched, touched);

    SampleSummary again = SampleWorkbooks.write(folder, small);

    assertThat(again.written()).isZero();
    assertThat(again.unchanged()).isEqualTo(3);
    assertThat(again.kept()).containsExactly("holdings/00101/holdings_00101_2024-01-03.xlsx");
    assertThat(mended).hasContent("mended by hand");
    assertThat(foreign).hasContent("not ours");
    assertThat(Files.getLastModifiedTime(untouched)).isEqualTo(touched);
  }

  @Test
  void everyKindOfMessIsListedWithAFileThatExists() {
    Set<MessKind> kinds = new HashSet<>();
    for (Mess mess : summary.mess()) {
      kinds.add(mess.kind());
      assertThat(sample.resolve(mess.place().file())).exists();
    }
    assertThat(kinds).containsExactlyInAnyOrder(MessKind.values());
  }

  @Test
  void workbooksArriveOnTheNextBusinessMorningMastersFirst() throws IOException {
    assertThat(modified("masters/securities/securities_2024-01-02.xlsx"))
        .isEqualTo("2024-01-03T06:00:00Z");
    assertThat(modified("masters/portfolios/portfolios_2024-01-02.xlsx"))
        .isEqualTo("2024-01-03T06:00:30Z");
    assertThat(modified("holdings/00101/holdings_00101_2024-01-02.xlsx"))
        .isEqualTo("2024-01-03T06:01:00Z");
    assertThat(modified("holdings/00106/holdings_00106_2024-01-05.xlsx"))
        .as("a Friday's workbook comes on Monday")
        .isEqualTo("2024-01-08T06:02:15Z");
    assertThat(modified("holdings/00102/holdings_00102_2024-01-12.xlsx"))
        .as("the late day")
        .isEqualTo("2024-01-19T06:01:15Z");
  }

  @Test
  void realDatesAndDatesAsTextStandRightOfTheirLabel() throws IOException {
    try (XSSFWorkbook book = open("holdings/00101/holdings_00101_2024-01-15.xlsx")) {
      Cell date = cell(book.getSheet("Holdings"), "B3");
      assertThat(cell(book.getSheet("Holdings"), "A3").getStringCellValue()).isEqualTo("As of");
      assertThat(DateUtil.isCellDateFormatted(date)).isTrue();
      assertThat(date.getLocalDateTimeCellValue().toLocalDate())
          .isEqualTo(LocalDate.of(2024, 1, 15));
    }
    try (XSSFWorkbook book = open("holdings/00102/holdings_00102_2024-01-15.xlsx")) {
      Sheet sheet = book.getSheet("Holdings");
      assertThat(cell(sheet, "A1").getStringCellValue()).isEqualTo("Custody Holdings Report");
      assertThat(cell(sheet, "A2").getStringCellValue()).isEqualTo("Meridian Custody Services");
      assertThat(cell(sheet, "A3").getStringCellValue()).isEqualTo("As of:");
      assertThat(cell(sheet, "B3").getStringCellValue()).isEqualTo("15-Jan-2024");
    }
  }

  @Test
  void aPlainHoldingsSheetHasTheContractsColumnsAndExactCells() throws IOException {
    try (XSSFWorkbook book = open("holdings/00101/holdings_00101_2024-01-02.xlsx")) {
      Sheet sheet = book.getSheet("Holdings");
      assertThat(texts(sheet.getRow(4)))
          .containsExactly(
              "Portfolio",
              "CUSIP",
              "Security Name",
              "Quantity",
              "Price",
              "Market Value",
              "Currency");
      assertThat(sheet.getRow(3)).isNull();
      assertThat(cell(sheet, "A6").getStringCellValue()).isEqualTo("00101");
      assertThat(cell(sheet, "B6").getStringCellValue()).isEqualTo("037833100");
      assertThat(cell(sheet, "B7").getStringCellValue()).isEqualTo("00846E10");
      assertThat(cell(sheet, "F6").getNumericCellValue())
          .isEqualTo(
              cell(sheet, "D6").getNumericCellValue() * cell(sheet, "E6").getNumericCellValue());
      assertThat(cell(sheet, "G6").getStringCellValue()).isEqualTo("USD");
    }
  }

  @Test
  void aTotalsRowAndAFooterStandUnderTheHoldings() throws IOException {
    Mess mess = only(MessKind.TOTALS_ROW);
    try (XSSFWorkbook book = open(mess.place().file())) {
      Sheet sheet = book.getSheet("Holdings");
      int total = new CellReference(mess.place().cell()).getRow();
      double sum = 0;
      int holdings = 0;
      for (int row = 5; row < total; row++) {
        if (sheet.getRow(row) != null && !texts(sheet.getRow(row)).get(0).isEmpty()) {
          sum += sheet.getRow(row).getCell(5).getNumericCellValue();
          holdings++;
        }
      }
      assertThat(holdings).isEqualTo(12);
      assertThat(texts(sheet.getRow(total)).get(0)).isEqualTo("Total");
      assertThat(sheet.getRow(total).getCell(5).getNumericCellValue())
          .isCloseTo(sum, within(0.001));
      assertThat(texts(sheet.getRow(total + 2))).containsExactly("End of report");
      assertThat(sheet.getLastRowNum()).isEqualTo(total + 2);
    }
  }

  @Test
  void blankRowsBetweenHoldingsAreOfBothSorts() throws IOException {
    Mess mess = only(MessKind.BLANK_ROWS);
    try (XSSFWorkbook book = open(mess.place().file())) {
      Sheet sheet = book.getSheet("Holdings");
      int blank = new CellReference(mess.place().cell()).getRow();
      assertThat(sheet.getRow(blank)).isNull();
      assertThat(texts(sheet.getRow(blank + 1)).get(0)).isEqualTo("00101");
      assertThat(texts(sheet.getRow(blank + 6))).containsExactly("", "");
      assertThat(texts(sheet.getRow(blank + 7)).get(0)).isEqualTo("00101");
    }
  }

  @Test
  void headersAreAliasedRenamedAndShuffledInOneWorkbookEach() throws IOException {
    assertThat(headers(only(MessKind.DECLARED_ALIAS)))
        .containsExactly(
            "Portfolio", "Identifier", "Security Name", "Quantity", "Price", "MV", "Currency");
    assertThat(headers(only(MessKind.UNDECLARED_HEADER)))
        .containsExactly(
            "Portfolio",
            "CUSIP",
            "Security Name",
            "Quantity",
            "Price",
            "Mkt Val (USD)",
            "Currency");
    assertThat(headers(only(MessKind.SHUFFLED_COLUMNS)))
        .containsExactly(
            "Security Name",
            "Asset Class",
            "Currency",
            "CUSIP",
            "Market Value",
            "Price",
            "Quantity",
            "Desk Comment",
            "Portfolio");
  }

  @Test
  void formulasNameTheColumnsOfTheirSheetAndKeepTheirValue() throws IOException {
    try (XSSFWorkbook book = open("holdings/00103/holdings_00103_2024-01-05.xlsx")) {
      Sheet sheet = book.getSheet("Holdings");
      Cell value = cell(sheet, "E6");
      assertThat(value.getCellFormula()).isEqualTo("G6*F6");
      assertThat(value.getNumericCellValue())
          .isEqualTo(
              cell(sheet, "G6").getNumericCellValue() * cell(sheet, "F6").getNumericCellValue());
      assertThat(cell(sheet, "H6").getStringCellValue()).isEqualTo("checked <ops> & \"desk\"");
      assertThat(cell(sheet, "E18").getCellFormula()).isEqualTo("SUM(E6:E17)");
    }
  }

  @Test
  void numbersStoredAsTextAreGroupedOrPlain() throws IOException {
    try (XSSFWorkbook book = open(only(MessKind.NUMBERS_AS_TEXT).place().file())) {
      Sheet sheet = book.getSheet("Holdings");
      for (int row = 6; row <= 17; row++) {
        assertThat(cell(sheet, "D" + row).getStringCellValue()).matches("\\d+(\\.\\d{1,4})?");
        assertThat(cell(sheet, "E" + row).getStringCellValue()).matches("\\d+(\\.\\d{1,6})?");
        assertThat(cell(sheet, "F" + row).getStringCellValue())
            .matches("\\d{1,3}(,\\d{3})+\\.\\d{2}");
      }
    }
  }

  @Test
  void noiseIsStoredAsSeventeenDigits() throws IOException {
    Mess mess = only(MessKind.FLOATING_POINT_NOISE);
    try (XSSFWorkbook book = open(mess.place().file())) {
      String stored =
          ((XSSFCell) cell(book.getSheet("Holdings"), mess.place().cell())).getRawValue();
      assertThat(stored.replace(".", "")).hasSizeBetween(16, 17);
      assertThat(mess.description())
          .startsWith(
              BigDecimal.valueOf(Double.parseDouble(stored)).toPlainString() + " is stored");
    }
  }

  @Test
  void damagedCellsStandWhereTheSummarySays() throws IOException {
    Mess error = only(MessKind.ERROR_CELL);
    try (XSSFWorkbook book = open(error.place().file())) {
      Cell price = cell(book.getSheet("Holdings"), error.place().cell());
      assertThat(error.place().cell()).isEqualTo("E8");
      assertThat(price.getCellType()).isEqualTo(CellType.ERROR);
      assertThat(price.getErrorCellValue()).isEqualTo(FormulaError.NA.getCode());
    }
    Mess dash = only(MessKind.DASH_FOR_NONE);
    assertThat(dash.place().cell()).isEqualTo("F10");
    assertThat(value(sample, dash.place().file(), "F10")).isEqualTo("-");
    Mess broken = only(MessKind.BROKEN_VALUE_RULE);
    try (XSSFWorkbook book = open(broken.place().file())) {
      Sheet sheet = book.getSheet("Holdings");
      assertThat(broken.place().cell()).isEqualTo("F9");
      assertThat(cell(sheet, "F9").getNumericCellValue())
          .isEqualTo(
              cell(sheet, "D9").getNumericCellValue()
                  * cell(sheet, "E9").getNumericCellValue()
                  * 1.5);
    }
  }

  @Test
  void twoRowsRepeatTheRowAboveThem() throws IOException {
    List<Mess> repeats = all(MessKind.DUPLICATE_ROWS);
    assertThat(repeats).hasSize(2);
    for (Mess mess : repeats) {
      try (XSSFWorkbook book = open(mess.place().file())) {
        Sheet sheet = book.getSheet("Holdings");
        int row = new CellReference(mess.place().cell()).getRow();
        assertThat(texts(sheet.getRow(row))).isEqualTo(texts(sheet.getRow(row - 1)));
      }
    }
  }

  @Test
  void theCorrectionComesLaterWithOneQuantityChangedAndOneRowLess() throws IOException {
    String first = "holdings/00101/holdings_00101_2024-01-11.xlsx";
    String second = only(MessKind.CORRECTED_RESEND).place().file();
    assertThat(second).isEqualTo("holdings/00101/holdings_00101_2024-01-11_v2.xlsx");
    assertThat(modified(first)).isEqualTo("2024-01-12T06:01:00Z");
    assertThat(modified(second)).isEqualTo("2024-01-15T15:01:00Z");

    List<List<String>> before = holdings(first);
    List<List<String>> after = holdings(second);
    assertThat(before).hasSize(12);
    assertThat(after).hasSize(11);
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(Double.parseDouble(after.get(1).get(3)))
        .isEqualTo(Double.parseDouble(before.get(1).get(3)) + 250);
    assertThat(after.subList(2, 11)).isEqualTo(before.subList(2, 11));
  }

  @Test
  void theDayBeforeIsResentUnderAnotherDateAndTheRightWorkbookFollows() throws IOException {
    Mess mess = only(MessKind.RESENT_UNDER_ANOTHER_DATE);
    String copy = "holdings/00104/holdings_00104_2024-01-10.xlsx";
    String right = "holdings/00104/holdings_00104_2024-01-10_late.xlsx";
    assertThat(mess.place().file()).isEqualTo(copy);
    assertThat(sample.resolve(copy))
        .hasSameBinaryContentAs(sample.resolve("holdings/00104/holdings_00104_2024-01-09.xlsx"));
    assertThat(Instant.parse(modified(right))).isAfter(modified(copy));
    try (XSSFWorkbook book = open(right)) {
      assertThat(cell(book.getSheet("Holdings"), "B3").getLocalDateTimeCellValue().toLocalDate())
          .isEqualTo(LocalDate.of(2024, 1, 10));
    }
  }

  @Test
  void theHeaderOnlyWorkbookHasHeadersAndNothingBelow() throws IOException {
    try (XSSFWorkbook book = open(only(MessKind.HEADER_ONLY).place().file())) {
      assertThat(book.getSheet("Holdings").getLastRowNum()).isEqualTo(4);
      assertThat(texts(book.getSheet("Holdings").getRow(4))).startsWith("Portfolio", "CUSIP");
    }
  }

  @Test
  void theTruncatedWorkbookBeginsAsAnArchiveAndHasNoEnd() throws IOException {
    byte[] bytes = Files.readAllBytes(sample.resolve(only(MessKind.TRUNCATED).place().file()));
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(latin).startsWith("PK\u0003\u0004").doesNotContain("PK\u0005\u0006");
  }

  @Test
  void theLockFileLiesBesideTheWorkbookThatItLocks() throws IOException {
    String lock = only(MessKind.LOCK_FILE).place().file();
    assertThat(lock).isEqualTo("holdings/00104/~$holdings_00104_2024-01-18.xlsx");
    byte[] bytes = Files.readAllBytes(sample.resolve(lock));
    assertThat(bytes).hasSize(165);
    assertThat(new String(bytes, 1, bytes[0], StandardCharsets.US_ASCII)).isEqualTo("Sample User");
    assertThat(sample.resolve(lock.replace("~$", ""))).exists();
  }

  @Test
  void mastersChangeANameASectorAndAManagerMidway() throws IOException {
    String before = "masters/securities/securities_2024-01-08.xlsx";
    String after = "masters/securities/securities_2024-01-15.xlsx";
    assertThat(only(MessKind.SECURITY_RENAMED).place().file()).isEqualTo(after);
    List<List<String>> old = table(before, "Securities", 3);
    List<List<String>> changed = table(after, "Securities", 3);
    assertThat(old.get(0))
        .containsExactly("Security ID", "Name", "Ticker", "ISIN", "Sector", "Currency");
    assertThat(old).hasSize(1 + 37);
    List<String> differences = new ArrayList<>();
    for (int row = 0; row < old.size(); row++) {
      for (int column = 0; column < 6; column++) {
        if (!old.get(row).get(column).equals(changed.get(row).get(column))) {
          differences.add(new CellReference(row + 3, column).formatAsString());
        }
      }
    }
    assertThat(differences)
        .containsExactlyInAnyOrder(
            only(MessKind.SECURITY_RENAMED).place().cell(),
            only(MessKind.SECTOR_CHANGED).place().cell());

    List<List<String>> first =
        table("masters/portfolios/portfolios_2024-01-02.xlsx", "Portfolios", 3);
    List<List<String>> second =
        table("masters/portfolios/portfolios_2024-01-15.xlsx", "Portfolios", 3);
    assertThat(first.get(0))
        .containsExactly("Portfolio ID", "Portfolio Name", "Manager", "Base Currency");
    assertThat(first).extracting(row -> row.get(0)).endsWith("00104", "00105");
    assertThat(first.get(1).get(2)).isEqualTo("A. Okafor");
    assertThat(second.get(1).get(2)).isEqualTo("T. Moreau");
    assertThat(second.subList(2, 6)).isEqualTo(first.subList(2, 6));
  }

  @Test
  void holdingsUseTheNameThatTheMasterHasOnTheDay() throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (List<String> row :
        table("masters/securities/securities_2024-01-22.xlsx", "Securities", 4)) {
      names.put(row.get(0), row.get(1));
    }
    Set<String> unknown = new HashSet<>();
    for (int portfolio = 101; portfolio <= 106; portfolio++) {
      String id = "00" + portfolio;
      for (List<String> row : holdings("holdings/" + id + "/holdings_" + id + "_2024-01-22.xlsx")) {
        if (names.containsKey(row.get(1))) {
          assertThat(row.get(2)).isEqualTo(names.get(row.get(1)));
        } else {
          unknown.add(row.get(1));
        }
      }
    }
    assertThat(unknown).hasSize(3);
  }

  @Test
  void idsAreUniqueWellFormedAndTextEverywhere() throws IOException {
    List<List<String>> securities =
        table("masters/securities/securities_2024-01-02.xlsx", "Securities", 4);
    assertThat(securities).extracting(row -> row.get(0)).doesNotHaveDuplicates();
    assertThat(securities).extracting(row -> row.get(1)).doesNotHaveDuplicates();
    assertThat(securities).extracting(row -> row.get(2)).doesNotHaveDuplicates();
    assertThat(securities)
        .allSatisfy(
            row -> {
              assertThat(row.get(0)).matches("[0-9A-Z]{8,9}");
              assertThat(row.get(3)).matches("US[0-9A-Z]{9}[0-9]");
            });
    assertThat(securities)
        .extracting(row -> row.get(0))
        .contains("037833100", "00846E101", "00846E10");
    assertThat(securities)
        .filteredOn(row -> row.get(0).equals("037833100"))
        .extracting(row -> row.get(3))
        .containsExactly("US0378331005");
  }

  @Test
  void onlyTheDamagedRowsBreakTheContract() throws IOException {
    Set<String> broken = new HashSet<>();
    for (Map.Entry<String, Path> file : files(sample).entrySet()) {
      String name = file.getKey();
      boolean withoutRows =
          name.contains("~$")
              || name.equals(only(MessKind.TRUNCATED).place().file())
              || name.equals(only(MessKind.HEADER_ONLY).place().file());
      if (name.startsWith("masters/") || withoutRows || headers(name).contains("Asset Class")) {
        continue;
      }
      List<List<String>> holdings = holdings(name);
      assertThat(holdings).extracting(row -> row.get(0)).containsOnly(name.substring(9, 14));
      for (List<String> row : holdings) {
        if (!holdsTheValueRule(row)) {
          broken.add(name + " " + row.get(1));
        }
      }
    }
    assertThat(broken)
        .containsExactlyInAnyOrder(
            damaged(MessKind.ERROR_CELL, "B8"),
            damaged(MessKind.DASH_FOR_NONE, "B10"),
            damaged(MessKind.BROKEN_VALUE_RULE, "B9"));
  }

  @Test
  void aSampleTooSmallForSomeMessListsOnlyWhatItHas(@TempDir Path folder) {
    SampleSummary small = SampleWorkbooks.write(folder, new Size(1, 12, 1, 7));

    assertThat(small.written()).isEqualTo(3);
    assertThat(small.mess())
        .extracting(Mess::kind)
        .contains(MessKind.TITLE_ROWS, MessKind.LEADING_ZEROS)
        .doesNotContain(
            MessKind.TRUNCATED, MessKind.PORTFOLIO_NOT_IN_MASTER, MessKind.SECURITY_RENAMED);
  }

  @Test
  void rowsPerWorkbookGrowWithTheSize(@TempDir Path folder) throws IOException {
    SampleWorkbooks.write(folder, new Size(1, 5_004, 1, 5_000, 1));

    try (XSSFWorkbook book =
        read(folder.resolve("holdings/00101/holdings_00101_2024-01-02.xlsx"))) {
      Set<String> ids = new HashSet<>();
      for (Row row : book.getSheet("Holdings")) {
        if (texts(row).get(0).equals("00101")) {
          ids.add(row.getCell(1).getStringCellValue());
        }
      }
      assertThat(ids).hasSize(5_000);
    }
  }

  @Test
  void sizesOutOfRangeAreRefusedWithTheRange() {
    assertThatThrownBy(() -> new Size(0, 40, 15, 42))
        .isInstanceOfSatisfying(
            SluiceException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.USAGE);
              assertThat(refusal.why()).isEqualTo("portfolios must be from 1 to 10000");
            });
    assertThatThrownBy(() -> new Size(1, 40, 15, 37, 42))
        .hasMessageContaining("rowsPerWorkbook must be from 8 to 36");
  }

  @Test
  void aFolderThatIsAFileIsRefusedWithARemedy(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("landing"), "a file");

    assertThatThrownBy(() -> SampleWorkbooks.write(file, Size.standard()))
        .isInstanceOfSatisfying(
            SluiceException.class,
            refusal -> assertThat(refusal.remedy()).startsWith("Name a folder"));
    assertThat(file).hasContent("a file");
  }

  private static String damaged(MessKind kind, String id) throws IOException {
    String file = only(kind).place().file();
    return file + " " + value(sample, file, id);
  }

  private static boolean holdsTheValueRule(List<String> row) {
    try {
      double quantity = Double.parseDouble(row.get(3).replace(",", ""));
      double price = Double.parseDouble(row.get(4).replace(",", ""));
      double value = Double.parseDouble(row.get(5).replace(",", ""));
      return Math.abs(value - quantity * price) <= 0.01 * Math.abs(value);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static List<String> headers(Mess mess) throws IOException {
    return headers(mess.place().file());
  }

  private static List<String> headers(String file) throws IOException {
    return table(file, "Holdings", 4).get(0);
  }

  /** The rows of a holdings sheet in the usual layout, down to the totals. */
  private static List<List<String>> holdings(String file) throws IOException {
    return table(file, "Holdings", 5).stream()
        .takeWhile(row -> !row.get(0).equals("Total"))
        .filter(row -> !row.get(0).isEmpty())
        .toList();
  }

  /** The rows that exist from a zero-based row on. */
  private static List<List<String>> table(String file, String name, int from) throws IOException {
    try (XSSFWorkbook book = open(file)) {
      List<List<String>> rows = new ArrayList<>();
      for (Row row : book.getSheet(name)) {
        if (row.getRowNum() >= from) {
          rows.add(texts(row));
        }
      }
      return rows;
    }
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    row.forEach(cell -> texts.add(text(cell)));
    return texts;
  }

  private static String text(Cell cell) {
    CellType type =
        cell.getCellType() == CellType.FORMULA
            ? cell.getCachedFormulaResultType()
            : cell.getCellType();
    return switch (type) {
      case NUMERIC -> Double.toString(cell.getNumericCellValue());
      case ERROR -> FormulaError.forInt(cell.getErrorCellValue()).getString();
      default -> cell.getStringCellValue();
    };
  }

  private static String value(Path root, String file, String address) throws IOException {
    try (XSSFWorkbook book = read(root.resolve(file))) {
      return text(cell(book.getSheetAt(0), address));
    }
  }

  private static Cell cell(Sheet sheet, String address) {
    CellReference reference = new CellReference(address);
    return sheet.getRow(reference.getRow()).getCell(reference.getCol());
  }

  private static XSSFWorkbook open(String file) throws IOException {
    return read(sample.resolve(file));
  }

  private static XSSFWorkbook read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return new XSSFWorkbook(stream);
    }
  }

  private static String modified(String file) throws IOException {
    return Files.getLastModifiedTime(sample.resolve(file)).toInstant().toString();
  }

  private static Mess only(MessKind kind) {
    List<Mess> found = all(kind);
    assertThat(found).as(kind.name()).hasSize(1);
    return found.get(0);
  }

  private static List<Mess> all(MessKind kind) {
    return summary.mess().stream().filter(mess -> mess.kind() == kind).toList();
  }

  private static Map<String, Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      Map<String, Path> files = new TreeMap<>();
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> files.put(root.relativize(path).toString(), path));
      return files;
    }
  }
}
