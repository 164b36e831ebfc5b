package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Business dates from the path, and workbooks that say that a day has no rows. */
class PathDateTest {
  private static final String LABEL = "as_of_date { label = \"As of\", type = date }";

  @TempDir Path folder;

  @Test
  void aDayIsTakenFromThePathAndClearedByAHeaderWithoutRows() {
    Trial trial =
        Trial.star(
            folder,
            "paths",
            "securities/*.xlsx\"\n  slice = [as_of_date]\n  above { " + LABEL,
            "securities/*.xlsx\"\n  slice = [as_of_date]\n  above { as_of_date { path = date, type = date }",
            "slice = [portfolio_id, as_of_date]",
            "slice = [as_of_date], empty = clear",
            LABEL,
            LABEL.replace("type", "path = date, type"));
    byte[] master = Star.securities("any day", "S1|One|Energy");
    String day = "holdings/year=2024/month=01/day=02/a.xlsx";
    trial
        .land("securities/2024-01-02.xlsx", master, 0)
        .land("securities/2024-01-03.xlsx", master, 1)
        .land(day, Star.holdings("2024-01-02", "P1|S1|One|10|100", "P2|S1|One|1|10"), 0)
        .land("holdings/2024-01-03.xlsx", Star.holdings("2024-01-03", "P1|S1|One|10|101"), 0)
        .land("holdings/2024-01-04.xlsx", Star.holdings("2024-01-05", "P1|S1|One|10|102"), 0);

    RunReport first = trial.run(Stage.INGEST, Stage.CONFORM);
    RunReport cleared =
        trial.land(day, Star.holdings("2024-01-02"), 5).run(Stage.INGEST, Stage.CONFORM);

    assertThat(first.files())
        .filteredOn(file -> !file.outcome().equals("ACCEPTED"))
        .extracting(file -> file.uri() + " " + file.reason() + " " + file.place())
        .containsExactly("holdings/2024-01-04.xlsx DATE_DISAGREES sheet 'Data', cell B1");
    assertThat(Trial.rows(trial.silver("stg_securities").read().select("as_of_date", "sector")))
        .containsExactly("2024-01-02|Energy", "2024-01-03|Energy");
    assertThat(cleared.files())
        .extracting(file -> file.outcome() + " " + file.bronzeRows())
        .containsExactly("ACCEPTED 0");
    assertThat(cleared.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(Trial.rows(trial.silver("stg_holdings").read().select("as_of_date", "portfolio_id")))
        .containsExactly("2024-01-03|P1");
  }
}
