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

  private static final long BYTES_A_LINE = 400;

  @TempDir Path folder;

  @Test
  void addingAWorkbookToAThousandCostsHardlyMoreThanAddingItToTen() {
    Trial small = lake("small", 10, 1);
    Trial large = lake("large", 1000, 20);

    Cost few = adding(small, 10);
    Cost many = adding(large, 1000);

    System.out.println("added to a lake of 10: " + few.byTable());
    System.out.println("added to a lake of 1,000: " + many.byTable());
    assertThat((double) many.opened().size() / few.opened().size()).isLessThan(1.3);
    // The ledger is read once, and holds a line for each of them.
    assertThat(many.bytes() - few.bytes()).isLessThan(990 * BYTES_A_LINE);
  }

  private Trial lake(String name, int workbooks, int batches) {
    Trial trial = Trial.star(folder.resolve(name), name);
    for (int i = 0; i < workbooks; i++) {
      land(trial, i);
      if ((i + 1) % (workbooks / batches) == 0) {
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
