package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.LayoutBuilder;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.workbook.WorkbookTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookRowsTest {
  private static final int CELLS = 3;
  private static final int SHEET = 5;
  private static final int SHEET_ROW = 6;

  @TempDir Path folder;

  private FileOutcome outcome;

  @Test
  void everySheetLandsWithItsNameItsAddressesAndItsSlice() throws IOException {
    Map<String, String[][]> sheets = new TreeMap<>();
    sheets.put("East", new String[][] {{"Portfolio", "Value"}, {"p1", "1"}});
    sheets.put("West", new String[][] {{"A title"}, {"Value", "Portfolio"}, {"2", "p2"}});

    List<InternalRow> rows = land(sheets);

    assertThat(rows)
        .extracting(
            row -> row.getString(0) + " " + row.getString(1),
            row -> row.getString(SHEET),
            row -> row.getInt(SHEET_ROW),
            row -> row.getString(CELLS))
        .containsExactly(tuple("p1 1", "East", 2, "A,B"), tuple("p2 2", "West", 3, "B,A"));
    assertThat(outcome.read()).isTrue();
    assertThat(outcome.sheet()).isEqualTo("East, West");
    assertThat(outcome.sheetRows()).isEqualTo(5);
    assertThat(outcome.dataRows()).isEqualTo(2);
    assertThat(outcome.slices()).hasSize(2);
    assertThat(outcome.layout())
        .isEqualTo(
            "[{\"sheet\":\"East\",\"header_row\":1,\"addresses\":[\"A\",\"B\"],"
                + "\"headers\":[\"Portfolio\",\"Value\"]},"
                + "{\"sheet\":\"West\",\"header_row\":2,\"addresses\":[\"B\",\"A\"],"
                + "\"headers\":[\"Portfolio\",\"Value\"]}]");
  }

  @Test
  void cellsOutsideTheContractLandAsJsonUnderTheirHeaders() throws IOException {
    String odd = "say \"hi\"\\ \t\n{}";
    String[][] sheet = {
      {"Portfolio", "=SUM(A1)", "Value", odd, "x".repeat(300)},
      {"p1", "", "1", "a \"b\"\\\n", "\ud83d\ude00"},
      {"p1", "", "2", "", ""}
    };

    List<InternalRow> rows = land(Map.of("East", sheet), keeping());

    JsonNode kept = new ObjectMapper().readTree(rows.get(0).getString(SHEET_ROW + 1));
    assertThat(kept.properties())
        .extracting(Map.Entry::getKey, each -> each.getValue().asText())
        .containsExactly(
            tuple("say \"hi\"\\ {}", "a \"b\"\\\n"), tuple("x".repeat(300), "\ud83d\ude00"));
    assertThat(rows.get(1).isNullAt(SHEET_ROW + 1)).isTrue();
    JsonNode layout = new ObjectMapper().readTree(outcome.layout());
    assertThat(layout.path("drift"))
        .extracting(each -> each.path("kind").asText() + " " + each.path("policy").asText())
        .containsExactly("UNKNOWN keep-unknown", "UNKNOWN keep-unknown", "UNKNOWN keep-unknown");
  }

  @Test
  void aSheetWithoutTheTableRefusesAllOfTheFile() throws IOException {
    Map<String, String[][]> sheets = new TreeMap<>();
    sheets.put("East", new String[][] {{"Portfolio", "Value"}, {"p1", "1"}});
    sheets.put("Notes", new String[][] {{"nothing"}});

    land(sheets);

    assertThat(outcome.reason()).isEqualTo("HEADER_MISSING");
    assertThat(outcome.sheet()).isEqualTo("Notes");
    assertThat(outcome.dataRows()).isZero();
  }

  private List<InternalRow> land(Map<String, String[][]> sheets) throws IOException {
    return land(sheets, everySheet());
  }

  private List<InternalRow> land(Map<String, String[][]> sheets, Source source) throws IOException {
    Path file = folder.resolve("in.xlsx");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      sheets.forEach(
          (name, rows) -> {
            var sheet = book.createSheet(name);
            for (int r = 0; r < rows.length; r++) {
              var row = sheet.createRow(r);
              for (int c = 0; c < rows[r].length; c++) {
                row.createCell(c).setCellValue(rows[r][c]);
              }
            }
          });
      book.write(out);
    }
    LandedFile landed = new LandedFile("s", "in.xlsx", Files.size(file), 0, "c");
    LocalCopy.Landing landing = new LocalCopy.Landing(folder.toString(), new Configuration(false));
    List<InternalRow> rows = new ArrayList<>();
    WorkbookRows.of(
            source,
            ZoneOffset.UTC,
            landed,
            landing,
            WorkbookTable::open,
            told -> {
              assertThat(outcome).isNull();
              outcome = told;
            })
        .forEachRemaining(rows::add);
    return rows;
  }

  private static Source keeping() {
    return SourceBuilder.like(Landings.byTime("s", "*.xlsx")).keepUnknown().build();
  }

  private static Source everySheet() {
    Source usual = Landings.byTime("s", "*.xlsx");
    return SourceBuilder.like(usual)
        .layout(
            LayoutBuilder.like(usual.layout())
                .sheet(new SheetChoice(SheetChoice.By.EVERY_VISIBLE, ""))
                .build())
        .build();
  }
}
