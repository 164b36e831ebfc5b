package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.bronze.Retraction;
import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One slice comes in several workbooks of one delivery. */
class DeliveryTest {
  private static final String[] COUNTED = {
    "files = \"holdings/**/*.xlsx\"",
    "files = \"holdings/**/*.xlsx\", parts = \"_(\\\\d+)of(\\\\d+)\""
  };
  private static final String[] VERSIONED = {
    "files = \"holdings/**/*.xlsx\"",
    "files = \"holdings/**/*.xlsx\", parts = \"_(\\\\d+)of(\\\\d+)\"",
    "order = modified-time",
    "order = { name-pattern = \"_v(\\\\d+)\" }"
  };
  private static final byte[] FIRST =
      Star.holdings("2024-01-02", "P1|S1||10|100", "P1|S1||10|100", "P2|S1||1|10");
  private static final byte[] SECOND =
      Star.holdings("2024-01-02", "P1|S1||10|100", "P1|S2||5|50", "P3|S1||3|30");
  private static final byte[] CORRECTED = Star.holdings("2024-01-02", "P1|S2||7|70");

  @TempDir Path folder;

  @Test
  void isTakenOnceAllPartsAreThereAndMendedPartByPart() {
    Trial trial = Trial.star(folder.resolve("parts"), "parts", COUNTED);

    RunReport half = run(trial.land("holdings/h_1of2.xlsx", FIRST, 0));
    assertThat(half.files()).isEmpty();
    assertThat(half.notes())
        .containsExactly(
            "holdings/h_1of2.xlsx is left for the next run: part 2 of 2 of its delivery is missing");
    assertThat(trial.status().left()).isEqualTo(half.notes());
    RunReport whole = run(trial.land("holdings/h_2of2.xlsx", SECOND, 5));
    assertThat(whole.files()).extracting(FileLine::outcome).containsOnly("ACCEPTED").hasSize(2);
    assertThat(silver(trial))
        .containsExactly("P1|S1|10.0000", "P1|S2|5.0000", "P2|S1|1.0000", "P3|S1|3.0000");
    assertThat(flow(whole)).containsEntry("silver", 4L).containsEntry("deduplicated", 2L);

    RunReport bad = run(trial.land("holdings/h_1of2.xlsx", new byte[] {1}, 8));
    assertThat(bad.files()).extracting(FileLine::reason).containsExactly("NOT_A_WORKBOOK");
    assertThat(silver(trial)).hasSize(4);
    RunReport mended =
        run(
            trial
                .land("holdings/h_1of2.xlsx", FIRST, 9)
                .land("holdings/h_2of2.xlsx", CORRECTED, 10));
    assertThat(mended.files())
        .extracting(FileLine::uri, FileLine::outcome)
        .containsExactly(
            tuple("holdings/h_1of2.xlsx", "SKIPPED"), tuple("holdings/h_2of2.xlsx", "ACCEPTED"));
    List<String> now = List.of("P1|S1|10.0000", "P1|S2|7.0000", "P2|S1|1.0000");
    assertThat(silver(trial)).isEqualTo(now);
    assertThat(run(trial).nothingToDo()).isTrue();

    Trial otherOrder = Trial.star(folder.resolve("other"), "parts", COUNTED);
    run(otherOrder.land("holdings/h_2of2.xlsx", CORRECTED, 10));
    run(otherOrder.land("holdings/h_1of2.xlsx", FIRST, 9));
    assertThat(otherOrder.lakeContents()).isEqualTo(trial.lakeContents());
    trial.rebuildSilver("stg_holdings");
    assertThat(silver(trial)).isEqualTo(now);
  }

  @Test
  void doesNotCountAtAllWhereAPartOfItIsRefused() {
    Trial trial = Trial.star(folder, "refused", COUNTED);
    trial.land("holdings/h_1of2.xlsx", FIRST, 0).land("holdings/h_2of2.xlsx", new byte[] {1}, 1);

    RunReport refused = run(trial);
    assertThat(refused.files())
        .extracting(FileLine::uri, FileLine::reason)
        .containsExactly(
            tuple("holdings/h_1of2.xlsx", "DELIVERY_INCOMPLETE"),
            tuple("holdings/h_2of2.xlsx", "NOT_A_WORKBOOK"));
    assertThat(refused.files().get(0).why()).startsWith("holdings/h_2of2.xlsx was not taken: ");
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(run(trial).nothingToDo()).isTrue();

    RunReport mended = run(trial.land("holdings/h_2of2.xlsx", SECOND, 2));
    assertThat(mended.files()).extracting(FileLine::outcome).containsOnly("ACCEPTED").hasSize(2);
    assertThat(silver(trial)).hasSize(4);
    assertThat(trial.status().refused()).isEmpty();
  }

  @Tag("proof")
  @Test
  void losesWhatAVersionWithFewerPartsDoesNotRestateAndGetsItBackWhenThatIsRetracted() {
    Trial trial = Trial.star(folder, "versions", VERSIONED);
    run(trial.land("holdings/h_1of2.xlsx", FIRST, 0).land("holdings/h_2of2.xlsx", SECOND, 1));
    run(trial.land("holdings/h_v2_1of1.xlsx", CORRECTED, 2));
    assertThat(silver(trial)).containsExactly("P1|S2|7.0000");
    run(
        trial
            .land("holdings/h_v3_1of2.xlsx", CORRECTED, 3)
            .land("holdings/h_v3_2of2.xlsx", Star.holdings("2024-01-02", "P4|S1||4|40"), 3));
    assertThat(silver(trial)).containsExactly("P1|S2|7.0000", "P4|S1|4.0000");
    trial.execute(
        RunOptions.retract("", new Retraction("holdings/h_v3_2of2.xlsx", "ada", "not ours")));
    assertThat(silver(trial)).containsExactly("P1|S2|7.0000");

    RunReport retracted =
        trial.execute(
            RunOptions.retract(
                "", new Retraction("holdings/h_v2_1of1.xlsx", "ada", "wrong portfolio")));

    assertThat(retracted.files())
        .extracting(FileLine::uri, FileLine::outcome)
        .contains(tuple("holdings/h_v2_1of1.xlsx", "RETRACTED"));
    assertThat(silver(trial))
        .containsExactly("P1|S1|10.0000", "P1|S2|5.0000", "P2|S1|1.0000", "P3|S1|3.0000");
  }

  private static RunReport run(Trial trial) {
    return trial.run(Stage.INGEST, Stage.CONFORM);
  }

  private static Map<String, Long> flow(RunReport report) {
    return report.balance().stream()
        .filter(line -> line.table().equals("stg_holdings"))
        .findFirst()
        .orElseThrow()
        .out();
  }

  private static List<String> silver(Trial trial) {
    return Trial.rows(
        trial.silver("stg_holdings").read().select("portfolio_id", "security_id", "quantity"));
  }
}
