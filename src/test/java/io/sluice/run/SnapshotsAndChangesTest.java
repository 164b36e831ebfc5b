package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bronze.Retraction;
import io.sluice.error.ExitCode;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks that bring all members of a date, and workbooks that bring only what changed. */
class SnapshotsAndChangesTest {
  private static final String[] DELIVERIES = {
    "files = \"securities/*.xlsx\"\n  slice = [as_of_date]",
    "files = \"securities/*.xlsx\"\n  delivers = changes\n  slice = [security_id]",
    "sector { type = string }",
    "sector { type = string, max-length = 6 }",
    "key = [security_id, as_of_date] }",
    "key = [security_id], deleted-when = \"sector = 'gone'\" }",
    "files = \"portfolios/*.xlsx\"",
    "files = \"portfolios/*.xlsx\"\n  delivers = snapshot\n  limits { rejected-rows = 60% }\n  empty = clear",
    "portfolio_name { type = string }",
    "portfolio_name { type = string, max-length = 6 }",
    "from = portfolios, key = [portfolio_id, as_of_date] }",
    "from = portfolios, key = [portfolio_id, as_of_date], partition-by-date = as_of_date }"
  };

  private static final byte[] FIRST_CHANGES =
      Star.securities("2024-01-02", "S1|One|Tech", "S2|Two|Tech", "S3|Three|Tech");
  private static final byte[] SECOND_CHANGES =
      Star.securities("2024-01-03", "S1|One B|Tech", "S2|Two A|Tech");
  private static final byte[] THIRD_CHANGES =
      Star.securities("2024-01-04", "S2|Two B|Tech", "S3|Three|gone");
  private static final byte[] FIRST_DAY = Star.portfolios("2024-01-02", "P1|Income", "P2|Growth");
  private static final byte[] SECOND_DAY = Star.portfolios("2024-01-03", "P1|Income");
  private static final byte[] THIRD_DAY =
      Star.portfolios("2024-01-04", "P2|Growth", "P3|Very long");
  private static final byte[] FOURTH_DAY = Star.portfolios("2024-01-05", "P2|Growth");

  @TempDir static Path folder;
  private static Trial trial;
  private static List<String> vanishedAtFirst;
  private static RunReport deletion;
  private static RunReport late;
  private static Map<String, List<String>> complete;
  private static RunReport rejected;
  private static List<String> held;
  private static List<String> vanishedAtLast;
  private static Map<String, List<String>> retracted;
  private static Map<String, Long> versions;
  private static Map<String, Long> versionsAgain;
  private static Map<String, List<String>> rebuilt;

  @BeforeAll
  static void arriveOutOfOrder() throws IOException {
    trial = trial("late");
    first(trial);
    trial.run(Stage.INGEST, Stage.CONFORM);
    third(trial);
    deletion = trial.run(Stage.INGEST, Stage.CONFORM);
    vanishedAtFirst = contents(trial).get("vanished");
    second(trial);
    late = trial.run(Stage.INGEST, Stage.CONFORM);
    complete = contents(trial);
  }

  /** What the long proofs look at; the first of them to come does it. */
  private static synchronized void goOn() {
    if (rebuilt != null) {
      return;
    }
    trial.land(
        "securities/4.xlsx",
        Star.securities("2024-01-05", "S1|One B|Tech", "S2|Two C|Technology", "S4|Four|Tech"),
        40);
    trial.land("portfolios/5.xlsx", Star.portfolios("2024-01-06"), 40);
    rejected = trial.run(Stage.INGEST, Stage.CONFORM);
    held = contents(trial).get("securities");
    vanishedAtLast = contents(trial).get("vanished");
    trial.execute(retraction("portfolios/5.xlsx"));
    trial.execute(retraction("securities/4.xlsx"));
    retracted = contents(trial);
    versions = trial.versions();
    trial.run(Stage.CONFORM);
    versionsAgain = trial.versions();
    trial.rebuildSilver("stg_securities", "stg_portfolios");
    rebuilt = contents(trial);
  }

  @Test
  void ofEachKeyTheLatestChangeStandsUnlessItSaysThatTheKeyIsGone() {
    assertThat(complete.get("securities"))
        .containsExactly("S1|One B|2024-01-03", "S2|Two B|2024-01-04");
    assertThat(deletion.balance())
        .allMatch(BalanceLine::balances)
        .filteredOn(line -> line.table().equals("stg_securities"))
        .singleElement()
        .satisfies(line -> assertThat(line.out()).containsEntry("deleted", 1L));
  }

