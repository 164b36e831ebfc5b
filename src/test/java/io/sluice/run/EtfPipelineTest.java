package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.error.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipeline over real workbooks of an issuer of funds. */
class EtfPipelineTest {
  private static final Path WORKBOOKS = Path.of("..", "shared", "data", "etf").toAbsolutePath();

  @TempDir static Path folder;
  private static Trial trial;
  private static RunReport first;

  @BeforeAll
  static void run() {
    assumeTrue(Files.isDirectory(WORKBOOKS), "the workbooks are not here");
    trial =
        Trial.of(
            Path.of("conf", "etf-holdings.conf"),
            folder,
            "landing.root=" + WORKBOOKS.normalize(),
            "warehouse.schema=etf_funds");
    first = trial.run();
  }

  @Test
  void everyPositionArrivesToTheLastDigit() {
    assertThat(
            trial.warehouse(
                """
                SELECT p.portfolio_id, d.date, count(*), sum(f.weight), sum(f.shares_held)
                FROM etf_funds.fact_portfolio_holdings f
                JOIN etf_funds.dim_date d USING (date_key)
                JOIN etf_funds.dim_portfolio p USING (portfolio_key)
                GROUP BY 1, 2 ORDER BY 1, 2
                """))
        .containsExactly(
            "SPY|2024-03-19|504|100.20902800|5151256797.2700",
            "SPY|2024-05-10|504|99.93892400|4185824017.9700",
            "XBI|2025-02-03|144|100.00366900|242991543.6700");
    assertThat(trial.gold("fact_portfolio_holdings").read().count()).isEqualTo(1152);
    assertThat(trial.silver("stg_fund_holdings").read().count()).isEqualTo(1152);
    assertThat(trial.bronze("fund_holdings").read().count()).isEqualTo(1152);
    assertThat(first.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(first.rejects()).isEmpty();
  }

  @Test
  void theFundsAreTheTwoBesideTheUnknownMember() {
    assertThat(
            trial.warehouse(
                "SELECT portfolio_id, is_current FROM etf_funds.dim_portfolio ORDER BY 1"))
        .containsExactly("SPY|t", "Unknown|t", "XBI|t");
  }

  @Test
  void onlySecuritiesThatWereRenamedHaveTwoVersions() {
    assertThat(
            trial.warehouse(
                """
                SELECT security_id, count(*), count(DISTINCT security_name)
                FROM etf_funds.dim_security
                WHERE security_id IN ('369604301', '231021106', '654106103', '65249B109')
                GROUP BY 1 ORDER BY security_id COLLATE "C"
                """))
        .containsExactly("231021106|2|2", "369604301|2|2", "65249B109|1|1", "654106103|1|1");
  }

  @Test
  void codesStayAsTheyAreWritten() {
    assertThat(
            trial.warehouse(
                "SELECT DISTINCT ticker FROM etf_funds.dim_security"
                    + " WHERE ticker = '2200964D' OR security_id = '037833100' ORDER BY 1"))
        .containsExactly("2200964D", "AAPL");
  }

  @Test
  void aWorkbookWithoutFundAndDateIsRefusedAndTheRunSaysSo() {
    assertThat(first.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    assertThat(first.count("ACCEPTED")).isEqualTo(3);
    assertThat(first.files())
        .filteredOn(file -> file.outcome().equals("REFUSED"))
        .extracting(FileLine::uri, FileLine::reason)
        .containsExactly(Tuple.tuple("holdings-daily-us-en-spy-no-preamble.xlsx", "ABOVE_MISSING"));
  }

  @Test
  void aSecondRunTouchesNothingAndTheRefusalStands() {
    Map<String, Long> versions = trial.versions();
    Map<String, List<String>> rows = trial.untouched();

    RunReport second = trial.run();

    assertThat(second.nothingToDo()).isTrue();
    assertThat(second.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(trial.versions()).isEqualTo(versions);
    assertThat(trial.untouched()).isEqualTo(rows);
    assertThat(trial.status().refused())
        .extracting(FileLine::reason)
        .containsExactly("ABOVE_MISSING");
  }
}
