package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.LakeTable;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A run that dies once the rejects are replaced, and before silver has the rows. */
@Isolated("forgets what is known of all tables")
@Tag("proof")
class KilledBetweenRejectsAndRowsTest {
  private static final String RULE = "row = \"quantity >= 0\" }]";
  private static final String REFERRING =
      """
       }]
          references = [{ name = known-security, columns = security_id, in = stg_securities }]
      """;
  private static final RunOptions REPLAY =
      RunOptions.of("replay", "", EnumSet.of(Stage.CONFORM)).replaying(Set.of("stg_holdings"));

  @TempDir static Path folder;
  private static List<String> killed;
  private static List<String> afterwards;
  private static Map<String, Long> versions;
  private static Map<String, Long> versionsAgain;
  private static List<String> killedInReplay;
  private static List<String> replayed;
  private static long rejectsLeft;

  @BeforeAll
  static void killTwice() throws IOException {
    Trial trial = trial("quantity >= 0");
    trial.land(
        "holdings/1.xlsx",
        Star.holdings("2024-01-02", "P1|S1||1|10", "P1|S2||1|10", "P1|S3||-1|10", "P1|S4||1|10"),
        0);
    trial.land("securities/1.xlsx", Star.securities("2024-01-02", "S1||", "S3||", "S4||"), 0);
    trial.run(Stage.INGEST, Stage.CONFORM);
    trial.land("securities/2.xlsx", Star.securities("2024-01-03", "S2||"), 1);
    trial.run(Stage.INGEST, Stage.CONFORM);
    undoLastCommit(trial.silver("stg_holdings"));
    killed = securities(trial);
    trial.run(Stage.CONFORM);
    afterwards = securities(trial);
    versions = trial.versions();
    trial.run(Stage.CONFORM);
    versionsAgain = trial.versions();

    trial = trial("quantity >= -1");
    trial.execute(REPLAY);
    undoLastCommit(trial.silver("stg_holdings"));
    killedInReplay = securities(trial);
    trial.execute(REPLAY);
    replayed = securities(trial);
    rejectsLeft = trial.silver("rejects").read().count();
  }

  @Test
  void rowsWhoseReferenceCameAreNotLost() {
    assertThat(killed).containsExactly("S1", "S4");
    assertThat(afterwards).containsExactly("S1", "S2", "S4");
    assertThat(versionsAgain).isEqualTo(versions);
  }

  @Test
  void rowsThatAReplayAcceptedAreNotLost() {
    assertThat(killedInReplay).isEqualTo(afterwards);
    assertThat(replayed).containsExactly("S1", "S2", "S3", "S4");
    assertThat(rejectsLeft).isZero();
  }

  private static Trial trial(String rule) {
    return Trial.star(folder, "killed_between", RULE, "row = \"" + rule + "\"" + REFERRING);
  }

  private static List<String> securities(Trial trial) {
    return Trial.rows(trial.silver("stg_holdings").read().select("security_id"));
  }

  /** As if the process had died before it: the data files are there, and the commit is not. */
  private static void undoLastCommit(LakeTable table) throws IOException {
    Path log = Path.of(table.path(), "_delta_log");
    String version = "%020d".formatted(table.state().orElseThrow().version());
    Files.delete(log.resolve(version + ".json"));
    Files.deleteIfExists(log.resolve(version + ".crc"));
    DeltaLog.clearCache();
  }
}
