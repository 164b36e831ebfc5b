package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  private static final LocalDate TUESDAY = LocalDate.of(2024, 1, 2);
  private static final byte[] HOLDINGS = Star.holdings("2024-01-02", "P1|S1|One|10|100");

  @TempDir Path folder;

  @Test
  void aLandingThatIsNotThereStopsTheRunBeforeTheLakeIsTouched() throws IOException {
    Trial trial = Trial.star(folder, "no_landing");
    Files.delete(folder.resolve("landing"));

    SluiceException failure = trial.failure(RunOptions.everything(""));

    assertSays(failure, Reason.LANDING_MISSING, ExitCode.USAGE);
    assertThat(failure.problem()).contains(folder.resolve("landing").toString());
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void anEmptyLandingIsAMissingSource() {
    Trial trial = Trial.star(folder, "empty_landing");

    SluiceException failure = trial.failure(RunOptions.everything(""));

    assertSays(failure, Reason.LANDING_EMPTY, ExitCode.SOURCE_MISSING);
    assertThat(failure.why()).contains("source holdings", "source securities");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void datesWithoutADayBetweenThemAreAUsageError() {
    Trial trial = Trial.star(folder, "no_days").land("holdings/1.xlsx", HOLDINGS, 0);

    SluiceException failure = trial.failure(expecting(TUESDAY, TUESDAY));

    assertSays(failure, Reason.USAGE, ExitCode.USAGE);
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aLakeThatIsAFileIsNamed() throws IOException {
    Trial trial = Trial.star(folder, "lake_is_a_file").land("holdings/1.xlsx", HOLDINGS, 0);
    Files.writeString(folder.resolve("lake"), "mine");

    SluiceException failure = trial.failure(RunOptions.everything(""));

    assertSays(failure, Reason.LAKE_UNWRITABLE, ExitCode.INFRASTRUCTURE);
    assertThat(failure.problem()).contains(folder.resolve("lake").toString());
    assertThat(folder.resolve("lake")).hasContent("mine");
  }

  @Test
  void aFileThatIsNoWorkbookIsRefusedOnceAndADayWithoutAFileIsMissing() {
    Trial trial = Trial.star(folder, "not_a_workbook").land("holdings/1.xlsx", HOLDINGS, 0);
    byte[] pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>".getBytes(StandardCharsets.UTF_8);
    trial.land("holdings/2.xlsx", pdf, 1);

    RunReport report = trial.run(Stage.INGEST, Stage.CONFORM);

    assertThat(report.verdictCode()).isEqualTo(ExitCode.CONTRACT_BROKEN);
    FileLine refused =
        report.files().stream()
            .filter(f -> f.outcome().equals("REFUSED"))
            .findFirst()
            .orElseThrow();
    assertThat(refused)
        .extracting(FileLine::uri, FileLine::reason)
        .containsExactly("holdings/2.xlsx", "NOT_A_WORKBOOK");
    assertThat(List.of(refused.problem(), refused.why(), refused.remedy()))
        .noneMatch(String::isBlank);
    assertThat(trial.silver("stg_holdings").read().count()).isEqualTo(1);

    RunReport oneDay = trial.execute(expecting(TUESDAY, TUESDAY.plusDays(1)));
    assertThat(oneDay.verdictCode()).isEqualTo(ExitCode.DONE);
    RunReport twoDays = trial.execute(expecting(TUESDAY, TUESDAY.plusDays(2)));
    assertThat(twoDays.verdictCode()).isEqualTo(ExitCode.SOURCE_MISSING);
    assertThat(twoDays.notes()).containsExactly("holdings: no accepted file for 2024-01-03");
  }

  @Test
  void aWarehouseThatIsAwayStopsTheRunBeforeItBegins() throws IOException {
    Path user = Files.writeString(folder.resolve("user"), "nobody");
    Trial away =
        Trial.star(
            folder,
            "warehouse_away",
            "url = embedded",
            "url = \"jdbc:postgresql://127.0.0.1:1/none\", user = \"file:%s\", password = \"file:%s\""
                .formatted(user, user));
    landAll(away);

    SluiceException failure = away.failure(RunOptions.everything(""));

    assertSays(failure, Reason.WAREHOUSE_UNREACHABLE, ExitCode.INFRASTRUCTURE);
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aChangedModelStopsTheRunUntilItsTableIsRebuilt() throws IOException {
    Trial before = Trial.nav(folder, "changed_model");
    landAll(before);
    before.run();
    Map<String, List<String>> contents = before.contents();
    String changed =
        Star.NAV.replace("SUM(market_value)", "CAST(2 * SUM(market_value) AS decimal(30, 4))");
    Trial after = Trial.nav(folder, "changed_model");
    Files.writeString(folder.resolve("nav.sql"), changed);
    after = Trial.of(folder.resolve("changed_model.conf"), folder);

    SluiceException failure = after.failure(RunOptions.everything(""));

    assertSays(failure, Reason.DEFINITION_CHANGED, ExitCode.USAGE);
    assertThat(failure.problem()).contains("gold.daily_nav").doesNotContain("stg_holdings");
    assertThat(failure.remedy()).contains("rebuild").contains("daily_nav");
    assertThat(after.contents()).isEqualTo(contents);
    assertThat(after.rebuild("daily_nav").verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(after.warehouse("SELECT total_nav FROM changed_model.daily_nav"))
        .containsExactly("200.0000");
    assertThat(after.run().nothingToDo()).isTrue();
  }

  @Test
  void aContractWithAnotherColumnIsTakenUpByARebuild() throws IOException {
    String header = "portfolio id|security id|security name|quantity|market value|currency";
    Trial before = Trial.star(folder, "another_column");
    landAll(before);
    before.land("holdings/1.xlsx", Star.workbook("2024-01-02", header, "P1|S1|One|10|100|EUR"), 0);
    before.run(Stage.INGEST, Stage.CONFORM);
    Trial after =
        Trial.star(
            folder,
            "another_column",
            "security_name { type = string }\n    quantity",
            "security_name { type = string }\n    currency { type = string }\n    quantity");
    after.land("holdings/2.xlsx", Star.holdings("2024-01-03", "P1|S1|One|10|100"), 5);

    assertSays(after.failure(RunOptions.everything("")), Reason.DEFINITION_CHANGED, ExitCode.USAGE);
    RunReport rebuilt = after.rebuildSilver("stg_holdings");

    assertThat(rebuilt.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(rebuilt.files())
        .extracting(FileLine::uri, FileLine::outcome)
        .containsExactly(Tuple.tuple("holdings/1.xlsx", "ACCEPTED"));
    assertThat(rebuilt.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(
            Trial.rows(
                after.silver("stg_holdings").read().select("as_of_date", "quantity", "currency")))
        .containsExactly("2024-01-02|10.0000|EUR");

    RunReport next = after.run(Stage.INGEST, Stage.CONFORM);
    assertThat(next.files())
        .extracting(FileLine::uri, FileLine::reason)
        .containsExactly(Tuple.tuple("holdings/2.xlsx", "COLUMN_MISSING"));
    assertThat(after.silver("stg_holdings").read().count()).isEqualTo(1);
  }

  private static void landAll(Trial trial) {
    trial.land("holdings/1.xlsx", HOLDINGS, 0);
    trial.land("securities/1.xlsx", Star.securities("2024-01-02", "S1|One|Tech"), 0);
    trial.land("portfolios/1.xlsx", Star.portfolios("2024-01-02", "P1|Income"), 0);
  }

  private static RunOptions expecting(LocalDate from, LocalDate to) {
    return RunOptions.of("run", "", EnumSet.of(Stage.INGEST, Stage.CONFORM)).expecting(from, to);
  }

  private static void assertSays(SluiceException failure, Reason reason, ExitCode code) {
    assertThat(failure).isNotNull();
    assertThat(failure)
        .extracting(SluiceException::reason, SluiceException::exitCode)
        .containsExactly(reason, code);
    assertThat(Tuple.tuple(failure.problem(), failure.why(), failure.remedy()).toList())
        .noneMatch(part -> part.toString().isBlank());
  }
}
