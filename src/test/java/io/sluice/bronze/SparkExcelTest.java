package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.SparkForTests;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.LayoutBuilder;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.Source.Reader;
import io.sluice.config.SourceBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the two readers make of the same workbooks. */
class SparkExcelTest {
  private static final List<Column> COLUMNS =
      List.of(
          column("code", ColumnType.of(ColumnType.Kind.STRING), "Code"),
          column("name", ColumnType.of(ColumnType.Kind.STRING), "Security Name"),
          column("lots", ColumnType.of(ColumnType.Kind.INTEGER), "Lots"),
          column("shares", ColumnType.of(ColumnType.Kind.LONG), "Shares"),
          column("price", ColumnType.decimal(20, 8), "Price"));
  private static final Object[] HEADER = {
    "Shares", "code ", "Security\nName", "Price", "LOTS", "Remark"
  };

  /** What a reader made of the landing. */
  private record Landing(List<Row> rows, List<FileOutcome> outcomes) {}

  @TempDir Path folder;

  @Test
  void bothReadersLandTheSameTextAtTheSameRows() throws IOException {
    workbook(
        "a.xlsx",
        "Holdings",
        HEADER,
        new Object[] {1234567890123.0, "00846E10", "Société & Co", 12.3456, 5, "x"},
        new Object[] {-5, "000", " two  blanks ", 0.1 + 0.2, 0, null},
        new Object[] {87116767, "1E5", "line\nbreak", 1e-7, 2147483647, "y"},
        new Object[] {9007199254740991.0, "-", "日本", 99.5, -1, null},
        new Object[] {null, "037833100", null, null, 7, null});

    Landing own = read(Reader.SLUICE);
    Landing other = read(Reader.SPARK_EXCEL);

    assertThat(texts(other)).isEqualTo(texts(own));
    assertThat(texts(own))
        .containsExactly(
            "2: 00846E10|Société & Co|5|1234567890123|12.3456",
            "3: 000| two  blanks |0|-5|0.30000000000000004",
            "4: 1E5|line\nbreak|2147483647|87116767|0.0000001",
            "5: -|日本|-1|9007199254740991|99.5",
            "6: 037833100|null|7|null|null");
    assertThat(outcome(other))
        .usingRecursiveComparison()
        .ignoringFields("layout")
        .isEqualTo(outcome(own));
  }

  @Test
  void kindsAreUnknownAndAddressesToo() throws IOException {
    workbook("a.xlsx", "Holdings", HEADER, new Object[] {1, "c", null, 2.5, 3});

    Row row = read(Reader.SPARK_EXCEL).rows().get(0);

    assertThat(row.<String>getAs("kinds")).isEqualTo("?_???");
    assertThat(row.<String>getAs("cells")).isEqualTo(",,,,");
  }

  @Test
  void numbersAreNotRoundedToWhatTheirFormatShows() throws IOException {
    workbook(
        "a.xlsx", "Holdings", "0.00", HEADER, new Object[] {7, "c", "n", 0.18137500000000001, 3});

    assertThat(texts(read(Reader.SPARK_EXCEL))).containsExactly("2: c|n|3|7|0.181375");
  }

  @Test
  void textInAColumnOfNumbersStaysText() throws IOException {
    workbook("a.xlsx", "Holdings", HEADER, new Object[] {"1,200", "c", "n", "-", "n/a"});

    assertThat(texts(read(Reader.SPARK_EXCEL))).containsExactly("2: c|n|n/a|1,200|-");
  }

  @Test
  void anErrorInAColumnOfNumbersIsNotTakenForAnEmptyCell() throws IOException {
    workbook(
        "a.xlsx",
        "Holdings",
        HEADER,
        new Object[] {0, "c", FormulaError.NA, FormulaError.NA, "=1/0"},
        new Object[] {"=1/0", "d", "=1/0", null, 4});

    assertThat(texts(read(Reader.SPARK_EXCEL)))
        .containsExactly("2: c|null|#ERROR|0|#ERROR", "3: d|null|4|#ERROR|null");
  }

  @Test
  void aRowThatSparkExcelWouldLeaveOutRefusesTheFile() throws IOException {
    workbook(
        "a.xlsx",
        "Holdings",
        HEADER,
        new Object[] {1, "c", "n", 1, 1},
        new Object[] {1, "c", "n", 1, true});

    FileOutcome outcome = outcome(read(Reader.SPARK_EXCEL));

    assertThat(outcome.reason()).isEqualTo("FILE_UNREADABLE");
    assertThat(outcome.why()).contains("spark-excel leaves 1 of its rows out");
  }

