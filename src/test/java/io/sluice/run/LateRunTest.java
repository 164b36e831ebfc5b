package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bronze.Approval;
import io.sluice.bronze.Retraction;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks that come later after their business date than their source allows. */
class LateRunTest {
  /** Workbooks arrive from the 1st of February on: the 2nd of January is then 30 days ago. */
  private static final String[] LATE = {"expected-by = \"07:30\"", "lateness = 29 days"};

  private static final String[] LATE_BY_NAME = {
    "expected-by = \"07:30\"",
    "lateness = 29 days",
    "order = modified-time",
    "order = { name-pattern = \"_v(\\\\d+)\" }"
  };

  private static final int IN_TIME = -24 * 60;
  private static final byte[] SECOND = Star.holdings("2024-01-02", "P1|S1||10|100");
  private static final byte[] SECOND_MENDED =
      Star.holdings("2024-01-02", "P1|S1||12|120", "P1|S2||1|5");
  private static final byte[] THIRD = Star.holdings("2024-01-03", "P1|S1||10|101");

  @TempDir Path folder;

  @Test
  void waitUntilTheyAreApprovedAndThenChangeTheirDatesOnly() {
    Trial trial = Trial.star(folder, "late", LATE);
    trial.land("holdings/a.xlsx", SECOND, IN_TIME).land("holdings/b.xlsx", THIRD, 0);
    assertThat(conform(trial).exitCode()).isZero();
    Map<String, List<String>> before = trial.lakeContents();
    Map<String, List<String>> files = Trial.files(trial.silver("stg_holdings"));

    RunReport late = conform(trial.land("holdings/late day.xlsx", SECOND_MENDED, 5));

    assertThat(late.exitCode()).isEqualTo(ExitCode.CONTRACT_BROKEN.code());
    assertThat(late.waiting()).isEqualTo(late.files());
    FileLine waiting = late.waiting().get(0);
    assertThat(waiting.outcome()).isEqualTo("WAITING");
    assertThat(waiting.reason()).isEqualTo("LATE");
    assertThat(waiting.why())
        .isEqualTo(
            "it was written on 2024-02-01, 30 days after its business date 2024-01-02,"
                + " and 29 are allowed");
    assertThat(waiting.remedy()).contains("--approve \"holdings/late day.xlsx\"'");
    assertThat(late.balance())
        .singleElement()
        .satisfies(line -> assertThat(line.out()).containsEntry("held", 2L))
        .matches(BalanceLine::balances);
    assertThat(trial.lakeContents()).isEqualTo(before);
    assertThat(trial.status().waiting()).isEqualTo(late.waiting());

    RunReport again = conform(trial);
    assertThat(again.files()).isEmpty();
    assertThat(again.waiting()).isEqualTo(late.waiting());
    assertThat(again.exitCode()).isEqualTo(ExitCode.CONTRACT_BROKEN.code());

    RunReport approved = approve(trial, "holdings/late day.xlsx");
    assertThat(approved.exitCode()).isZero();
    assertThat(approved.waiting()).isEmpty();
    assertThat(approved.notes())
        .containsExactly("holdings/late day.xlsx is approved by ada and serves one slice now");
    assertThat(approved.files())
        .extracting(FileLine::outcome, FileLine::problem)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("ACCEPTED", "Approved by ada"));
    assertThat(quantities(trial)).containsExactly("1.0000", "10.0000", "12.0000");
    Map<String, List<String>> now = Trial.files(trial.silver("stg_holdings"));
    assertThat(now.get("year=2024/month=01/day=03"))
        .isEqualTo(files.get("year=2024/month=01/day=03"));
    assertThat(now.get("year=2024/month=01/day=02"))
        .isNotEqualTo(files.get("year=2024/month=01/day=02"));

