package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.SparkForTests;
import io.sluice.cli.Sluice;
import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.lake.Lake;
import io.sluice.lake.Ledger;
import io.sluice.run.RunOptions.Stage;
import io.sluice.sample.SampleWorkbooks;
import io.sluice.silver.Rejects;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What lint says of the sample and of odder workbooks is what a run writes down of them. */
@Tag("proof")
class LintAgreesTest {
  private static final Set<String> OF_OTHER_ROWS =
      Set.of("ROW_RULE", "DUPLICATE_KEY", "DUPLICATE_CONTENT");
  private static final String[] HEADERS = {
    "Portfolio", "CUSIP", "Security Name", "Quantity", "Price", "Market Value", "Currency"
  };
  private static final Object[] GOOD = {"00101", "037833100", "Apple", 2.0, 5.0, 10.0, "USD"};

  @TempDir static Path folder;
  private static Lake lake;
  private static Pipeline pipeline;
  private static RunReport report;
  private static JsonNode linted;
  private static int exitCode;

  @BeforeAll
  static void lintAndRun() throws IOException {
    Path landing = folder.resolve("landing");
    SampleWorkbooks.write(landing, SampleWorkbooks.Size.standard());
    oddWorkbooks(landing.resolve("holdings"));
    Path conf = Path.of("conf", "portfolio.conf");
    lint(conf, landing);
    pipeline =
        PipelineLoader.load(
                new LoadRequest(
                    conf,
                    Optional.empty(),
                    List.of(
                        "landing.root=" + landing,
                        "landing.settle=0 seconds",
                        "lake.root=" + folder.resolve("lake")),
                    folder))
            .pipeline();
    lake = new Lake(SparkForTests.session(), pipeline);
    report =
        new PipelineRun(SparkForTests.session(), pipeline, Progress.SILENT)
            .execute(RunOptions.of("run", "", EnumSet.of(Stage.INGEST, Stage.CONFORM)));
  }

