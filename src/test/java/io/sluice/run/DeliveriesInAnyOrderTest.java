package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
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

/** Snapshots, changes, and what refers to them, in any order of arrival. */
@Tag("proof")
class DeliveriesInAnyOrderTest {
  private static final String[] CONF = {
    "limits { rejected-rows = 50% }",
    "limits { rejected-rows = 100% }",
    "rules = [{ name = long-only, row = \"quantity >= 0\" }]",
    """
    duplicates = latest
    references = [
      { name = known-portfolio, columns = [portfolio_id, as_of_date], in = stg_portfolios }
      { name = known-security, columns = security_id, in = stg_securities }
    ]
    """,
    "files = \"securities/*.xlsx\"\n  slice = [as_of_date]",
    "files = \"securities/*.xlsx\"\n  delivers = changes\n  slice = [security_id]\n"
        + "  limits { rejected-rows = 100% }",
    "sector { type = string }",
    "sector { type = string, max-length = 6 }",
    "key = [security_id, as_of_date] }",
    "key = [security_id], deleted-when = \"sector = 'gone'\" }",
    "files = \"portfolios/*.xlsx\"",
    "files = \"portfolios/*.xlsx\"\n  delivers = snapshot\n  limits { rejected-rows = 100% }"
  };

  @TempDir static Path folder;
  private static final Map<String, byte[]> WORKBOOKS = new LinkedHashMap<>();
  private static Trial atOnce;
  private static Map<String, List<String>> expected;

  @BeforeAll
  static void landAllAtOnce() throws IOException {
    WORKBOOKS.put(
        "securities/1.xlsx",
        Star.securities("2024-01-02", "S1|One|Tech", "S2|Two|Tech", "S3|Three|Tech"));
    WORKBOOKS.put("portfolios/1.xlsx", Star.portfolios("2024-01-02", "P1|Income", "P2|Growth"));
    WORKBOOKS.put(
        "holdings/1.xlsx",
        Star.holdings(
            "2024-01-02", "P1|S1||1|1", "P1|S2||2|2", "P1|S2||3|3", "P2|S3||x|4", "P2|S4||5|5"));
    WORKBOOKS.put("portfolios/2.xlsx", Star.portfolios("2024-01-03", "P1|Income"));
    WORKBOOKS.put(
        "holdings/2.xlsx", Star.holdings("2024-01-03", "P1|S1||1|1", "P2|S1||2|2", "P1|S5||3|3"));
    WORKBOOKS.put(
        "securities/2.xlsx",
        Star.securities("2024-01-04", "S2|Two B|gone", "S4|Four|Tech", "S3|Three B|Technology"));
    WORKBOOKS.put("portfolios/3.xlsx", Star.portfolios("2024-01-04", "P2|Growth"));
    WORKBOOKS.put(
        "holdings/3.xlsx", Star.holdings("2024-01-04", "P1|S1||1|1", "P2|S4||2|2", "P2|S2||3|3"));
    WORKBOOKS.put("securities/3.xlsx", Star.securities("2024-01-05", "S5|Five|Tech"));
    atOnce = trial("at-once");
    land(atOnce, List.copyOf(WORKBOOKS.keySet()));
    expected = atOnce.lakeContents();
  }

  @Test
  void whatRefersToNothingIsRejectedAndTheRestIsThere() {
    assertThat(
            Trial.rows(
                atOnce
                    .silver("stg_holdings")
                    .read()
                    .select("as_of_date", "portfolio_id", "security_id")))
        .containsExactly(
            "2024-01-02|P1|S1",
            "2024-01-02|P2|S4",
            "2024-01-03|P1|S1",
            "2024-01-03|P1|S5",
            "2024-01-04|P2|S4");
    assertThat(expected.get("silver.stg_portfolios_vanished"))
        .containsExactly("P1|2024-01-03|2024-01-04", "P2|2024-01-02|2024-01-03");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void threeBatchesInAnyOrderMakeTheSameTables(long seed) throws IOException {
    Trial trial = trial("order-" + seed);
    List<String> names = new ArrayList<>(WORKBOOKS.keySet());
    Collections.shuffle(names, new Random(seed));

    land(trial, names.subList(0, 3));
    land(trial, names.subList(3, 6));
    land(trial, names.subList(6, names.size()));

    assertThat(trial.lakeContents()).as("%s", names).isEqualTo(expected);
  }

  @Test
  void aRebuildMakesTheSameTables() {
    atOnce.execute(
        RunOptions.of("rebuild", "", EnumSet.of(Stage.CONFORM))
            .rebuilding(atOnce.pipeline().silver().keySet()));

    assertThat(atOnce.lakeContents()).isEqualTo(expected);
  }

  private static void land(Trial trial, List<String> names) {
    List<String> places = List.copyOf(WORKBOOKS.keySet());
    names.forEach(name -> trial.land(name, WORKBOOKS.get(name), places.indexOf(name)));
    assertThat(trial.run(Stage.INGEST, Stage.CONFORM).balance()).allMatch(BalanceLine::balances);
  }

  private static Trial trial(String name) throws IOException {
    return Trial.star(Files.createDirectory(folder.resolve(name)), "any_order", CONF);
  }
}
