package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.lake.WaitingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks of the first seconds of 1970, about days more than ten days before. */
class ApproveStageTest {
  @TempDir Path folder;

  @Test
  void whatItsContractChangedForIsReadAgainBeforeItCounts() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "1969-12-01");
    RunScope before = scope("Value");
    ingest(before);
    RunScope now = scope("Value", "Amount");

    List<IngestResult> batches = approve(now, "a.xlsx");

    assertThat(lines(batches)).containsExactly("a.xlsx WAITING 2", "a.xlsx ACCEPTED 2");
    assertThat(winners(now)).containsExactly("portfolio=1969-12-01 a.xlsx 2");
  }

  @Test
  void nothingIsApprovedIfWhatMustBeReadAgainIsGone() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "1969-12-01");
    ingest(scope("Value"));
    Files.delete(folder.resolve("landing/a.xlsx"));
    RunScope now = scope("Value", "Amount");

    SluiceException gone =
        catchThrowableOfType(SluiceException.class, () -> approve(now, "a.xlsx"));

    assertThat(gone.reason()).isEqualTo(Reason.WORKBOOK_GONE);
    assertThat(gone.remedy()).startsWith("Put it back and approve it again;").contains("retract");
    assertThat(waiting(now)).containsExactly("a.xlsx");
  }

  @Test
  void filesAreNamedByAGlobOrTheFirstDigitsOfAnId() throws IOException {
    Landings.workbook(folder, "in/a.xlsx", 1, "10", "1969-12-01");
    Landings.workbook(folder, "in/b.xlsx", 2, "11", "1969-12-02");
    Landings.workbook(folder, "c.xlsx", 3, "12", "1969-12-03");
    RunScope scope = scope("Value");
    IngestResult landed = ingest(scope);
    assertThat(waiting(scope)).containsExactly("c.xlsx", "in/a.xlsx", "in/b.xlsx");

    assertThat(lines(approve(scope, "in/*.xlsx")))
        .containsExactly("in/a.xlsx ACCEPTED 1", "in/b.xlsx ACCEPTED 1");
    String id =
        landed.files().stream()
            .filter(file -> file.uri().equals("c.xlsx"))
            .findFirst()
            .orElseThrow()
            .fileId();
    assertThat(lines(approve(scope, id.substring(0, 10)))).containsExactly("c.xlsx ACCEPTED 1");
    assertThat(waiting(scope)).isEmpty();
    assertThat(approve(scope, "c.xlsx")).isEmpty();
    ApproveStage again = new ApproveStage(scope);
    assertThat(again.approve(new Approval(List.of("in/*.xlsx"), "ada"))).isEmpty();
    assertThat(again.notes())
        .hasSize(2)
        .allSatisfy(note -> assertThat(note).contains("counts already"));
    assertThat(usage(scope, "other/*.xlsx"))
        .isEqualTo("There is no file other/*.xlsx in the ledger");
    assertThat(usage(scope, "in/[a")).isEqualTo("No file can be named in/[a");
  }

  private static String usage(RunScope scope, String file) {
    SluiceException failure =
        catchThrowableOfType(SluiceException.class, () -> approve(scope, file));
    assertThat(failure.reason()).isEqualTo(Reason.USAGE);
    return failure.problem();
  }

  @Test
  void aNewerVersionThatWaitsToo() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "1969-12-01", "1969-12-02");
    RunScope scope = scope("Value");
    ingest(scope);
    Landings.workbook(folder, "a.xlsx", 2, "11", "1969-12-01");
    ingest(scope);

    assertThat(waiting(scope)).containsExactly("a.xlsx");
    assertThat(lines(approve(scope, "a.xlsx"))).containsExactly("a.xlsx ACCEPTED 2");
    assertThat(winners(scope)).containsExactly("portfolio=1969-12-01 a.xlsx 2");
    assertThat(waiting(scope)).as("the older version is outdone").isEmpty();
  }

  private RunScope scope(String... headers) {
    Source source =
        SourceBuilder.source("s")
            .files("**/*.xlsx")
            .slice("portfolio")
            .lateness("portfolio", 10)
            .columns(
                ColumnBuilder.column("portfolio", ColumnType.Kind.DATE)
                    .headers("Portfolio")
                    .required()
                    .build(),
                ColumnBuilder.text("value").headers(headers).build())
            .build();
    return Landings.scope(folder, source);
  }

  private static IngestResult ingest(RunScope scope) {
    return new IngestStage(scope).next();
  }

  private static List<IngestResult> approve(RunScope scope, String file) {
    return new ApproveStage(scope).approve(new Approval(List.of(file), "ada"));
  }

  private static List<String> lines(List<IngestResult> batches) {
    return batches.stream()
        .flatMap(batch -> batch.files().stream())
        .map(file -> "%s %s %d".formatted(file.uri(), file.outcome(), file.bronzeBatch()))
        .toList();
  }

  private static List<String> waiting(RunScope scope) {
    return WaitingFiles.of(new Ledger(scope.lake()), Set.of("s")).stream()
        .map(file -> file.uri())
        .toList();
  }

  private static List<String> winners(RunScope scope) {
    return new Ledger(scope.lake())
            .winners("s")
            .selectExpr("concat_ws(' ', slice, uri, bronze_batch)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
  }
}
