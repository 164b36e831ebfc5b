package io.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.run.RunOptions.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejects go back to their owner, or are tried again under a mended contract. */
class RejectsReturnTest {
  private static final String NAME = "rejects_return";
  private static final String MENDED = "holdings/a.xlsx";
  private static final String REQUIRED =
      "market_value { type = \"decimal(20,4)\", required = true }";
  private static final String OPTIONAL =
      "market_value { type = \"decimal(20,4)\", null-text = \"n/a\" }";
  private static final RejectFilter ALL = new RejectFilter("", "", "", 100);

  @TempDir static Path folder;
  private static RunReport first;
  private static RejectList rejected;
  private static RejectList single;
  private static List<RejectedWorkbooks.Result> written;
  private static SluiceException replaced;
  private static RunReport correction;
  private static RejectList left;
  private static List<String> corrected;
  private static Map<String, Long> versions;
  private static Map<String, Long> versionsAgain;
  private static SluiceException changed;
  private static RunReport replay;
  private static RunReport replayAgain;
  private static Map<String, Long> replayed;
  private static Map<String, Long> replayedAgain;
  private static RejectList remaining;
  private static List<String> afterReplay;
  private static RunReport accepted;
  private static Trial trial;

  @BeforeAll
  static void sendBackAndReplay() throws IOException {
    trial = Trial.star(folder, NAME);
    trial.land(
        MENDED,
        Star.holdings("2024-01-02", "P1|S1|One|=10|100", "P1|S2|Two|1|10", "P1|S3|Two|1|10"),
        0);
    trial.land(
        "holdings/b.xlsx",
        Star.holdings("2024-01-03", "P1|S1|One|10|n/a", "P1|S2|Two|1|10", "P1|S3|Two|1|10"),
        1);
    trial.land("securities/1.xlsx", Star.securities("2024-01-02", "S1|One|Tech", "S2|Two|Tech"), 0);
    trial.land("portfolios/1.xlsx", Star.portfolios("2024-01-02", "P1|Income"), 0);
    first = trial.run(Stage.INGEST, Stage.CONFORM);
    rejected = RejectList.of(trial.lake(), trial.pipeline(), ALL);
    single =
        RejectList.of(
            trial.lake(), trial.pipeline(), new RejectFilter("a.xlsx", "TYPE_MISMATCH", "", 1));
    written =
        new RejectedWorkbooks(trial.lake(), trial.pipeline(), ALL)
            .writeAll(folder.resolve("out"), false);

    trial.land(MENDED, mended(folder.resolve("out").resolve(MENDED)), 60);
    replaced =
        catchThrowableOfType(
            SluiceException.class,
            () ->
                new RejectedWorkbooks(
                        trial.lake(), trial.pipeline(), new RejectFilter("a.xlsx", "", "", 1))
                    .writeOne(folder.resolve("late.xlsx"), false));
    correction = trial.run();
    left = RejectList.of(trial.lake(), trial.pipeline(), ALL);
    corrected = warehouse();
    versions = trial.versions();
    trial.run(Stage.INGEST, Stage.CONFORM);
    versionsAgain = trial.versions();

    trial = Trial.star(folder, NAME, REQUIRED, OPTIONAL);
    changed = trial.failure(RunOptions.everything(""));
    RunOptions options = RunOptions.replay("", Set.of("stg_holdings"));
    replay = trial.execute(options);
    replayed = trial.versions();
    replayAgain =
        trial.execute(options("replay", EnumSet.of(Stage.CONFORM), options.replay(), null));
    replayedAgain = trial.versions();
    remaining = RejectList.of(trial.lake(), trial.pipeline(), ALL);
    afterReplay = warehouse();

    trial = Trial.star(folder, NAME, REQUIRED, OPTIONAL, "quantity >= 0", "quantity <> 10");
    accepted =
        trial.execute(
            options("run", EnumSet.of(Stage.CONFORM), Set.of(), LocalDate.of(2024, 1, 3)));
  }

