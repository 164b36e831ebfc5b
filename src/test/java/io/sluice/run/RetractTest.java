package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bronze.Retraction;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks that somebody takes back by hand. */
class RetractTest {
  private static final byte[] FIRST = Star.holdings("2024-01-02", "P1|S1|One|10|100");
  private static final byte[] WRONG =
      Star.holdings("2024-01-02", "P1|S1|One|12|120", "P2|S1|One|1|10");

  @TempDir Path folder;

  @Test
  void slicesFallToTheOlderWorkbookOrBecomeEmptyInLakeAndWarehouse() {
    Trial trial = Trial.nav(folder, "fallen");
    trial.land("holdings/a.xlsx", FIRST, 0).land("holdings/b.xlsx", WRONG, 5).run();
    assertThat(nav(trial)).containsExactly("P1|120.0000", "P2|10.0000");

    RunReport retracted = trial.execute(retract("holdings/b.xlsx"));

    assertThat(nav(trial)).containsExactly("P1|100.0000");
    assertThat(Trial.rows(trial.gold("daily_nav"))).containsExactly("P1|2024-01-02|100.0000");
    assertThat(trial.warehouse("SELECT uri, outcome FROM fallen.source_file ORDER BY uri"))
        .containsExactly("holdings/a.xlsx|ACCEPTED", "holdings/b.xlsx|RETRACTED");
    assertThat(retracted.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(retracted.notes())
        .containsExactly(
            "holdings/a.xlsx serves one slice of source holdings now",
            "no other workbook has one slice of source holdings");
  }

  @Test
  @Tag("proof")
  void slicesFallToTheOlderVersionOrBecomeEmptyUntilTheFileIsSentAnew() {
    Trial trial = Trial.star(folder, "retracted");
    trial.land("holdings/a.xlsx", FIRST, 0);
    trial.land("holdings/b.xlsx", Star.holdings("2024-01-03", "P1|S1|One|10|101"), 0).run();
    trial.land("holdings/a.xlsx", WRONG, 5).land("holdings/copy.xlsx", WRONG, 6).run();
    assertThat(nav(trial)).containsExactly("P1|120.0000", "P1|101.0000", "P2|10.0000");

    RunReport retracted = trial.execute(retract("holdings/a.xlsx"));

    assertThat(nav(trial)).containsExactly("P1|100.0000", "P1|101.0000");
    assertThat(retracted.exitCode()).isZero();
    assertThat(retracted.files())
        .extracting(
            file ->
                "%s %s %s. %s".formatted(file.uri(), file.outcome(), file.problem(), file.why()))
        .containsExactly(
            "holdings/a.xlsx RETRACTED Taken back by hand by ada. wrong portfolio",
            "holdings/copy.xlsx RETRACTED Taken back by hand by ada. wrong portfolio");
    assertThat(retracted.notes())
        .containsExactly(
            "holdings/a.xlsx serves one slice of source holdings now",
            "no other workbook has one slice of source holdings");
    assertThat(retracted.balance())
        .filteredOn(line -> line.table().equals("stg_holdings"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.out()).containsEntry("retracted", 2L).containsEntry("silver", 1L));
    Map<String, List<String>> contents = trial.contents();
    assertThat(trial.run().nothingToDo()).isTrue();
    RunReport again = trial.execute(retract("holdings/a.xlsx"));
    assertThat(again.nothingToDo()).isTrue();
    assertThat(again.notes()).hasSize(2).first().asString().contains("was taken back before");
    trial.rebuild(trial.pipeline().silver().keySet().toArray(String[]::new));
    assertThat(trial.contents()).isEqualTo(contents);
    assertThat(trial.status().retracted())
        .extracting(FileLine::uri)
        .containsExactly("holdings/a.xlsx", "holdings/copy.xlsx");

    trial.land("holdings/early.xlsx", WRONG, 4);
    assertThat(trial.run().files()).extracting(FileLine::outcome).containsExactly("RETRACTED");
    assertThat(trial.contents()).isEqualTo(contents);
    trial.land("holdings/late.xlsx", WRONG, 7);
    assertThat(trial.run().files()).extracting(FileLine::outcome).containsExactly("ACCEPTED");
    assertThat(nav(trial)).containsExactly("P1|120.0000", "P1|101.0000", "P2|10.0000");
  }

  @Test
  void aNameThatIsNoFileIsAnsweredWithTheNearestOne() {
    Trial trial = Trial.star(folder, "unknown");
    trial.land("holdings/2024/a.xlsx", FIRST, 0).land("holdings/bad.xlsx", new byte[] {1}, 0);
    trial.run(RunOptions.Stage.INGEST);

    SluiceException mistyped = trial.failure(retract("holdings/2024/aa.xlsx"));
    SluiceException inOtherFolder = trial.failure(retract("a.xlsx"));
    SluiceException refused = trial.failure(retract("holdings/bad.xlsx"));

    assertThat(mistyped.reason()).isEqualTo(Reason.USAGE);
    assertThat(mistyped.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mistyped.why()).endsWith("; did you mean holdings/2024/a.xlsx?");
    assertThat(inOtherFolder.why()).endsWith("; did you mean holdings/2024/a.xlsx?");
    assertThat(refused.why()).contains("it was not taken in: NOT_A_WORKBOOK");
  }

  private static RunOptions retract(String file) {
    return RunOptions.retract("", new Retraction(file, "ada", "wrong portfolio"));
  }

  private static List<String> nav(Trial trial) {
    return trial.warehouse(
        "SELECT portfolio_id, total_nav FROM %s.daily_nav ORDER BY portfolio_id, as_of_date"
            .formatted(trial.pipeline().warehouse().schema()));
  }
}
