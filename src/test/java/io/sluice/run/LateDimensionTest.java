package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.sluice.SparkForTests;
import io.sluice.lake.LakeTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master comes after the holdings, and then once more for a day long past. */
@Tag("proof")
class LateDimensionTest {
  private static final String POINTS_TO =
      """
      SELECT date_key, portfolio_name, valid_from FROM late_masters.fact_holdings
      JOIN late_masters.dim_portfolio USING (portfolio_key) ORDER BY 1
      """;

  @TempDir Path folder;

  @Test
  void anInferredMemberKeepsItsKeyAndABackDatedChangeRepointsItsFacts() {
    Trial trial = Trial.star(folder, "late_masters");
    trial.land("holdings/1.xlsx", Star.holdings("2024-01-02", "P1|S1||10|100"), 0);
    trial.land("holdings/2.xlsx", Star.holdings("2024-01-10", "P1|S1||10|100"), 0);
    trial.run();
    // No portfolios master has ever been seen, so there is no dimension and no star yet.
    trial.land("portfolios/0.xlsx", Star.portfolios("2024-01-02", "P9|Other"), 1);
    trial.run();
    List<String> inferred = portfolio(trial);
    assertThat(inferred).hasSize(1).allMatch(row -> row.endsWith("|null|t"));
    String key = inferred.get(0).split("\\|")[0];

    trial.land("portfolios/1.xlsx", Star.portfolios("2024-01-03", "P1|Income"), 2);
    trial.land("portfolios/2.xlsx", Star.portfolios("2024-01-12", "P1|Income Two"), 2);
    trial.run();
    assertThat(portfolio(trial)).hasSize(2).contains(key + "|Income|f");
    assertThat(trial.warehouse(POINTS_TO))
        .containsExactly("20240102|Income|0001-01-01", "20240110|Income|0001-01-01");

    Map<String, List<String>> files = Trial.files(trial.gold("fact_holdings"));
    trial.land("portfolios/3.xlsx", Star.portfolios("2024-01-05", "P1|Income Two"), 3);
    trial.run();
    // Of the day whose version moved, and of no other.
    assertThat(Trial.files(trial.gold("fact_holdings")))
        .hasSize(2)
        .containsEntry("year=2024/month=01/day=02", files.get("year=2024/month=01/day=02"))
        .doesNotContainEntry("year=2024/month=01/day=10", files.get("year=2024/month=01/day=10"));
    assertThat(portfolio(trial)).hasSize(2).contains(key + "|Income|f");
    assertThat(trial.warehouse(POINTS_TO))
        .containsExactly("20240102|Income|0001-01-01", "20240110|Income Two|2024-01-05");
    assertThat(Trial.rows(trial.gold("wide").read().select("as_of_date", "portfolio_name")))
        .containsExactly("2024-01-02|Income", "2024-01-10|Income Two");
    everyKeyResolvesAtEveryMoment(trial);
  }

  private static List<String> portfolio(Trial trial) {
    return trial.warehouse(
        "SELECT portfolio_key, portfolio_name, is_inferred FROM late_masters.dim_portfolio"
            + " WHERE portfolio_id = 'P1' ORDER BY valid_from");
  }

  private record Commit(Instant at, boolean ofFacts, long version) {}

  private static void everyKeyResolvesAtEveryMoment(Trial trial) {
    LakeTable facts = trial.gold("fact_holdings");
    LakeTable portfolios = trial.gold("dim_portfolio");
    List<Commit> commits = new ArrayList<>(commits(facts, true));
    commits.addAll(commits(portfolios, false));
    commits.sort(Comparator.comparing(Commit::at));
    assertThat(commits).hasSizeGreaterThan(6);
    long factVersion = -1;
    long dimensionVersion = -1;
    for (Commit commit : commits) {
      factVersion = commit.ofFacts() ? commit.version() : factVersion;
      dimensionVersion = commit.ofFacts() ? dimensionVersion : commit.version();
      if (factVersion >= 0 && dimensionVersion >= 0) {
        assertThat(
                facts
                    .read(factVersion)
                    .join(portfolios.read(dimensionVersion), "portfolio_key")
                    .count())
            .as("facts %d, portfolios %d", factVersion, dimensionVersion)
            .isEqualTo(facts.read(factVersion).count());
      }
    }
  }

  private static List<Commit> commits(LakeTable table, boolean ofFacts) {
    List<Commit> commits = new ArrayList<>();
    for (Row row :
        DeltaTable.forPath(SparkForTests.session(), table.path())
            .history()
            .select("timestamp", "version")
            .collectAsList()) {
      commits.add(new Commit(row.getInstant(0), ofFacts, row.getLong(1)));
    }
    return commits;
  }
}