    RunReport twice = approve(trial, "holdings/late day.xlsx");
    assertThat(twice.nothingToDo()).isTrue();
    assertThat(twice.notes()).singleElement().asString().contains("counts already");
    Map<String, List<String>> contents = trial.lakeContents();
    trial.rebuildSilver("stg_holdings");
    assertThat(trial.lakeContents()).isEqualTo(contents);
  }

  @Test
  @Tag("proof")
  void takeTheirPlaceInTheOrderWheneverTheyAreApproved() {
    Trial first = Trial.star(folder.resolve("first"), "late_first", LATE_BY_NAME);
    first.land("holdings/a_v1.xlsx", SECOND_MENDED, 5);
    conform(first);
    approve(first, "holdings/*_v1.xlsx");
    assertThat(quantities(first)).containsExactly("1.0000", "12.0000");
    conform(first.land("holdings/a_v2.xlsx", SECOND, IN_TIME));

    Trial last = Trial.star(folder.resolve("last"), "late_last", LATE_BY_NAME);
    last.land("holdings/a_v2.xlsx", SECOND, IN_TIME);
    last.land("holdings/a_v1.xlsx", SECOND_MENDED, 5);
    RunReport outdone = conform(last);
    RunReport approved = approve(last, "holdings/a_v1.xlsx");

    assertThat(outdone.files()).extracting(FileLine::outcome).contains("WAITING");
    assertThat(outdone.waiting()).isEmpty();
    assertThat(outdone.exitCode()).isZero();
    assertThat(approved.notes())
        .containsExactly(
            "holdings/a_v1.xlsx is approved by ada and serves nothing, since newer workbooks have"
                + " its slices now");
    assertThat(quantities(last)).containsExactly("10.0000");
    assertThat(last.lakeContents()).isEqualTo(first.lakeContents());
    RunReport touched = conform(last.land("holdings/a_v2.xlsx", SECOND, 7));
    assertThat(touched.files()).extracting(FileLine::reason).containsExactly("DUPLICATE_CONTENT");
    assertThat(quantities(last)).containsExactly("10.0000");
  }

  @Tag("proof")
  @Test
  void canBeTakenBackAndNothingElseCanBeApproved() {
    Trial trial = Trial.star(folder, "late_wrong", LATE);
    trial.land("holdings/a.xlsx", SECOND, IN_TIME).land("holdings/late.xlsx", SECOND_MENDED, 5);
    trial.land("holdings/copy.xlsx", SECOND, 6);
    RunReport both = conform(trial);
    assertThat(both.waiting()).extracting(FileLine::uri).containsExactly("holdings/late.xlsx");

    SluiceException mistyped = trial.failure(approval("holdings/lat.xlsx"));
    SluiceException counting = trial.failure(approval("holdings/a.xlsx"));
    assertThat(mistyped.reason()).isEqualTo(Reason.USAGE);
    assertThat(mistyped.why()).endsWith("did you mean holdings/late.xlsx?");
    assertThat(mistyped.remedy()).isEqualTo("Name what waits: holdings/late.xlsx.");
    assertThat(counting).hasMessageContaining("does not wait to be approved");

    RunReport retracted =
        trial.execute(
            RunOptions.retract("", new Retraction("holdings/late.xlsx", "ada", "not ours")));
    assertThat(retracted.files()).extracting(FileLine::outcome).containsExactly("RETRACTED");
    assertThat(retracted.balance()).allMatch(BalanceLine::balances);
    assertThat(retracted.waiting()).isEmpty();
    assertThat(retracted.exitCode()).isZero();
    assertThat(quantities(trial)).containsExactly("10.0000");
    SluiceException gone = trial.failure(approval("holdings/late.xlsx"));
    assertThat(gone.why()).contains("RETRACTED");
    assertThat(gone.remedy()).isEqualTo("Name what waits: nothing does.");
  }

  private static RunReport conform(Trial trial) {
    return trial.run(Stage.INGEST, Stage.CONFORM);
  }

  private static RunReport approve(Trial trial, String file) {
    return trial.execute(approval(file));
  }

  private static RunOptions approval(String file) {
    return RunOptions.of("run", "", EnumSet.of(Stage.INGEST, Stage.CONFORM))
        .approving(new Approval(List.of(file), "ada"));
  }

  private static List<String> quantities(Trial trial) {
    return Trial.rows(trial.silver("stg_holdings").read().select("quantity"));
  }
}
