package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Column;
import io.sluice.config.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredValuesTest {
  private static final String HEADER =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Value</t></is></c></row>";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "8.7116767E7, 87116767",
    "9.9373000000000003E-2, 0.099373",
    "0.18137500000000001, 0.181375",
    "3.8E-5, 0.000038",
    "5, 5",
    "-0, 0",
    "100, 100",
    "0.30000000000000004, 0.30000000000000004",
    "0.1, 0.1",
    "2.0E23, 200000000000000000000000",
    "2E-3, 0.002",
    "123456789012345678, 123456789012345680",
    "9007199254740993, 9007199254740992",
    "1.0000000000000002, 1.0000000000000002",
    "4.35, 4.35",
    "4.3499999999999996, 4.35",
  })
  void aNumberIsTheShortestDecimalThatDenotesItsDouble(String stored, String expected)
      throws IOException {
    assertThat(xlsx("<c r=\"A2\"><v>" + stored + "</v></c>")).isEqualTo("n " + expected);
  }

  @ParameterizedTest
  @CsvSource({"4.9E-324", "9.5367431640625E-7", "5.684341886080802E-14", "1.7976931348623157E308"})
  void shortestDecimalsOfDoublesAtTheEdgesDenoteThem(String number) {
    double value = Double.parseDouble(number);
    BigDecimal plain = new BigDecimal(StoredNumber.plain(value)).stripTrailingZeros();
    assertThat(plain.doubleValue()).isEqualTo(value);
    assertThat(plain.precision()).isLessThanOrEqualTo(new BigDecimal(number).precision());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 45306, 2024-01-15",
    "2, 45306.4375, 2024-01-15T10:30:00",
    "2, 45306.423738425925, 2024-01-15T10:10:11",
    "2, 45306.99999999999, 2024-01-16",
    "1, 60, 1900-03-01",
    "1, 61, 1900-03-01",
    "1, 1, 1900-01-01",
    "1, 2958465, 9999-12-31",
  })
  void aNumberUnderADateFormatIsAnIsoDate(int style, String stored, String expected)
      throws IOException {
    assertThat(xlsx("<c r=\"A2\" s=\"" + style + "\"><v>" + stored + "</v></c>"))
        .isEqualTo("d " + expected);
  }

  @Test
  void datesOfTheOtherDateSystemAreRead() throws IOException {
    RawXlsx book =
        new RawXlsx().since1904().rows(HEADER + row("<c r=\"A2\" s=\"1\"><v>43844</v></c>"));
    assertThat(only(book)).isEqualTo("d 2024-01-15");
  }

  @Test
  void lettersInQuotesMakeNoDateFormatAndNegativeSerialsNoDate() throws IOException {
    assertThat(xlsx("<c r=\"A2\" s=\"3\"><v>45306</v></c>")).isEqualTo("n 45306");
    assertThat(xlsx("<c r=\"A2\" s=\"1\"><v>-1</v></c>")).isEqualTo("n -1");
  }

  @Test
  void otherKindsAreTold() throws IOException {
    assertThat(xlsx("<c r=\"A2\" t=\"b\"><v>1</v></c>")).isEqualTo("b TRUE");
    assertThat(xlsx("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>")).isEqualTo("e #N/A");
    assertThat(xlsx("<c r=\"A2\" t=\"d\"><v>2024-01-15T10:30:00Z</v></c>"))
        .isEqualTo("d 2024-01-15T10:30:00");
    assertThat(xlsx("<c r=\"A2\"><v>nonsense</v></c>")).isEqualTo("s nonsense");
  }

  @Test
  void aFormulaIsItsCachedValueOrHasNone() throws IOException {
    assertThat(xlsx("<c r=\"A2\"><f>1+1</f><v>2</v></c>")).isEqualTo("n 2");
    assertThat(xlsx("<c r=\"A2\" t=\"str\"><f>T(B1)</f><v> x </v></c>")).isEqualTo("s  x ");
    assertThat(xlsx("<c r=\"A2\"><f>1+1</f></c>")).isEqualTo("f null");
  }

  @Test
  void richTextIsJoinedWithoutPhoneticGuidesAndEscapesAreDecoded() throws IOException {
    RawXlsx book =
        new RawXlsx()
            .strings(
                "<si><r><t>Toky</t></r><r><t>o</t></r><rPh sb=\"0\" eb=\"1\"><t>guide</t></rPh>"
                    + "<phoneticPr fontId=\"1\"/></si><si><t>a_x000D_b_x005F_x000D_</t></si>")
            .rows(
                HEADER
                    + row("<c r=\"A2\" t=\"s\"><v>0</v></c>")
                    + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c></row>");
    assertThat(values(book.write(folder.resolve("rich.xlsx"))))
        .containsExactly("s Tokyo", "s a\rb_x000D_");
  }

  @Test
  void textFullOfEntitiesIsReadWhole() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 2; i < 30_002; i++) {
      rows.append("<row r=\"%d\"><c r=\"A%d\" t=\"inlineStr\"><is><t>".formatted(i, i))
          .append("a&amp;b&#10;&lt;&gt;&quot;</t></is></c></row>");
    }
    assertThat(values(new RawXlsx().rows(rows.toString()).write(folder.resolve("entities.xlsx"))))
        .hasSize(30_000)
        .containsOnly("s a&b\n<>\"");
  }

  @Test
  void strictWorkbooksAreRead() throws IOException {
    RawXlsx book = new RawXlsx().strict().rows(HEADER + row("<c r=\"A2\"><v>1.5</v></c>"));
    assertThat(only(book)).isEqualTo("n 1.5");
  }

  @Test
  void cellsAndRowsWithoutAddressesFollowEachOther() throws IOException {
    RawXlsx book =
        new RawXlsx()
            .rows(
                "<row><c/><c t=\"inlineStr\"><is><t>Value</t></is></c></row>"
                    + "<row><c><v>1</v></c><c><v>2</v></c></row>");
    assertThat(only(book)).isEqualTo("n 2");
  }

  @Test
  void anOldWorkbookHoldsTheSameKinds() throws IOException {
    Path file = folder.resolve("old.xls");
    try (HSSFWorkbook book = new HSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      Sheet sheet = book.createSheet("Data");
      CellStyle date = book.createCellStyle();
      date.setDataFormat(book.createDataFormat().getFormat("dd-mmm-yyyy"));
      sheet.createRow(0).createCell(0).setCellValue("Value");
      sheet.createRow(1).createCell(0).setCellValue(0.1 + 0.2);
      Row dated = sheet.createRow(2);
      dated.createCell(0).setCellValue(45306);
      dated.getCell(0).setCellStyle(date);
      sheet.createRow(3).createCell(0).setCellValue(true);
      sheet.createRow(4).createCell(0).setCellErrorValue(FormulaError.NA.getCode());
      sheet.createRow(5).createCell(0).setCellValue("037833100");
      book.write(out);
    }
    assertThat(values(file))
        .containsExactly(
            "n 0.30000000000000004", "d 2024-01-15", "b TRUE", "e #N/A", "s 037833100");
  }

  private String xlsx(String cell) throws IOException {
    return only(new RawXlsx().rows(HEADER + row(cell)));
  }

  private String only(RawXlsx book) throws IOException {
    List<String> values = values(book.write(folder.resolve("book.xlsx")));
    assertThat(values).hasSize(1);
    return values.get(0);
  }

  private static String row(String cell) {
    return "<row r=\"2\">" + cell + "</row>";
  }

  private static List<String> values(Path file) {
    Column value = Sources.text("value", "Value");
    Source source = Sources.of(List.of(value)).build();
    List<String> values = new ArrayList<>();
    try (WorkbookTable table = WorkbookTable.open(file, "book.xlsx", source)) {
      table.rows().forEachRemaining(row -> values.add(row.kinds() + " " + row.texts()[0]));
    }
    return values;
  }
}