  @Test
  void whatIsInOneSnapshotAndNotTheNextHasVanishedFromThatDate() {
    assertThat(vanishedAtFirst)
        .containsExactly("P1|2024-01-02|2024-01-04", "P3|2024-01-04|2024-01-05");
    assertThat(complete.get("vanished"))
        .containsExactly(
            "P1|2024-01-03|2024-01-04", "P2|2024-01-02|2024-01-03", "P3|2024-01-04|2024-01-05");
    assertThat(late.tables())
        .filteredOn(line -> line.table().equals("stg_portfolios_vanished"))
        .extracting(TableLine::what)
        .containsExactly("2 dates, 2024-01-03 to 2024-01-04");
  }

  @Tag("proof")
  @Test
  void everybodyHasVanishedFromADateWithoutMembersUntilItIsTakenBack() {
    goOn();
    assertThat(vanishedAtLast).hasSize(4).contains("P2|2024-01-05|2024-01-06");
    assertThat(retracted.get("vanished")).isEqualTo(complete.get("vanished"));
  }

  @Tag("proof")
  @Test
  void aChangeThatIsRejectedLeavesItsKeyAsItWas() {
    goOn();
    assertThat(held)
        .containsExactly("S1|One B|2024-01-05", "S2|Two B|2024-01-04", "S4|Four|2024-01-05");
    assertThat(rejected.tables())
        .filteredOn(line -> line.table().equals("stg_securities"))
        .extracting(TableLine::what)
        .containsExactly("2 slices, rows as before: 1");
    assertThat(rejected.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    assertThat(rejected.held())
        .extracting(RunReport.HeldLine::slice)
        .containsExactly("security_id=S2");
  }

  @Tag("proof")
  @Test
  void changesThatAreTakenBackLeaveWhatWasThereBefore() {
    goOn();
    assertThat(retracted).isEqualTo(complete);
  }

  @Tag("proof")
  @Test
  void theOrderOfArrivalMakesNoDifferenceNorDoesARebuild() throws IOException {
    goOn();
    Trial atOnce = trial("at-once");
    first(atOnce);
    second(atOnce);
    third(atOnce);
    atOnce.run(Stage.INGEST, Stage.CONFORM);

    assertThat(contents(atOnce)).isEqualTo(complete);
    assertThat(rebuilt).isEqualTo(complete);
    assertThat(versionsAgain).isEqualTo(versions);
  }

  private static void first(Trial trial) {
    trial.land("securities/1.xlsx", FIRST_CHANGES, 1);
    trial.land("portfolios/1.xlsx", FIRST_DAY, 1);
  }

  private static void second(Trial trial) {
    trial.land("securities/2.xlsx", SECOND_CHANGES, 10);
    trial.land("portfolios/2.xlsx", SECOND_DAY, 10);
  }

  private static void third(Trial trial) {
    trial.land("securities/3.xlsx", THIRD_CHANGES, 30);
    trial.land("portfolios/3.xlsx", THIRD_DAY, 30);
    trial.land("portfolios/4.xlsx", FOURTH_DAY, 31);
  }

  private static RunOptions retraction(String file) {
    return new RunOptions(
        "retract",
        "",
        EnumSet.of(Stage.CONFORM),
        Set.of(),
        false,
        null,
        null,
        Set.of(),
        null,
        new Retraction(file, "tester", "a mistake"),
        null,
        false);
  }

  private static Trial trial(String name) throws IOException {
    return Trial.nav(Files.createDirectory(folder.resolve(name)), "deliveries", DELIVERIES);
  }

  private static Map<String, List<String>> contents(Trial trial) {
    Map<String, List<String>> contents = new TreeMap<>();
    contents.put(
        "securities",
        Trial.rows(
            trial
                .silver("stg_securities")
                .read()
                .select("security_id", "security_name", "as_of_date")));
    contents.put("portfolios", Trial.rows(trial.silver("stg_portfolios")));
    contents.put("vanished", Trial.rows(trial.silver("stg_portfolios_vanished")));
    return contents;
  }
}
