package io.sluice.run;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.lake.Changes;
import io.sluice.lake.DriftHistory;
import io.sluice.lake.DriftHistory.Accepted;
import io.sluice.lake.LakeTable;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers that the contract does not name, from the landing to gold. */
class UnknownColumnsTest {
  private static final String DECLARED =
      "portfolio id|security id|security name|quantity|market value";
  private static final String ODD = "P\"L {}, " + "x".repeat(300);
  private static final String CONF =
      """
      pipeline.name = NAME
      landing.root = "landing"
      warehouse { url = embedded, schema = NAME }
      sources.holdings {
        files = "holdings/*.xlsx"
        slice = [portfolio_id, as_of_date]
        drift { unknown = add-nullable, missing = warn }
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          security_id { type = string, required = true }
          security_name { type = string }
          quantity { type = "decimal(20,4)", required = true }
          market_value { type = "decimal(20,4)" }
        }
      }
      silver.stg_holdings {
        from = holdings
        key = [portfolio_id, security_id, as_of_date]
        partition-by-date = as_of_date
      }
      gold.everything { sql = "all.sql", date = as_of_date }
      """;

  private static final byte[] PLAIN = Star.holdings("2024-01-02", "P1|S1|One|10|100");
  private static final byte[] ZETA =
      Star.workbook(
          "2024-01-03", DECLARED + "|zeta|order", "P1|S1|One|10|100|z1|7", "P1|S2|Two|1|9||");
  private static final byte[] ALPHA =
      Star.workbook(
          "2024-01-04",
          "alpha|" + DECLARED + "|=1+1|ZETA|zeta|" + ODD,
          "-1|P1|S1|One|10|100|=x|z2|z3|\"q\"\\");
  private static final byte[] CORRECTED = Star.holdings("2024-01-03", "P1|S1|One|11|110");
  private static final byte[] NAMELESS =
      Star.workbook(
          "2024-01-05", "portfolio id|security id|quantity|market value|beta", "P1|S1|3|30|b");

  @TempDir Path folder;

