package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.LakeTable;
import io.sluice.lake.RunScope;
import io.sluice.run.RunOptions.Stage;
import io.sluice.silver.ConformStage;
import io.sluice.workbook.lint.NotChecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that refer to other tables, whichever of them came first. */
class ReferencesTest {
  private static final String[] REFERRING = {
    "security_id { type = string, required = true }",
    "security_id { type = string, required = true, blanks = collapse }",
    "rules = [{ name = long-only, row = \"quantity >= 0\" }]",
    """
    rules = [{ name = long-only, row = "quantity >= 0" }]
    references = [
      { name = known-portfolio, columns = portfolio_id, in = stg_portfolios }
      { name = known-security, columns = [security_id, as_of_date], in = stg_securities
        key = [security_id, as_of_date] }
    ]
    """
  };
  private static final byte[] FIRST =
      Star.holdings("2024-01-02", "P1|S1||10|100", "P1| S2 ||1|10", "P1|S3||-1|10", "P1|S4||1|10");
  private static final byte[] SECOND = Star.holdings("2024-01-02", "P2|S1||5|50");
  private static final byte[] PORTFOLIOS = Star.portfolios("2024-01-02", "P1|Income", "P2|Growth");
  private static final byte[] SECURITIES_TO_COME =
      Star.securities("2024-01-02", "S1|One|", "S2|Two|", "S4|Four|");
  private static final byte[] SECURITIES_CORRECTED =
      Star.securities("2024-01-02", "S1|One|", "S3|Three|", "S4|Four|");
  private static final byte[] SECURITIES_AT_LAST =
      Star.securities("2024-01-02", "S1|One|", "S2|Two|", "S3|Three|");

  @TempDir static Path folder;
  private static Trial trial;
  private static RunReport alone;
  private static RunReport complete;
  private static List<String> rejectedThen;
  private static List<String> silverThen;
  private static int marked;
  private static RunReport corrected;
  private static List<String> rejectedAfterwards;
  private static RunReport atLast;
  private static Map<String, Long> versions;
  private static Map<String, Long> versionsAgain;
  private static Map<String, List<String>> incremental;
  private static Map<String, List<String>> rebuilt;

  @BeforeAll
  static void mastersComeLate() throws IOException {
    trial = Trial.star(Files.createDirectory(folder.resolve("late")), "references", REFERRING);
    trial.land("holdings/a.xlsx", FIRST, 0).land("holdings/b.xlsx", SECOND, 1);
    trial.land("securities/1.xlsx", SECURITIES_TO_COME, 2);
    alone = trial.run(Stage.INGEST, Stage.CONFORM);

    trial.land("portfolios/1.xlsx", PORTFOLIOS, 3);
    complete = trial.run(Stage.INGEST, Stage.CONFORM);
    rejectedThen = rejects();
    silverThen = holdings();
    marked =
        new RejectedWorkbooks(
                trial.lake(), trial.pipeline(), new RejectFilter("", "REFERENCE_MISSING", "", 9))
            .writeAll(folder.resolve("marked"), false)
            .get(0)
            .marks();

    trial.land("securities/1.xlsx", SECURITIES_CORRECTED, 30);
    corrected = trial.run(Stage.INGEST, Stage.CONFORM);
    rejectedAfterwards = rejects();

    trial.land("securities/1.xlsx", SECURITIES_AT_LAST, 60);
    List<String> before = Trial.files(trial.silver("stg_securities")).get("");
    trial.run(Stage.INGEST);
    conform("stg_securities");
    delete(trial.silver("stg_securities"), before);
    atLast = trial.run(Stage.CONFORM);
    versions = trial.versions();
    trial.run(Stage.INGEST, Stage.CONFORM);
    versionsAgain = trial.versions();
    incremental = trial.lakeContents();
    trial.rebuildSilver("stg_holdings", "stg_securities", "stg_portfolios");
    rebuilt = trial.lakeContents();
  }

