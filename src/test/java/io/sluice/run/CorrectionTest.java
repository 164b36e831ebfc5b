package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.LakeTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbook comes again under its name, and one of its portfolios is not in it any more. */
class CorrectionTest {
  private static final String OTHER_DAY = "year=2024/month=01/day=03";

  @TempDir static Path folder;
  private static Trial trial;
  private static Trial neighbour;
  private static Map<String, List<String>> silverBefore;
  private static Map<String, List<String>> factsBefore;
  private static Map<String, List<String>> wideBefore;
  private static Map<String, Long> neighbourVersions;
  private static Map<String, List<String>> neighbourRows;
  private static Map<String, List<String>> same;
  private static RunReport correction;

  @BeforeAll
  static void correct() {
    trial = Trial.star(folder, "corrected");
    neighbour = Trial.nav(folder, "neighbour");
    trial.land(
        "holdings/a.xlsx", Star.holdings("2024-01-02", "P1|S1|One|10|100", "P2|S1|One|1|10"), 0);
    trial.land(
        "holdings/b.xlsx", Star.holdings("2024-01-03", "P1|S1|One|10|101", "P2|S1|One|1|11"), 1);
    trial.run();
    neighbour.run();
    same = neighbour.lakeContents();
    neighbourVersions = neighbour.versions();
    neighbourRows = neighbour.untouched();
    silverBefore = Trial.files(trial.silver("stg_holdings"));
    factsBefore = Trial.files(trial.gold("fact_holdings"));
    wideBefore = Trial.files(trial.gold("wide"));
    trial.land("holdings/a.xlsx", Star.holdings("2024-01-02", "P1|S1|One|12|120"), 5);
    correction = trial.run();
  }

  @Test
  void whatTheNewVersionDoesNotRestateIsGoneFromEveryTable() {
    List<String> left = List.of("2024-01-02|P1", "2024-01-03|P1", "2024-01-03|P2");
    assertThat(select(trial.silver("stg_holdings"))).isEqualTo(left);
    assertThat(select(trial.gold("wide"))).isEqualTo(left);
    assertThat(Trial.rows(trial.gold("daily_nav")))
        .containsExactly(
            "P1|2024-01-02|120.0000", "P1|2024-01-03|101.0000", "P2|2024-01-03|11.0000");
    assertThat(trial.warehouse("SELECT * FROM corrected.daily_nav ORDER BY 1, 2"))
        .containsExactly(
            "P1|2024-01-02|120.0000", "P1|2024-01-03|101.0000", "P2|2024-01-03|11.0000");
    assertThat(
            trial.warehouse(
                """
                SELECT date_key, portfolio_id, market_value FROM corrected.fact_holdings
                JOIN corrected.dim_portfolio USING (portfolio_key) ORDER BY 1, 2
                """))
        .containsExactly("20240102|P1|120.0000", "20240103|P1|101.0000", "20240103|P2|11.0000");
    assertThat(correction.balance()).isNotEmpty().allMatch(BalanceLine::balances);
  }

  @Test
  void theFilesOfOtherDaysAreLeftAlone() {
    assertThat(Trial.files(trial.silver("stg_holdings")).get(OTHER_DAY))
        .isNotNull()
        .isEqualTo(silverBefore.get(OTHER_DAY));
    assertThat(Trial.files(trial.gold("fact_holdings")).get(OTHER_DAY))
        .isNotNull()
        .isEqualTo(factsBefore.get(OTHER_DAY));
    assertThat(Trial.files(trial.gold("wide")).get(OTHER_DAY))
        .isNotNull()
        .isEqualTo(wideBefore.get(OTHER_DAY));
  }

  @Test
  void anotherPipelineInTheSameLakeAndWarehouseIsNotTouched() {
    assertThat(neighbour.versions()).isEqualTo(neighbourVersions);
    assertThat(neighbour.untouched()).isEqualTo(neighbourRows);
    assertThat(neighbour.lakeContents()).isEqualTo(same);
    assertThat(same.get("silver.stg_holdings")).hasSize(4);
    assertThat(neighbour.status().runs()).hasSize(1);
    assertThat(trial.status().runs()).hasSize(2);
  }

  private static List<String> select(LakeTable table) {
    return Trial.rows(table.read().select("as_of_date", "portfolio_id"));
  }
}
