package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Source;
import io.sluice.run.RunOptions.Stage;
import io.sluice.workbook.lint.LintedFile;
import io.sluice.workbook.lint.Linter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of columns in a run: what silver takes and rejects, and what the report says of it. */
class ColumnRulesRunTest {
  @TempDir static Path folder;
  private static Trial trial;
  private static RunReport report;

  @BeforeAll
  static void run() {
    trial =
        Trial.star(
            folder,
            "ruled",
            "security_name { type = string }\n    quantity { type = \"decimal(20,4)\", required = true }"
                + "\n    market_value { type = \"decimal(20,4)\", required = true }",
            "security_name { type = string, min-length = 3, max-length = 5 }\n"
                + "quantity { type = \"decimal(20,4)\", required = true, max = 99, number = \"1.234,56\" }\n"
                + "market_value { type = \"decimal(20,4)\", required = true, scale-excess = half-up }",
            "rejected-rows = 50%",
            "rejected-rows = 80%");
    trial.land(
        "holdings/a.xlsx",
        Star.holdings(
            "2024-01-02",
            "P1|S1|Uno|12,5|100.00005",
            "P1|S2|Due|99|0.30000000000000004",
            "P1|S3|Tre|10|1.00015",
            "P1|S4|No|10|100",
            "P1|S5|Cinque|10|100",
            "P1|S6|Sei|99,01|1.23456",
            "P1|S7|Sette|1,234.5|100"),
        0);
    report = trial.run(Stage.INGEST, Stage.CONFORM);
  }

  @Test
  void silverHoldsWhatKeepsTheRules() {
    assertThat(
            Trial.rows(
                trial
                    .silver("stg_holdings")
                    .read()
                    .select("security_id", "quantity", "market_value")))
        .containsExactly("S1|12.5000|100.0001", "S2|99.0000|0.3000", "S3|10.0000|1.0002");
  }

  @Test
  void lintRejectsTheSameCellsInTheSameWords() {
    List<String> rejects =
        Trial.rows(
            trial.silver("rejects").read().select("cell", "reason", "rule", "raw", "message"));
    assertThat(rejects)
        .containsExactly(
            "C7|TOO_SHORT|min-length|No|'No' has 2 characters, and must have 3 at least",
            "C8|TOO_LONG|max-length|Cinque|'Cinque' has 6 characters, and may have 5 at most",
            "D10|TYPE_MISMATCH|type|1,234.5|'1,234.5' is not a number written like 1.234,56",
            "D9|OUT_OF_RANGE|max|99,01|'99,01' is more than 99, the most allowed");
    Source source = trial.pipeline().sources().get("holdings");
    Path file = Path.of(trial.pipeline().landing(), "holdings", "a.xlsx");
    LintedFile linted =
        Linter.lint(file, "holdings/a.xlsx", source, trial.pipeline().zone(), Integer.MAX_VALUE);
    assertThat(linted.rejects())
        .extracting(
            reject ->
                String.join(
                    "|",
                    reject.cell(),
                    reject.reason(),
                    reject.rule(),
                    reject.raw(),
                    reject.message()))
        .containsExactlyInAnyOrderElementsOf(rejects);
  }

  @Test
  void theReportCountsWhatWasNotTakenAsItStandsAndByHowMuch() {
    assertThat(report.adjusted())
        .containsExactly(
            new AdjustedLine(
                "stg_holdings",
                "market_value",
                1,
                new BigDecimal("4E-17"),
                2,
                new BigDecimal("0.00010")));
    assertThat(report.toJson()).contains("\"roundedBy\" : 0.00010");
  }
}