  @Test
  void withoutTheOtherTableRowsWaitForIt() {
    assertThat(alone.held())
        .extracting(RunReport.HeldLine::slice, RunReport.HeldLine::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "portfolio_id=P1/as_of_date=2024-01-02", "REJECT_LIMIT"),
            org.assertj.core.groups.Tuple.tuple(
                "portfolio_id=P2/as_of_date=2024-01-02", "REJECT_LIMIT"));
    assertThat(alone.rejects())
        .isEqualTo(Map.of("stg_holdings", Map.of("REFERENCE_MISSING", 7L, "ROW_RULE", 1L)));
  }

  @Test
  void whatRefersToSomethingComesBackOnceThatIsThere() {
    assertThat(silverThen).containsExactly("P1|S1", "P1|S2", "P1|S4", "P2|S1");
    assertThat(complete.held()).isEmpty();
    assertThat(complete.balance()).isNotEmpty().allMatch(BalanceLine::balances);
  }

  @Test
  void aRejectSaysWhichCellRefersToNothingBesideAllOtherReasons() {
    assertThat(rejectedThen)
        .containsExactly(
            "B1|as_of_date|REFERENCE_MISSING|known-security|2024-01-02|'2024-01-02' is in no row of"
                + " stg_securities together with the row's security_id",
            "B6|security_id|REFERENCE_MISSING|known-security|S3|'S3' is in no row of"
                + " stg_securities together with the row's as_of_date",
            "||ROW_RULE|long-only||the row does not meet long-only: quantity >= 0");
    assertThat(marked).isEqualTo(2);
  }

  @Test
  void whatRefersToAKeyThatIsLostIsRejectedAndOnlyItsSliceIsMadeAnew() {
    assertThat(rejectedAfterwards)
        .containsExactly(
            "B1|as_of_date|REFERENCE_MISSING|known-security|2024-01-02|'2024-01-02' is in no row of"
                + " stg_securities together with the row's security_id",
            "B5|security_id|REFERENCE_MISSING|known-security| S2 |' S2 ' is in no row of"
                + " stg_securities together with the row's as_of_date",
            "||ROW_RULE|long-only||the row does not meet long-only: quantity >= 0");
    assertThat(corrected.tables())
        .filteredOn(line -> line.table().equals("stg_holdings"))
        .extracting(TableLine::what)
        .containsExactly("1 slice");
    assertThat(corrected.balance()).isNotEmpty().allMatch(BalanceLine::balances);
  }

  @Test
  void anEarlierVersionThatIsGoneIsSaidAndEverythingCompared() {
    assertThat(atLast.notes())
        .anyMatch(
            note ->
                note.matches(
                    "stg_holdings was compared whole with stg_securities, whose version \\d+ the"
                        + " lake has not got any more"));
    assertThat(incremental.get("silver.rejects"))
        .anyMatch(reject -> reject.contains("|S4|"))
        .noneMatch(reject -> reject.contains("|S2|"));
  }

  @Test
  void aRunWithoutNewsChangesNothingAndARebuildMakesTheSame() {
    assertThat(versionsAgain).isEqualTo(versions);
    assertThat(rebuilt).isEqualTo(incremental);
  }

  @Tag("proof")
  @Test
  void theOtherOrderOfArrivalMakesTheSame() throws IOException {
    Trial early =
        Trial.star(Files.createDirectory(folder.resolve("early")), "references", REFERRING);
    early.land("portfolios/1.xlsx", PORTFOLIOS, 3);
    early.land("securities/1.xlsx", SECURITIES_AT_LAST, 60);
    early.run(Stage.INGEST, Stage.CONFORM);
    early.land("holdings/b.xlsx", SECOND, 1).land("holdings/a.xlsx", FIRST, 0);
    early.run(Stage.INGEST, Stage.CONFORM);
    Map<String, List<String>> contents = early.lakeContents();

    assertThat(contents).isEqualTo(incremental);
  }

  @Test
  void lintSaysThatItCannotTell() {
    assertThat(NotChecked.of(trial.pipeline(), trial.pipeline().sources().get("holdings")))
        .contains(
            "reference known-security of stg_holdings: whether security_id, as_of_date is in"
                + " stg_securities, which a run knows");
  }

  private static void conform(String name) {
    RunScope scope = new RunScope(trial.pipeline(), trial.lake(), "by-hand");
    new ConformStage(scope, trial.pipeline().silver().get(name)).run(List.of());
  }

  private static void delete(LakeTable table, List<String> files) throws IOException {
    for (String file : files) {
      Files.delete(Path.of(table.path(), file));
    }
  }

  private static List<String> holdings() {
    return Trial.rows(trial.silver("stg_holdings").read().select("portfolio_id", "security_id"));
  }

  private static List<String> rejects() {
    List<String> rejects = new ArrayList<>();
    rejects.addAll(
        Trial.rows(
            trial
                .silver("rejects")
                .read()
                .select("cell", "column_name", "reason", "rule", "raw", "message")));
    return rejects;
  }
}
