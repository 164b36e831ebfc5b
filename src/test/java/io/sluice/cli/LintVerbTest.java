package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.sample.SampleWorkbooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintVerbTest {
  private static final String CLEAN = "holdings/00101/holdings_00101_2024-01-02.xlsx";
  private static final String ERROR_CELL = "holdings/00101/holdings_00101_2024-01-08.xlsx";
  private static final String RENAMED = "holdings/00105/holdings_00105_2024-01-09.xlsx";
  private static final String LOCK = "holdings/00104/~$holdings_00104_2024-01-18.xlsx";

  @TempDir static Path landing;
  @TempDir Path elsewhere;

  @BeforeAll
  static void sample() {
    SampleWorkbooks.write(landing, SampleWorkbooks.Size.standard());
  }

  private static Said lint(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "lint", "--set", "landing.root=" + landing, "--pipeline", "conf/portfolio.conf"));
    for (String argument : arguments) {
      all.add(argument.endsWith(".xlsx") ? landing.resolve(argument).toString() : argument);
    }
    return Said.by(all.toArray(String[]::new));
  }

  @Test
  void aCleanWorkbookIsAnsweredWithZeroAndItsRowsAreAccountedFor() {
    Said said = lint(CLEAN);

    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains(
            CLEAN + " (holdings): clean",
            "sheet 'Holdings', header in row 5: 22 rows = 12 of data + 3 above the header",
            "slice portfolio_id=00101/as_of_date=2024-01-02: 12 rows");
  }

  @Test
  void aBadCellIsNamedWithItsReasonAndWhetherItsSliceWouldBeHeld() {
    Said said = lint(ERROR_CELL);

    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out())
        .contains(
            ERROR_CELL + " (holdings): 1 of 12 rows rejected",
            "  E8    price   ERROR_CELL  The cell shows the error #N/A, not a value",
            "12 rows, 1 rejected (8.3 %); it would not be held");
  }

  @Test
  void aRefusalHasProblemPlaceCauseAndRemedy() {
    Said said = lint(RENAMED);

    assertThat(said.code()).isEqualTo(4);
    assertThat(said.out())
        .contains(
            RENAMED + " (holdings): refused, COLUMN_RENAMED",
            "  problem " + RENAMED + ", sheet 'Holdings', header row 5 seems to have renamed",
            "  where   sheet 'Holdings', cell A5",
            "  cause   their declared headers are gone",
            "  remedy  If they mean the same, add 'Mkt Val (USD)' to the headers of market_value");
  }

  @Test
  void whatTakesARunIsListedAsNotChecked() {
    String out = lint(CLEAN).out();

    assertThat(out.substring(out.indexOf("Not checked here")))
        .contains(
            "(portfolio_id, security_id, as_of_date)",
            "row expression value-is-quantity-times-price of stg_portfolio_holdings: abs(",
            "gate of stg_portfolio_holdings: 3 checks",
            "gates of gold",
            "refused-files",
            "order ties");
  }

  @Test
  void aLockFileIsPassedOver() {
    Said said = lint(LOCK);

    assertThat(said.code()).isZero();
    assertThat(said.out()).contains(LOCK + " (holdings): skipped, LOCK_FILE");
  }

  @Test
  void ofSeveralFilesTheHighestAnswerCountsAndEachIsChecked() throws IOException {
    Path text = Files.writeString(elsewhere.resolve("notes.txt"), "hello");

    Said usage = lint(text.toString(), CLEAN);
    assertThat(usage.code()).isEqualTo(2);
    assertThat(usage.err()).contains("USAGE: No source takes notes.txt", "holdings/**/*.xlsx");
    assertThat(usage.out()).contains(CLEAN + " (holdings): clean");

    Said refused = lint(text.toString(), RENAMED, CLEAN);
    assertThat(refused.code()).isEqualTo(4);
    assertThat(refused.out()).contains("2 workbooks: 1 clean, 1 refused");
  }

  @Test
  void aFileThatIsNotThereIsAUsageError() {
    Said said = lint("holdings/none.xlsx");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("USAGE: There is no file", "holdings/none.xlsx", "remedy");
  }

  @Test
  void aFolderIsAUsageErrorThatSaysHowToNameWhatIsInIt() {
    Said said = lint(elsewhere.toString());

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("is a folder", "/*.xlsx");
  }

  @Test
  void aWorkbookOutsideTheLandingIsTakenByTheEndOfItsPathOrANamedSource() throws IOException {
    Path copy = elsewhere.resolve("outbox/holdings/mine.xlsx");
    Files.createDirectories(copy.getParent());
    Files.copy(landing.resolve(CLEAN), copy);
    assertThat(lint(copy.toString()).out()).contains("holdings/mine.xlsx (holdings): clean");

    Path bare = Files.copy(copy, elsewhere.resolve("mine.xlsx"));
    Said ambiguous = lint(bare.toString());
    assertThat(ambiguous.code()).isEqualTo(2);
    assertThat(ambiguous.err())
        .contains("its name fits holdings, securities, portfolios", "--source");
    Said named = lint("--source", "holdings", bare.toString());
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.out()).contains("mine.xlsx (holdings): clean");
    assertThat(lint("--source", "holding", bare.toString()).err())
        .contains("There is no source holding", "holdings, securities, portfolios");
  }

  @Test
  void textShowsTheFirstTwentyBadCellsAndJsonAll() throws IOException {
    Path conf = elsewhere.resolve("strict.conf");
    Files.writeString(
        conf,
        """
        pipeline.name = strict
        landing.root = "in"
        sources.strict {
          files = "**/*.xlsx"
          sheet = "Holdings"
          slice = [as_of_date]
          above { as_of_date { label = "As of", type = date, format = "dd-MMM-yyyy" } }
          columns {
            security { header = "CUSIP", type = int, required = true }
            name { header = "Security Name", type = boolean, required = true }
          }
          table-end { totals = "(?i)(grand )?totals?:?" }
          drift.retyped = warn
        }
        """);
    String file = landing.resolve(CLEAN).toString();

    Said text = Said.by("lint", file, "--pipeline", conf.toString(), "--source", "strict");
    Said all = Said.by("lint", file, "--pipeline", conf.toString(), "--source", "strict", "--json");

    assertThat(text.code()).isEqualTo(4);
    assertThat(text.out().lines().filter(line -> line.matches("  [BC]\\d+ .*"))).hasSize(20);
    JsonNode report = new ObjectMapper().readTree(all.out());
    JsonNode found = report.get("files").get(0);
    int cells = found.get("rejects").size();
    assertThat(cells).isGreaterThan(20).isLessThanOrEqualTo(24);
    assertThat(
            found.get("rejectsByReason").get("TYPE_MISMATCH").asInt()
                + found.get("rejectsByReason").path("OUT_OF_RANGE").asInt())
        .isEqualTo(cells);
    assertThat(text.out())
        .contains("… and " + (cells - 20) + " more, all of them with --json")
        .contains("it would be held: 100 % of its rows are rejected, more than the 1 % allowed");
    assertThat(report.get("exitCode").asInt()).isEqualTo(4);
  }

  @Test
  void jsonCarriesTheSameAnswersIncludingFilesThatCouldNotBeChecked() throws IOException {
    Said said = lint("--json", CLEAN, RENAMED, "holdings/none.xlsx");

    JsonNode report = new ObjectMapper().readTree(said.out());
    assertThat(said.code()).isEqualTo(4);
    assertThat(report.get("pipeline").asText()).isEqualTo("portfolio");
    assertThat(report.get("files")).hasSize(2);
    assertThat(report.get("files").get(0).get("verdict").asText()).isEqualTo("CLEAN");
    assertThat(report.get("files").get(1).get("refusal").get("reason").asText())
        .isEqualTo("COLUMN_RENAMED");
    assertThat(report.get("notLinted").get(0).get("problem").asText()).contains("There is no file");
    assertThat(report.get("notChecked").get("holdings")).isNotEmpty();
  }

  @Test
  void noClassOfSparkIsLoaded() throws IOException, InterruptedException {
    assertThat(Said.classesLoadedBy(elsewhere, "lint", landing.resolve(ERROR_CELL).toString()))
        .contains("io.sluice.workbook.lint.Linter")
        .noneMatch(
            name ->
                name.startsWith("org.apache.spark.")
                    || name.startsWith("org.apache.hadoop.")
                    || name.startsWith("scala."));
  }
}