  @Test
  void aFileIsRefusedInTheSameWordsByEither() throws IOException {
    Files.createDirectories(landing());
    Files.writeString(landing().resolve("text.xlsx"), "Code,Lots\n1,2\n");
    Files.write(landing().resolve("nothing.xlsx"), new byte[0]);
    workbook(
        "columns.xlsx",
        "Holdings",
        new Object[] {"Code", "Lots", "Price", "Shares"},
        new Object[] {"c", 1, 1, 1});
    workbook("empty.xlsx", "Holdings", HEADER);
    workbook("sheet.xlsx", "Other", HEADER, new Object[] {1, "c", "n", 1, 1});

    List<FileOutcome> own = outcomes(read(Reader.SLUICE));
    List<FileOutcome> other = outcomes(read(Reader.SPARK_EXCEL));

    assertThat(other).isEqualTo(own);
    assertThat(own)
        .extracting(FileOutcome::uri, FileOutcome::reason)
        .containsExactly(
            tuple("columns.xlsx", "COLUMN_MISSING"),
            tuple("empty.xlsx", "EMPTY"),
            tuple("nothing.xlsx", "FILE_ZERO_BYTES"),
            tuple("sheet.xlsx", "SHEET_MISSING"),
            tuple("text.xlsx", "NOT_A_WORKBOOK"));
  }

  @Test
  void aHeaderBelowTheFirstRowIsNotTaken() throws IOException {
    workbook(
        "a.xlsx", "Holdings", new Object[] {"A title"}, HEADER, new Object[] {1, "c", "n", 1, 1});

    assertThat(outcome(read(Reader.SPARK_EXCEL)).reason()).isEqualTo("HEADER_MISSING");
  }

  private Landing read(Reader reader) throws IOException {
    Source source = source(reader);
    Pipeline pipeline =
        PipelineBuilder.pipeline("p")
            .landing(landing())
            .lake(folder.resolve("lake"))
            .sources(source)
            .build();
    List<LandedFile> files;
    try (var listed = Files.list(landing())) {
      files =
          listed
              .map(file -> new LandedFile("s", file.getFileName().toString(), size(file), 0, "c"))
              .toList();
    }
    WorkbookDataset read = new WorkbookDataset(SparkForTests.session(), pipeline, source, files);
    return new Landing(read.rows().collectAsList(), read.outcomes());
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private Path landing() {
    return folder.resolve("landing");
  }

  private static List<String> texts(Landing landing) {
    return landing.rows().stream()
        .map(
            row ->
                row.getAs("sheet_row")
                    + ": "
                    + String.join(
                        "|", COLUMNS.stream().map(c -> "" + row.getAs(c.name())).toList()))
        .toList();
  }

  private static FileOutcome outcome(Landing landing) {
    return outcomes(landing).get(0);
  }

  private static List<FileOutcome> outcomes(Landing landing) {
    return landing.outcomes().stream()
        .sorted(java.util.Comparator.comparing(FileOutcome::uri))
        .toList();
  }

  private void workbook(String name, String sheet, Object[]... rows) throws IOException {
    workbook(name, sheet, "General", rows);
  }

  private void workbook(String name, String sheet, String format, Object[]... rows)
      throws IOException {
    Files.createDirectories(landing());
    try (Workbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(landing().resolve(name))) {
      CellStyle style = book.createCellStyle();
      style.setDataFormat(book.createDataFormat().getFormat(format));
      var written = book.createSheet(sheet);
      for (int r = 0; r < rows.length; r++) {
        var row = written.createRow(r);
        for (int c = 0; c < rows[r].length; c++) {
          if (rows[r][c] instanceof Number number) {
            row.createCell(c).setCellValue(number.doubleValue());
            row.getCell(c).setCellStyle(style);
          } else if (rows[r][c] instanceof Boolean flag) {
            row.createCell(c).setCellValue(flag);
          } else if (rows[r][c] instanceof FormulaError error) {
            row.createCell(c).setCellErrorValue(error.getCode());
          } else if ("=1/0".equals(rows[r][c])) {
            row.createCell(c).setCellFormula("1/0");
            row.getCell(c).setCellErrorValue(FormulaError.DIV0.getCode());
          } else if (rows[r][c] != null) {
            row.createCell(c).setCellValue((String) rows[r][c]);
          }
        }
      }
      book.write(out);
    }
  }

  private static Source source(Reader reader) {
    LayoutBuilder layout = LayoutBuilder.layout().sheet(SheetChoice.named("Holdings"));
    return SourceBuilder.source("s")
        .layout(reader == Reader.SLUICE ? layout.build() : layout.header(1, 1).build())
        .slice("code")
        .columns(COLUMNS)
        .reader(reader)
        .build();
  }

  private static Column column(String name, ColumnType type, String header) {
    return ColumnBuilder.column(name, type)
        .headers(header)
        .required(name.equals("code"))
        .nullTexts("-")
        .build();
  }
}
