package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.ExitCode;
import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldSlicesTest {
  @TempDir Path folder;

  @Test
  void whatDoesNotPassIsHeldAndTriedAgainUntilItIsMended() {
    Trial trial =
        Trial.nav(
            folder,
            "held_slices",
            "rejected-rows = 50%",
            "rejected-rows = 50%, rejected-count = 1");
    trial.land("holdings/1.xlsx", Star.holdings("2024-01-02", "P1|S1||10|100", "P1|S2||1|7"), 0);
    trial.land("holdings/2.xlsx", Star.holdings("2024-01-02", "P2|S1||10|200"), 0);
    assertThat(trial.run().verdictCode()).isEqualTo(ExitCode.DONE);

    // Two of three rows break the rule, where half of them may, and one; and another portfolio
    // comes new.
    trial.land(
        "holdings/1.xlsx",
        Star.holdings("2024-01-02", "P1|S1||11|110", "P1|S2||-1|7", "P1|S3||-1|7"),
        10);
    trial.land("holdings/3.xlsx", Star.holdings("2024-01-02", "P3|S1||10|300"), 10);
    RunReport limit = trial.run();
    assertThat(limit.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    assertThat(navs(trial)).containsExactly("P1|107.0000", "P2|200.0000", "P3|300.0000");
    assertThat(held(limit))
        .containsExactly(
            Tuple.tuple("stg_holdings", "portfolio_id=P1/as_of_date=2024-01-02", "REJECT_LIMIT"));
    assertThat(limit.held().get(0).message())
        .isEqualTo(
            "66.7 % of its rows are rejected, more than the 50 % allowed; 2 of its 3 rows are"
                + " rejected, more than the 1 allowed");
    assertThat(limit.balance())
        .filteredOn(line -> line.table().equals("stg_holdings"))
        .singleElement()
        .satisfies(line -> assertThat(line.out()).containsEntry("held", 3L));

    RunReport withoutNews = trial.run(Stage.INGEST, Stage.CONFORM);
    assertThat(withoutNews.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    assertThat(held(withoutNews)).isEqualTo(held(limit));
    assertThat(withoutNews.held().get(0).since()).isEqualTo(limit.held().get(0).since());

    // The first is mended, and the second fails the gate.
    trial.land("holdings/1.xlsx", Star.holdings("2024-01-02", "P1|S1||11|110"), 20);
    trial.land("holdings/2.xlsx", Star.holdings("2024-01-02", "P2|S1||10|2000000"), 20);
    RunReport gate = trial.run();
    assertThat(gate.verdictCode()).isEqualTo(ExitCode.GATE_FAILED);
    assertThat(navs(trial)).containsExactly("P1|110.0000", "P2|200.0000", "P3|300.0000");
    assertThat(held(gate))
        .containsExactly(
            Tuple.tuple("stg_holdings", "portfolio_id=P2/as_of_date=2024-01-02", "GATE_FAILED"));
    assertThat(trial.status().held()).isEqualTo(gate.held());
    assertThat(Trial.rows(trial.silver("rejects"))).isEmpty();

    assertThat(trial.run(Stage.INGEST, Stage.CONFORM).verdictCode())
        .isEqualTo(ExitCode.GATE_FAILED);

    trial.land("holdings/2.xlsx", Star.holdings("2024-01-02", "P2|S1||10|20"), 30);
    RunReport mended = trial.run();
    assertThat(mended.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(mended.held()).isEmpty();
    assertThat(navs(trial)).containsExactly("P1|110.0000", "P2|20.0000", "P3|300.0000");
  }

  @Tag("proof")
  @Test
  void aDateOfFactsWhoseRowsShareTheirGrainIsHeldWithThemNamedAndAllElseIsPromoted() {
    Trial trial =
        Trial.star(
            folder,
            "held_slices",
            "key = [portfolio_id, security_id, as_of_date]",
            "key = [portfolio_id, security_id, quantity, as_of_date]",
            "\"nav.sql\", date = as_of_date",
            "\"nav.sql\", date = as_of_date, control = { total_nav = fact_holdings.market_value }");
    // Silver takes two lots that the grain of the facts does not tell apart.
    trial.land("holdings/2.xlsx", Star.holdings("2024-01-02", "P2|S1||10|20"), 30);
    trial.land("holdings/4.xlsx", Star.holdings("2024-01-03", "P4|S1||1|4", "P4|S1||2|8"), 30);
    trial.land("holdings/5.xlsx", Star.holdings("2024-01-04", "P5|S1||1|5"), 30);
    RunReport grain = trial.run();
    assertThat(grain.verdictCode()).isEqualTo(ExitCode.GATE_FAILED);
    assertThat(held(grain))
        .containsExactly(
            Tuple.tuple("daily_nav", "as_of_date=2024-01-03", "CONTROL_DIFFERS"),
            Tuple.tuple("fact_holdings", "date_key=20240103", "GRAIN_DUPLICATE"));
    assertThat(grain.held())
        .extracting(RunReport.HeldLine::message)
        .containsExactly(
            "the sum of total_nav is 12.0000, and that of fact_holdings.market_value is nothing",
            "1 key of the grain stands more than once: portfolio_id=P4, security_id=S1,"
                + " as_of_date=2024-01-03 (holdings/4.xlsx, sheet 'Data', row 4; holdings/4.xlsx,"
                + " sheet 'Data', row 5)");
    assertThat(grain.balance())
        .filteredOn(line -> line.stage().equals("silver → gold"))
        .filteredOn(line -> line.table().equals("fact_holdings"))
        .singleElement()
        .satisfies(line -> assertThat(line.out()).containsEntry("held", 2L));
    assertThat(navs(trial)).containsExactly("P2|20.0000", "P5|5.0000");

    Map<String, List<String>> before = Trial.files(trial.gold("fact_holdings"));
    trial.land("holdings/4.xlsx", Star.holdings("2024-01-03", "P4|S1||3|12"), 40);
    RunReport mended = trial.run();
    assertThat(mended.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(mended.held()).isEmpty();
    assertThat(navs(trial)).containsExactly("P2|20.0000", "P4|12.0000", "P5|5.0000");
    assertThat(Trial.files(trial.gold("fact_holdings"))).containsAllEntriesOf(before);
  }

  @Test
  void aSliceWhoseRowsAreAllRejectedIsEmptyWhereThatIsAllowed() {
    Trial trial =
        Trial.star(
            folder,
            "all_rejected",
            "limits { rejected-rows = 50% }",
            "limits { rejected-rows = 100% }");
    trial.land("holdings/1.xlsx", Star.holdings("2024-01-02", "P1|S1||10|100", "P2|S1||1|1"), 0);
    trial.run(Stage.INGEST, Stage.CONFORM);

    trial.land("holdings/2.xlsx", Star.holdings("2024-01-02", "P1|S1||-10|100"), 10);
    RunReport report = trial.run(Stage.INGEST, Stage.CONFORM);

    assertThat(report.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(Trial.rows(trial.silver("stg_holdings").read().select("portfolio_id")))
        .containsExactly("P2");
    assertThat(
            Trial.rows(trial.silver("rejects").read().select("uri", "sheet_row", "reason", "rule")))
        .containsExactly("holdings/2.xlsx|4|ROW_RULE|long-only");
  }

  private static List<String> navs(Trial trial) {
    List<String> inLake =
        Trial.rows(trial.gold("daily_nav").read().select("portfolio_id", "total_nav"));
    assertThat(
            trial.warehouse("SELECT portfolio_id, total_nav FROM held_slices.daily_nav ORDER BY 1"))
        .isEqualTo(inLake);
    return inLake;
  }

  private static List<Tuple> held(RunReport report) {
    return report.held().stream()
        .map(held -> Tuple.tuple(held.table(), held.slice(), held.reason()))
        .toList();
  }
}
