package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a killed run left behind is taken up, and nothing of it counts twice. */
@Isolated("forgets what is known of all tables")
@Tag("proof")
class InterruptedRunTest {
  @TempDir Path folder;
  private Trial clean;
  private Trial killed;

  @BeforeEach
  void runUndisturbed() {
    clean = Trial.star(folder, "undisturbed");
    killed = Trial.star(folder, "killed");
    clean.land(
        "holdings/1.xlsx",
        Star.holdings("2024-01-02", "P1|S1|One|10|100", "P1|S2|Two|-5|50", "P2|S1|One|1|10"),
        0);
    clean.land("holdings/2.xlsx", Star.holdings("2024-01-03", "P1|S1|Uno|10|101"), 1);
    clean.land("portfolios/1.xlsx", Star.portfolios("2024-01-02", "P1|Income"), 2);
    clean.land("securities/1.xlsx", Star.securities("2024-01-02", "S1|One|Tech"), 2);
    clean.run();
  }

  @Test
  void eachStageGoesOnAfterAKillBeforeItsLastCommit() throws IOException {
    killed.run(Stage.INGEST);
    undoLastCommit(killed.lake().table(Layer.OPS, "files"));
    killed.run(Stage.INGEST, Stage.CONFORM);
    assertThat(killed.bronze("holdings").read().count()).isEqualTo(4);
    assertThat(killed.lake().table(Layer.OPS, "files").read().count()).isEqualTo(4);

    undoLastCommit(killed.silver("stg_holdings"));
    assertThat(killed.silver("stg_holdings").read().count()).isZero();
    killed.run(Stage.CONFORM, Stage.MODEL);

    undoLastCommit(killed.gold("fact_holdings"));
    undoLastCommit(killed.gold("daily_nav"));
    killed.run();

    assertThat(killed.lakeContents()).isEqualTo(clean.lakeContents());
    assertThat(killed.warehouseContents()).isEqualTo(clean.warehouseContents());
    assertThat(killed.run().nothingToDo()).isTrue();
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