  private static void lint(Path conf, Path landing) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "lint",
                "--json",
                "--pipeline",
                conf.toString(),
                "--set",
                "landing.root=" + landing));
    try (Stream<Path> files = Files.walk(landing)) {
      files.filter(Files::isRegularFile).forEach(file -> arguments.add(file.toString()));
    }
    CommandLine line = Sluice.commandLine();
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    exitCode = line.execute(arguments.toArray(String[]::new));
    linted = new ObjectMapper().readTree(out.toString());
  }

  @Test
  void everyBadCellHasTheReasonThePlaceAndTheWordsOfSilver() {
    Set<String> silver = new TreeSet<>();
    Rejects.table(new io.sluice.lake.RunScope(pipeline, lake, "any"))
        .read()
        .selectExpr(
            "uri", "sheet", "sheet_row", "cell", "column_name", "reason", "rule", "raw", "message")
        .collectAsList()
        .forEach(row -> silver.add(row.mkString("|")));
    silver.removeIf(line -> OF_OTHER_ROWS.stream().anyMatch(line::contains));

    Set<String> lint = new TreeSet<>();
    for (JsonNode file : linted.get("files")) {
      for (JsonNode reject : file.get("rejects")) {
        List<String> parts = new ArrayList<>(List.of(file.get("file").asText()));
        for (String part :
            List.of(
                "sheet", "sheetRow", "cell", "columnName", "reason", "rule", "raw", "message")) {
          parts.add(reject.get(part).asText());
        }
        lint.add(String.join("|", parts));
      }
    }

    assertThat(lint).isEqualTo(silver);
    assertThat(lint)
        .extracting(line -> line.split("\\|")[5])
        .contains(
            "ERROR_CELL",
            "REQUIRED_MISSING",
            "TYPE_MISMATCH",
            "PATTERN_MISMATCH",
            "SCALE_EXCESS",
            "OUT_OF_RANGE",
            "FORMULA_WITHOUT_VALUE");
  }

  @Test
  void everyRefusalHasTheReasonThePlaceAndTheWordsOfTheLedger() {
    Set<String> ledger = new TreeSet<>();
    new Ledger(lake)
        .read()
        .where("reason <> ''")
        .selectExpr("uri", "reason", "problem", "why", "remedy", "sheet", "cell")
        .collectAsList()
        .forEach(row -> ledger.add(row.mkString("|")));
    ledger.removeIf(line -> OF_OTHER_ROWS.stream().anyMatch(line::contains));

    Set<String> lint = new TreeSet<>();
    for (JsonNode file : linted.get("files")) {
      JsonNode refusal = file.get("refusal");
      if (!refusal.isNull()) {
        List<String> parts = new ArrayList<>(List.of(file.get("file").asText()));
        for (String part : List.of("reason", "problem", "why", "remedy", "sheet", "cell")) {
          parts.add(refusal.get(part).asText());
        }
        lint.add(String.join("|", parts));
      }
    }

    assertThat(lint).isEqualTo(ledger);
    assertThat(lint)
        .extracting(line -> line.split("\\|")[1])
        .containsExactlyInAnyOrder(
            "LOCK_FILE",
            "COLUMN_RENAMED",
            "EMPTY",
            "FILE_TRUNCATED",
            "SHEET_MISSING",
            "ABOVE_INVALID",
            "COLUMN_DUPLICATE",
            "NOT_A_WORKBOOK",
            "FILE_ZERO_BYTES");
  }

  @Test
  void slicesWithTooManyRejectsAreToldAsTheyAreHeld() {
    Set<String> lint = new TreeSet<>();
    for (JsonNode file : linted.get("files")) {
      for (JsonNode slice : file.get("slices")) {
        if (slice.get("held").asBoolean()) {
          lint.add(slice.get("name").asText() + "|" + slice.get("message").asText());
        }
      }
    }

    assertThat(lint)
        .containsExactly(
            "portfolio_id=00101/as_of_date=2024-03-15|87.5 % of its rows are rejected, more than"
                + " the 25 % allowed");
    assertThat(report.held())
        .extracting(held -> held.slice() + "|" + held.message())
        .containsExactlyElementsOf(lint);
  }

  @Test
  void rowsAndNotesAreThoseOfTheLedger() {
    Set<String> ledger = new TreeSet<>();
    new Ledger(lake)
        .read()
        .where("outcome = 'ACCEPTED'")
        .selectExpr("uri", "sheet", "sheet_rows", "bronze_rows", "array_join(notes, ';')")
        .collectAsList()
        .forEach(row -> ledger.add(row.mkString("|")));

    Set<String> lint = new TreeSet<>();
    for (JsonNode file : linted.get("files")) {
      if (file.get("refusal").isNull()) {
        List<String> notes = new ArrayList<>();
        file.get("notes").forEach(note -> notes.add(note.asText()));
        lint.add(
            String.join(
                "|",
                file.get("file").asText(),
                file.get("sheet").asText(),
                file.get("rows").get("sheetRows").asText(),
                file.get("rows").get("data").asText(),
                String.join(";", notes)));
      }
    }

    assertThat(lint).containsAll(ledger).hasSizeGreaterThan(90);
    assertThat(exitCode).isEqualTo(4);
  }

  private static void oddWorkbooks(Path holdings) throws IOException {
    Files.createDirectories(holdings);
    write(
        holdings.resolve("odd.xlsx"),
        "Holdings",
        "15-Mar-2024",
        HEADERS,
        GOOD,
        changed(3, "many"),
        changed(1, "short"),
        changed(4, 0.1234567),
        changed(5, 1e17),
        changed(3, null),
        changed(4, FormulaError.DIV0),
        changed(3, LocalDate.of(2024, 1, 2)),
        changed(0, null));
    formulaWithoutValue(holdings.resolve("formula.xlsx"));
    write(holdings.resolve("sheet.xlsx"), "Positions", "15-Mar-2024", HEADERS, GOOD);
    write(holdings.resolve("date.xlsx"), "Holdings", "Ides of March", HEADERS, GOOD);
    String[] twice = HEADERS.clone();
    twice[2] = "Identifier";
    write(holdings.resolve("twice.xlsx"), "Holdings", "15-Mar-2024", twice, GOOD);
    Files.writeString(holdings.resolve("text.xlsx"), "Portfolio,CUSIP\n");
    Files.createFile(holdings.resolve("nothing.xlsx"));
  }

  private static Object[] changed(int column, Object value) {
    Object[] row = GOOD.clone();
    row[column] = value;
    return row;
  }

  private static void formulaWithoutValue(Path file) throws IOException {
    try (XSSFWorkbook workbook = workbook("Holdings", "18-Mar-2024", HEADERS, GOOD, GOOD, GOOD);
        OutputStream out = Files.newOutputStream(file)) {
      for (int row = 4; row < 7; row++) {
        workbook.getSheetAt(0).getRow(row - 1).getCell(0).setCellValue("00102");
        workbook.getSheetAt(0).getRow(row - 1).getCell(1).setCellValue("03783310" + row);
      }
      XSSFCell formula = workbook.getSheetAt(0).getRow(3).getCell(6);
      formula.setCellFormula("A1&A2");
      formula.getCTCell().unsetV();
      for (int row = 7; row < 12; row++) {
        Row more = workbook.getSheetAt(0).createRow(row);
        fill(workbook, more, changed(1, "9128280" + (10 + row)));
        more.getCell(0).setCellValue("00102");
      }
      workbook.write(out);
    }
  }

  private static void write(
      Path file, String sheet, String asOf, String[] headers, Object[]... rows) throws IOException {
    try (XSSFWorkbook workbook = workbook(sheet, asOf, headers, rows);
        OutputStream out = Files.newOutputStream(file)) {
      workbook.write(out);
    }
  }

  private static XSSFWorkbook workbook(
      String name, String asOf, String[] headers, Object[]... rows) {
    XSSFWorkbook workbook = new XSSFWorkbook();
    Sheet sheet = workbook.createSheet(name);
    fill(workbook, sheet.createRow(0), "As of", asOf);
    fill(workbook, sheet.createRow(2), (Object[]) headers);
    for (int i = 0; i < rows.length; i++) {
      fill(workbook, sheet.createRow(3 + i), rows[i]);
    }
    return workbook;
  }

  private static void fill(XSSFWorkbook workbook, Row row, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        continue;
      }
      Cell cell = row.createCell(i);
      if (values[i] instanceof String text) {
        cell.setCellValue(text);
      } else if (values[i] instanceof Double number) {
        cell.setCellValue(number);
      } else if (values[i] instanceof FormulaError error) {
        cell.setCellErrorValue(error.getCode());
      } else {
        CellStyle style = workbook.createCellStyle();
        style.setDataFormat((short) 14);
        cell.setCellStyle(style);
        cell.setCellValue((LocalDate) values[i]);
      }
    }
  }
}
