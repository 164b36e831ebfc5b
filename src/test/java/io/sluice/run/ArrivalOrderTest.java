package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same workbooks make the same tables, whatever order and batches they came in. */
@Tag("proof")
class ArrivalOrderTest {
  private static final String[] BY_NAME = {
    "order = modified-time", "order = { name-pattern = \"_v(\\\\d+)\" }"
  };

  @TempDir static Path folder;
  private static final Map<String, byte[]> WORKBOOKS = new LinkedHashMap<>();
  private static Trial atOnce;

  @BeforeAll
  static void landAllAtOnce() {
    WORKBOOKS.put("securities/m1.xlsx", Star.securities("2024-01-02", "S1|Alpha|Tech", "S2|Beta|"));
    WORKBOOKS.put(
        "holdings/d1.xlsx",
        Star.holdings(
            "2024-01-02", "P1|S1||10|100.1", "P1|S2||5|50.05", "P2|S1||1|10.01", "P2|S2||-1|5"));
    WORKBOOKS.put(
        "holdings/d2.xlsx",
        Star.holdings("2024-01-03", "P1|S1||10|101", "P1|S1||10|101", "P2|S3|Gamma|1|10"));
    WORKBOOKS.put("holdings/d2_v2.xlsx", Star.holdings("2024-01-03", "P1|S1||11|111.1"));
    WORKBOOKS.put("portfolios/p.xlsx", Star.portfolios("2024-01-03", "P1|Income"));
    WORKBOOKS.put("securities/m2.xlsx", Star.securities("2024-01-04", "S1|Alpha New|Media"));
    WORKBOOKS.put(
        "holdings/d3.xlsx", Star.holdings("2024-01-04", "P1|S1||10|102", "P2|S1||2|20.4"));
    atOnce = Trial.star(folder.resolve("at-once"), "at_once", BY_NAME);
    List<String> names = List.copyOf(WORKBOOKS.keySet());
    names.forEach(name -> land(atOnce, name));
    atOnce.run();
  }

  private static Trial land(Trial trial, String name) {
    int minutes = List.copyOf(WORKBOOKS.keySet()).indexOf(name);
    return trial.land(name, WORKBOOKS.get(name), minutes);
  }

  @Test
  void whatArrivesAtOnceIsWhatTheWorkbooksSay() {
    assertThat(
            atOnce.warehouse(
                """
                SELECT d.date, p.portfolio_id, s.security_name, f.quantity, f.market_value
                FROM at_once.fact_holdings f JOIN at_once.dim_date d USING (date_key)
                JOIN at_once.dim_portfolio p USING (portfolio_key)
                JOIN at_once.dim_security s USING (security_key) ORDER BY 1, 2, 3
                """))
        .containsExactly(
            "2024-01-02|P1|Alpha|10.0000|100.1000",
            "2024-01-02|P1|Beta|5.0000|50.0500",
            "2024-01-02|P2|Alpha|1.0000|10.0100",
            "2024-01-03|P1|Alpha|11.0000|111.1000",
            "2024-01-04|P1|Alpha New|10.0000|102.0000",
            "2024-01-04|P2|Alpha New|2.0000|20.4000");
  }

  @Test
  void latestFirstMakesTheSameTables() {
    Trial trial = Trial.star(folder.resolve("reverse"), "reverse", BY_NAME);
    List<String> names = new ArrayList<>(WORKBOOKS.keySet());
    Collections.reverse(names);
    names.subList(0, 3).forEach(name -> land(trial, name));
    trial.run();
    names.subList(3, names.size()).forEach(name -> land(trial, name));
    trial.run();

    assertThat(trial.contents()).isEqualTo(atOnce.contents());
  }

  @Test
  void aRebuildMakesTheSameTables() {
    Map<String, List<String>> before = atOnce.contents();

    atOnce.rebuild(
        "stg_holdings",
        "stg_securities",
        "stg_portfolios",
        "dim_date",
        "dim_security",
        "dim_portfolio",
        "fact_holdings",
        "daily_nav",
        "wide");

    assertThat(atOnce.contents()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void oneAtATimeInAnyOrderMakesTheSameTables(long seed) {
    String name = "in_order_" + seed;
    Trial trial = Trial.star(folder.resolve(name), name, BY_NAME);
    List<String> names = new ArrayList<>(WORKBOOKS.keySet());
    if (seed > 0) {
      Collections.shuffle(names, new Random(seed));
    }

    names.forEach(each -> land(trial, each).run());

    assertThat(trial.contents()).as("%s", names).isEqualTo(atOnce.contents());
  }

  @Test
  void contentThatIsSentAgainCountsAtItsLatestPlaceWheneverItCame() {
    byte[] first = Star.holdings("2024-01-02", "P1|S1||10|100");
    byte[] second = Star.holdings("2024-01-02", "P1|S1||20|200");
    Trial trial = Trial.star(folder.resolve("resent"), "resent");
    trial.land("holdings/a.xlsx", first, 10).run(Stage.INGEST, Stage.CONFORM);

    RunReport again = trial.land("holdings/c.xlsx", first, 30).run(Stage.INGEST, Stage.CONFORM);
    trial.land("holdings/b.xlsx", second, 20).run(Stage.INGEST, Stage.CONFORM);

    assertThat(again.files()).extracting(FileLine::reason).containsExactly("DUPLICATE_CONTENT");
    assertThat(quantities(trial)).containsExactly("10.0000");
  }

  @Test
  void twoContentsAtOnePlaceOfTheOrderAreBothRefusedWhicheverCameFirst() {
    byte[] before = Star.holdings("2024-01-02", "P1|S1||5|50");
    byte[] one = Star.holdings("2024-01-02", "P1|S1||10|100");
    byte[] other = Star.holdings("2024-01-02", "P1|S1||20|200");
    Trial together = Trial.star(folder.resolve("tied"), "tied");
    together.land("holdings/0.xlsx", before, 0);
    together.land("holdings/a.xlsx", one, 10).land("holdings/b.xlsx", other, 10);
    Trial apart = Trial.star(folder.resolve("tied-apart"), "tied_apart");
    apart.land("holdings/0.xlsx", before, 0);

    together.run(Stage.INGEST, Stage.CONFORM);
    apart.land("holdings/b.xlsx", other, 10).run(Stage.INGEST, Stage.CONFORM);
    apart.land("holdings/a.xlsx", one, 10).run(Stage.INGEST, Stage.CONFORM);

    assertThat(quantities(together)).containsExactly("5.0000");
    assertThat(quantities(apart)).containsExactly("5.0000");
    assertThat(apart.status().refused())
        .extracting(FileLine::uri, FileLine::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("holdings/a.xlsx", "ORDER_TIE"),
            org.assertj.core.groups.Tuple.tuple("holdings/b.xlsx", "ORDER_TIE"));
    apart.land("holdings/c.xlsx", other, 20).run(Stage.INGEST, Stage.CONFORM);
    assertThat(quantities(apart)).containsExactly("20.0000");
  }

  private static List<String> quantities(Trial trial) {
    return Trial.rows(trial.silver("stg_holdings").read().select("quantity"));
  }
}
