package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.OpenedFiles;
import io.sluice.OpenedFiles.Cost;
import io.sluice.run.RunOptions.Stage;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One more workbook costs what it brings, not what is there. */
@Isolated("counts what the process opens and reads")
@Tag("proof")
class CostOfChangeTest {
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

  @TempDir Path folder;

  /** As many for both: what Delta writes about its commits is not what is looked at. */
  private static final int BATCHES = 10;

  private static final double MOST = 1.3;
  private static final int MORE = 5;

  @Test
  void addingAWorkbookToAThousandCostsHardlyMoreThanAddingItToTen() {
    Trial small = lake("small", 10);
    Trial large = lake("large", 1000);

    Cost few = adding(small, 10);
    Cost many = adding(large, 1000);
    // Only told: a machine has other things to do, too.
    long least = few.millis();
    long leastOfMany = many.millis();
    for (int more = 1; more <= MORE; more++) {
      least = Math.min(least, adding(small, 10 + more).millis());
      leastOfMany = Math.min(leastOfMany, adding(large, 1000 + more).millis());
    }

    System.out.println("added to a lake of 10: at best in " + least + " ms, " + few.byTable());
    System.out.println(
        "added to a lake of 1,000: at best in " + leastOfMany + " ms, " + many.byTable());
    assertThat((double) many.opened().size() / few.opened().size()).isLessThan(MOST);
    assertThat((double) many.bytes() / few.bytes()).isLessThan(MOST);
  }

  private Trial lake(String name, int workbooks) {
    Trial trial = Trial.star(folder.resolve(name), name);
    for (int i = 0; i < workbooks; i++) {
      land(trial, i);
      if ((i + 1) % (workbooks / BATCHES) == 0) {
        trial.run(Stage.INGEST);
      }
    }
    trial.run(Stage.CONFORM);
    return trial;
  }

  private static Cost adding(Trial trial, int number) {
    // As a process that has just begun: nothing is known of the tables.
    DeltaLog.clearCache();
    land(trial, number);
    return OpenedFiles.during(() -> trial.run(Stage.INGEST, Stage.CONFORM));
  }

  private static void land(Trial trial, int number) {
    trial.land(
        "holdings/h" + number + ".xlsx",
        Star.holdings(
            FIRST_DAY.plusDays(number / 10).toString(), "P" + number % 10 + "|S1||10|100"),
        number);
  }
}
