package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.OpenedFiles;
import io.sluice.OpenedFiles.Cost;
import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The history of a dimension follows what changed, and reads no more than it needs for that. */
@Isolated("counts what the process opens and reads")
@Tag("proof")
class DimensionHistoryTest {
  private static final String[] BY_NAME = {
    "order = modified-time", "order = { name-pattern = \"_v(\\\\d+)\" }"
  };

  @TempDir Path folder;
  private Trial trial;

  @Test
  void anOrdinaryDayReadsItsOwnPartitionAndALateOneChangesWhatARebuildWould() {
    trial = Trial.star(folder, "history", BY_NAME);
    trial.land("portfolios/1.xlsx", Star.portfolios("2024-01-02", "P1|Income"), 0);
    trial.land("securities/1.xlsx", Star.securities("2024-01-02", "S1|Alpha|Tech"), 0);
    for (int day = 2; day < 6; day++) {
      land(day, "", "P1|S1||10|100", "P1|S2|Beta|1|10", "P2|S3||1|10");
    }
    run();

    land(8, "", "P1|S1||10|100", "P1|S2|Beta Two|1|10", "P2|S2|Beta Zwo|1|10", "P2|S9|Iota|1|10");
    Cost cost = OpenedFiles.during(this::run);
    System.out.println("an ordinary day: " + cost.byTable());
    assertThat(partitions(cost, "silver/stg_holdings")).containsOnly("year=2024/month=01/day=08");
    assertThat(security())
        .containsExactly(
            "S1|Alpha|Tech|0001-01-01|9999-12-31|false",
            "S2|Beta Two||2024-01-08|9999-12-31|false",
            "S2|Beta||0001-01-01|2024-01-08|false",
            "S3|||0001-01-01|9999-12-31|false",
            "S9|Iota||0001-01-01|9999-12-31|false",
            "Unknown|Unknown|Unknown|0001-01-01|9999-12-31|false");

    assertThat(Trial.rows(trial.gold("dim_conflicts")))
        .containsExactly(
            "dim_security|S2|2024-01-08|stg_holdings|security_name|Beta Two|Beta Two|Beta Zwo");

    // Two days for nothing, but for one name that was another one on one day.
    land(6, "", "P1|S1||10|100", "P1|S2|Beta|1|10");
    land(3, "_v2", "P1|S1||10|100", "P1|S2|Bravo|1|10", "P2|S3||1|10");
    Cost late = OpenedFiles.during(this::run);
    System.out.println("a corrected day: " + late.byTable());
    assertThat(security())
        .contains(
            "S2|Beta||0001-01-01|2024-01-03|false",
            "S2|Bravo||2024-01-03|2024-01-04|false",
            "S2|Beta||2024-01-04|2024-01-08|false",
            "S2|Beta Two||2024-01-08|9999-12-31|false");

    land(3, "_v3", "P1|S1||10|100", "P1|S2|Beta|1|10");
    land(8, "_v2", "P1|S1||10|100", "P1|S2|Beta|1|10");
    trial.land("securities/2.xlsx", Star.securities("2024-01-05", "S1|Alpha|Media"), 20);
    run();
    assertThat(security())
        .containsExactly(
            "S1|Alpha|Media|0001-01-01|9999-12-31|false",
            "S2|Beta||0001-01-01|9999-12-31|false",
            "S3|||0001-01-01|9999-12-31|false",
            "Unknown|Unknown|Unknown|0001-01-01|9999-12-31|false");
    assertThat(Trial.rows(trial.gold("dim_conflicts"))).isEmpty();
    Map<String, List<String>> followed = contents();
    trial.rebuild("dim_security", "dim_portfolio", "fact_holdings", "daily_nav", "wide");
    assertThat(contents()).isEqualTo(followed);
    assertThat(trial.run(Stage.MODEL).nothingToDo()).isTrue();
  }

  private void land(int day, String version, String... rows) {
    trial.land(
        "holdings/d%d%s.xlsx".formatted(day, version), Star.holdings("2024-01-0" + day, rows), day);
  }

  private void run() {
    trial.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);
  }

  private List<String> security() {
    return Trial.rows(
        trial
            .gold("dim_security")
            .read()
            .select(
                "security_id", "security_name", "sector", "valid_from", "valid_to", "is_inferred"));
  }

  private Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new TreeMap<>(trial.lakeContents());
    for (String name : List.of("dim_security_changes", "dim_portfolio_changes", "dim_conflicts")) {
      contents.put(name, Trial.rows(trial.gold(name)));
    }
    return contents;
  }

  private static List<String> partitions(Cost cost, String table) {
    return cost.opened().stream()
        .filter(path -> path.contains(table + "/year="))
        .map(path -> Path.of(path.substring(path.indexOf("/year=") + 1)).getParent().toString())
        .toList();
  }
}