  @Tag("proof")
  @Test
  void headersBecomeColumnsWhateverOrderTheyComeInAndGoldHasTheDeclaredOnes() {
    Trial one = adding(folder.resolve("one"), "added_one");
    land(one, "1.xlsx", PLAIN, 0);
    one.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);
    assertThat(one.silver("stg_holdings").read().columns()).doesNotContain("zeta");
    List<String> gold = List.of(one.gold("everything").read().columns());
    land(one, "2.xlsx", ZETA, 1);
    one.run(Stage.INGEST, Stage.CONFORM);
    land(one, "3.xlsx", ALPHA, 2);
    land(one, "4.xlsx", NAMELESS, 3);
    RunReport third = one.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);
    land(one, "5.xlsx", CORRECTED, 4);
    RunReport last = one.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);

    assertThat(third.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(last.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    LakeTable silver = one.silver("stg_holdings");
    List<String> columns = List.of(silver.read().columns());
    assertThat(columns.subList(0, 6))
        .containsExactly(
            "as_of_date",
            "portfolio_id",
            "security_id",
            "security_name",
            "quantity",
            "market_value");
    assertThat(columns.subList(6, 8)).containsExactly("alpha", "beta");
    assertThat(columns.get(8)).matches("column_1_1_[0-9a-f]{8}");
    assertThat(columns.subList(9, 12))
        .satisfiesExactly(
            name -> assertThat(name).isEqualTo("order"),
            name -> assertThat(name).matches("p_l_x{40,}_[0-9a-f]{8}").hasSizeLessThan(64),
            name -> assertThat(name).isEqualTo("zeta"));
    assertThat(columns.subList(12, columns.size()))
        .satisfiesExactly(
            name -> assertThat(name).matches("zeta_2_[0-9a-f]{8}"),
            name -> assertThat(name).isEqualTo("file_id"),
            name -> assertThat(name).isEqualTo("sheet_row"),
            name -> assertThat(name).isEqualTo("year"),
            name -> assertThat(name).isEqualTo("month"),
            name -> assertThat(name).isEqualTo("day"));
    assertThat(
            Trial.rows(
                silver
                    .read()
                    .select(
                        col("as_of_date"),
                        col("security_name"),
                        col("alpha"),
                        col("beta"),
                        col(columns.get(8)),
                        col("order"),
                        col(columns.get(10)),
                        col("zeta"),
                        col(columns.get(12)))))
        .containsExactly(
            "2024-01-02|One|||||||",
            "2024-01-03|One|||||||",
            "2024-01-04|One|-1||=x||\"q\"\\|z2|z3",
            "2024-01-05|||b|||||");
    assertThat(List.of(one.gold("everything").read().columns())).isEqualTo(gold);
    assertThat(gold).doesNotContain("zeta", "alpha");

    Trial other = adding(folder.resolve("other"), "added_other");
    land(other, "5.xlsx", CORRECTED, 4);
    land(other, "3.xlsx", ALPHA, 2);
    other.run(Stage.INGEST, Stage.CONFORM);
    land(other, "4.xlsx", NAMELESS, 3);
    land(other, "2.xlsx", ZETA, 1);
    land(other, "1.xlsx", PLAIN, 0);
    other.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);
    assertThat(List.of(other.silver("stg_holdings").read().columns())).isEqualTo(columns);
    assertThat(other.lakeContents()).isEqualTo(one.lakeContents());

    Map<String, List<String>> before = one.lakeContents();
    assertThat(one.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL).nothingToDo()).isTrue();
    one.execute(
        RunOptions.of("rebuild", "", EnumSet.of(Stage.CONFORM, Stage.MODEL))
            .rebuilding(Set.of("stg_holdings")));
    assertThat(one.lakeContents()).isEqualTo(before);
    assertThat(List.of(silver.read().columns())).isEqualTo(columns);
    assertThat(new DriftHistory(one.lake()).all())
        .extracting(Accepted::kind, Accepted::policy, each -> head(each.header()), Accepted::uri)
        .containsExactlyInAnyOrder(
            tuple("unknown", "add-nullable", "zeta", "holdings/2.xlsx"),
            tuple("unknown", "add-nullable", "order", "holdings/2.xlsx"),
            tuple("unknown", "add-nullable", "alpha", "holdings/3.xlsx"),
            tuple("unknown", "add-nullable", "=1+1", "holdings/3.xlsx"),
            tuple("unknown", "add-nullable", "ZETA", "holdings/3.xlsx"),
            tuple("unknown", "add-nullable", "zeta #2", "holdings/3.xlsx"),
            tuple("unknown", "add-nullable", head(ODD), "holdings/3.xlsx"),
            tuple("unknown", "add-nullable", "beta", "holdings/4.xlsx"),
            tuple("missing", "warn", "", "holdings/4.xlsx"));
  }

  @Tag("proof")
  @Test
  void aColumnThatIsAddedIsNoChangedDefinitionAndOneThatIsDeclaredIs() {
    Trial trial = adding(folder, "declared_later");
    land(trial, "1.xlsx", ZETA, 0);
    trial.run(Stage.INGEST, Stage.CONFORM, Stage.MODEL);
    long version = trial.silver("stg_holdings").state().orElseThrow().version();
    land(trial, "2.xlsx", ALPHA, 1);
    trial.run(Stage.INGEST, Stage.CONFORM);
    LakeTable silver = trial.silver("stg_holdings");
    assertThat(silver.changes(version, silver.state().orElseThrow().version()))
        .isEqualTo(Changes.of(new TreeSet<>(Set.of(LocalDate.of(2024, 1, 4)))));
    long after = silver.state().orElseThrow().version();
    trial.execute(RunOptions.replay("", Set.of("stg_holdings")));
    assertThat(silver.state().orElseThrow().version()).isEqualTo(after);

    Trial declared =
        adding(
            folder,
            "declared_later",
            "    quantity {",
            "    zeta { type = string, max-length = 2 }\n    quantity {");
    assertThat(declared.failure(RunOptions.everything("")).reason())
        .isEqualTo(Reason.DEFINITION_CHANGED);
    declared.rebuildSilver("stg_holdings");

    // The other one stands under two headers of one column by now.
    assertThat(
            Trial.rows(
                declared
                    .silver("stg_holdings")
                    .read()
                    .select("as_of_date", "security_id", "zeta", "order")))
        .containsExactly("2024-01-03|S1|z1|7", "2024-01-03|S2||");
  }

  @Test
  void aColumnThatIsDroppedLaterIsNotKeptUnderAnotherName() {
    Trial trial = adding(folder, "dropped_later");
    byte[] mail =
        Star.workbook("2024-01-03", DECLARED + "|Client e-mail", "P1|S1|One|10|100|jane@here");
    land(trial, "1.xlsx", mail, 0);
    trial.run(Stage.INGEST, Stage.CONFORM);
    assertThat(Trial.rows(trial.silver("stg_holdings").read()))
        .singleElement()
        .asString()
        .contains("jane@here");

    Trial dropping =
        adding(
            folder,
            "dropped_later",
            "    quantity {",
            "    e_mail { type = string, sensitive = drop }\n    quantity {");
    assertThat(dropping.failure(RunOptions.everything("")).reason())
        .isEqualTo(Reason.DEFINITION_CHANGED);
    dropping.rebuildSilver("stg_holdings");

    LakeTable silver = dropping.silver("stg_holdings");
    assertThat(silver.read().columns()).noneMatch(name -> name.contains("mail"));
    assertThat(silver.read().count()).isEqualTo(1);
  }

  /** The contract of {@link Star}'s holdings, and a table of all columns that gold has of them. */
  private static Trial adding(Path folder, String name, String... more) {
    String text = CONF.replace("NAME", name);
    for (int i = 0; i < more.length; i += 2) {
      assertThat(text).contains(more[i]);
      text = text.replace(more[i], more[i + 1]);
    }
    try {
      Files.createDirectories(folder.resolve("landing"));
      Files.writeString(folder.resolve("all.sql"), "SELECT * FROM stg_holdings");
      Path conf = Files.writeString(folder.resolve(name + ".conf"), text);
      return Trial.of(conf, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void land(Trial trial, String name, byte[] content, int minutes) {
    trial.land("holdings/" + name, content, minutes);
  }

  private static String head(String header) {
    return header.substring(0, Math.min(20, header.length()));
  }
}