  @Test
  void whatIsRejectedIsListedByReasonAndFile() {
    assertThat(first.rejects()).isEqualTo(Map.of("stg_holdings", Map.of("TYPE_MISMATCH", 2L)));
    assertThat(rejected.counts())
        .containsExactly(
            new RejectList.Count(
                "holdings", "stg_holdings", "TYPE_MISMATCH", "holdings/a.xlsx", 1, 1),
            new RejectList.Count(
                "holdings", "stg_holdings", "TYPE_MISMATCH", "holdings/b.xlsx", 1, 1));
    assertThat(rejected.total()).isEqualTo(2);
    assertThat(rejected.rejects())
        .extracting(
            RejectList.Line::file,
            RejectList.Line::sheet,
            RejectList.Line::row,
            RejectList.Line::cell,
            RejectList.Line::column,
            RejectList.Line::raw)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "holdings/a.xlsx", "Data", 4, "D4", "quantity", "=10"),
            org.assertj.core.groups.Tuple.tuple(
                "holdings/b.xlsx", "Data", 4, "E4", "market_value", "n/a"));
    assertThat(single.rejects()).containsExactly(rejected.rejects().get(0));
    assertThat(single.counts()).containsExactly(rejected.counts().get(0));
  }

  @Test
  void eachWorkbookConcernedGetsAMarkedCopyUnderItsPath() {
    assertThat(written)
        .containsExactly(
            new RejectedWorkbooks.Result(
                "holdings", MENDED, 1, folder.resolve("out").resolve(MENDED).toString(), true, ""),
            new RejectedWorkbooks.Result(
                "holdings",
                "holdings/b.xlsx",
                1,
                folder.resolve("out/holdings/b.xlsx").toString(),
                true,
                ""));
  }

  @Test
  void whatIsNotInTheLandingAnyMoreIsNotCopied() {
    assertThat(replaced.reason()).isEqualTo(Reason.WORKBOOK_GONE);
    assertThat(replaced.why()).contains("content is another one");
    assertThat(folder.resolve("late.xlsx")).doesNotExist();
  }

  @Test
  void theMendedCopyIsTakenAsACorrection() {
    assertThat(correction.files())
        .extracting(FileLine::uri, FileLine::outcome)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(MENDED, "ACCEPTED"));
    assertThat(left.rejects()).extracting(RejectList.Line::file).containsExactly("holdings/b.xlsx");
    assertThat(corrected)
        .containsExactly(
            "20240102|S1|10.0000|100.0000",
            "20240102|S2|1.0000|10.0000",
            "20240102|S3|1.0000|10.0000",
            "20240103|S2|1.0000|10.0000",
            "20240103|S3|1.0000|10.0000");
    assertThat(correction.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(versionsAgain).isEqualTo(versions);
  }

  @Test
  void aChangedDefinitionStopsARunAndNamesTheWaysOn() {
    assertThat(changed.reason()).isEqualTo(Reason.DEFINITION_CHANGED);
    assertThat(changed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(changed.remedy())
        .contains("sluice rebuild", "sluice replay", NAME + ".conf stg_holdings");
  }

  @Test
  void aReplayTriesTheRejectsAgainWithoutTheFile() {
    assertThat(replay.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(replay.files()).isEmpty();
    assertThat(remaining.isEmpty()).isTrue();
    assertThat(afterReplay).hasSize(6).contains("20240103|S1|10.0000|null");
    assertThat(replay.balance()).isNotEmpty().allMatch(BalanceLine::balances);
    assertThat(replayAgain.nothingToDo()).isTrue();
    assertThat(replayedAgain).isEqualTo(replayed);
  }

  @Test
  void aDefinitionCanBeAcceptedFromADateOn() {
    assertThat(accepted.verdictCode()).isEqualTo(ExitCode.DONE);
    assertThat(accepted.rejects()).isEqualTo(Map.of("stg_holdings", Map.of("ROW_RULE", 1L)));
    assertThat(
            Trial.rows(
                trial
                    .silver("stg_holdings")
                    .read()
                    .select("as_of_date", "security_id", "quantity")))
        .containsExactly(
            "2024-01-02|S1|10.0000",
            "2024-01-02|S2|1.0000",
            "2024-01-02|S3|1.0000",
            "2024-01-03|S2|1.0000",
            "2024-01-03|S3|1.0000");
  }

  @Test
  void whatEndedStaysInTheHistory() {
    LakeTable history = trial.lake().table(Layer.OPS, "rejects_history");

    assertThat(
            Trial.rows(
                history
                    .read()
                    .selectExpr("uri", "cell", "raw", "resolution", "resolved_run as by")))
        .containsExactly(
            "holdings/a.xlsx|D4|=10|superseded|" + correction.run(),
            "holdings/b.xlsx|E4|n/a|accepted|" + replay.run());
    assertThat(
            new LakeQuery(trial.lake().spark(), trial.pipeline())
                .run("SELECT resolution FROM rejects_history ORDER BY 1", 10)
                .rows())
        .containsExactly(List.of("accepted"), List.of("superseded"));
  }

  private static RunOptions options(
      String verb, Set<Stage> stages, Set<String> replay, LocalDate acceptFrom) {
    return RunOptions.of(verb, "", stages).replaying(replay).accepting(acceptFrom);
  }

  private static byte[] mended(Path copy) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = WorkbookFactory.create(copy.toFile())) {
      Sheet data = workbook.getSheet("Data");
      assertThat(data.getRow(3).getCell(3).getStringCellValue()).isEqualTo("=10");
      data.getRow(3).getCell(3).setCellValue(10);
      workbook.write(bytes);
    }
    return bytes.toByteArray();
  }

  private static List<String> warehouse() {
    return trial.warehouse(
        """
        SELECT date_key, security_id, quantity, market_value FROM %1$s.fact_holdings
        JOIN %1$s.dim_security USING (security_key) ORDER BY 1, 2
        """
            .formatted(NAME));
  }
}
