package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.ExitCode;
import io.sluice.sample.SampleWorkbooks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped reference pipeline over the sample workbooks: what the demo shows. */
class SamplePipelineTest {
  @TempDir static Path folder;
  private static Trial trial;
  private static RunReport first;

  @BeforeAll
  static void run() {
    trial = Trial.of(Path.of("conf", "portfolio.conf"), folder, "warehouse.schema=sample_pipeline");
    SampleWorkbooks.write(Path.of(trial.pipeline().landing()), SampleWorkbooks.Size.standard());
    first = trial.run();
  }

  @Test
  void everyRowIsAccountedForAndNothingIsHeld() {
    assertThat(first.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    assertThat(first.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(first.held()).isEmpty();
    assertThat(first.gates()).isNotEmpty().allMatch(GateLine::passed);
    assertThat(first.rejects().get("stg_portfolio_holdings"))
        .isEqualTo(Map.of("ERROR_CELL", 1L, "REQUIRED_MISSING", 1L, "ROW_RULE", 1L));
    assertThat(first.files())
        .extracting(FileLine::reason)
        .filteredOn(reason -> !reason.isEmpty())
        .containsExactlyInAnyOrder(
            "LOCK_FILE", "COLUMN_RENAMED", "EMPTY", "FILE_TRUNCATED", "DUPLICATE_CONTENT");
  }

  @Test
  void theStarResolvesAndTheModelsAgreeWithIt() {
    assertThat(
            trial.warehouse(
                """
                SELECT count(*), count(d.date), count(p.portfolio_id), count(s.security_name)
                FROM sample_pipeline.fact_portfolio_holdings f
                LEFT JOIN sample_pipeline.dim_date d ON f.date_key = d.date_key
                LEFT JOIN sample_pipeline.dim_portfolio p ON f.portfolio_key = p.portfolio_key
                LEFT JOIN sample_pipeline.dim_security s ON f.security_key = s.security_key
                """))
        .containsExactly("1040|1040|1040|1040");
    assertThat(
            trial.warehouse(
                """
                SELECT count(*) FROM sample_pipeline.portfolio_daily_nav n
                FULL JOIN (
                  SELECT d.date, p.portfolio_id, sum(f.market_value) AS total_nav
                  FROM sample_pipeline.fact_portfolio_holdings f
                  JOIN sample_pipeline.dim_date d USING (date_key)
                  JOIN sample_pipeline.dim_portfolio p USING (portfolio_key) GROUP BY 1, 2) facts
                ON n.as_of_date = facts.date AND n.portfolio_id = facts.portfolio_id
                WHERE n.total_nav IS DISTINCT FROM facts.total_nav
                """))
        .containsExactly("0");
  }

  @Test
  void aSecondRunFindsNothingToDo() {
    Map<String, Long> versions = trial.versions();

    RunReport second = trial.run();

    assertThat(second.nothingToDo()).isTrue();
    assertThat(second.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(trial.versions()).isEqualTo(versions);
  }
}
