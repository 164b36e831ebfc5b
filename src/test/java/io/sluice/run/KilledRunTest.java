package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.DyingRun;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A process killed before any of its commits, and a rerun, make what one clean run makes. */
@Isolated("starts processes")
@Tag("proof")
class KilledRunTest {
  private static final int KILLED = 137;
  private static final byte[] HOLDINGS =
      Star.holdings("2024-01-02", "P1|S1|One|10|100", "P1|S2|Two|5|50", "P1|S3|Three|-5|10");
  private static final byte[] SECURITIES = Star.securities("2024-01-02", "S1|One|Tech");

  @TempDir Path folder;

  @Test
  void aRunKilledBeforeAnyCommitIsTakenUpByTheNext() throws Exception {
    Trial clean = landed("clean");
    clean.run(Stage.INGEST, Stage.CONFORM);
    assertThat(clean.lakeContents().get("silver.stg_holdings")).hasSize(2);
    assertThat(clean.lakeContents().get("silver.rejects")).hasSize(1);

    int commits = 0;
    while (true) {
      String name = "killed_" + commits;
      Trial killed = landed(name);
      int exit = run(name, commits);
      if (exit != KILLED) {
        assertThat(exit).as(Files.readString(log(name))).isZero();
        break;
      }
      DeltaLog.clearCache();
      killed.run(Stage.INGEST, Stage.CONFORM);
      assertThat(killed.lakeContents()).as(name).isEqualTo(clean.lakeContents());
      assertThat(Trial.rows(killed.bronze("holdings").read()))
          .as(name)
          .isEqualTo(Trial.rows(clean.bronze("holdings").read()));
      assertThat(killed.run(Stage.INGEST, Stage.CONFORM).nothingToDo()).isTrue();
      commits++;
    }
    System.out.println("killed before each of " + commits + " commits");
    assertThat(commits).isGreaterThan(10);
  }

  private Trial landed(String name) {
    return Trial.star(folder.resolve(name), name)
        .land("holdings/1.xlsx", HOLDINGS, 0)
        .land("securities/1.xlsx", SECURITIES, 2);
  }

  private int run(String name, int commits) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("@" + Path.of(System.getProperty("user.dir"), ".mvn", "spark.options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DyingRun.class.getName());
    Path home = folder.resolve(name);
    command.addAll(List.of(home.resolve(name + ".conf").toString(), home.toString(), "" + commits));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log(name).toFile())
        .start()
        .waitFor();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }
}
