package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Source;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken back of files that were tied. */
class RetractStageTest {
  @TempDir Path folder;
  private final Source source = Landings.byTime("s", "*.xlsx");
  private RunScope scope;

  @BeforeEach
  void refuseThreeFilesForATie() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    Landings.workbook(folder, "b.xlsx", 1, "11", "P1");
    Landings.workbook(folder, "c.xlsx", 1, "12", "P1");
    scope = Landings.scope(folder, source);
    assertThat(new IngestStage(scope).next().files())
        .extracting(FileRecord::reason)
        .containsExactly("ORDER_TIE", "ORDER_TIE", "ORDER_TIE");
  }

  @Test
  void theLastOneOfATieCountsOnceTheOthersAreTakenBack() {
    RetractStage first = new RetractStage(scope);
    assertThat(outcomes(first.retract(retraction("a.xlsx")))).containsExactly("a.xlsx RETRACTED");
    assertThat(serving()).isEmpty();

    RetractStage second = new RetractStage(scope);
    List<IngestResult> batches = second.retract(retraction("b.xlsx"));

    assertThat(outcomes(batches)).containsExactly("b.xlsx RETRACTED", "c.xlsx ACCEPTED");
    assertThat(serving()).containsExactly("c.xlsx 4");
    assertThat(second.notes()).containsExactly("c.xlsx serves one slice of source s now");
    assertThat(new RetractStage(scope).retract(retraction("b.xlsx"))).isEmpty();
  }

  @Test
  void theLastOneOfATieIsAskedForIfItIsGone() throws IOException {
    new RetractStage(scope).retract(retraction("a.xlsx"));
    Path gone = folder.resolve("landing/c.xlsx");
    byte[] content = Files.readAllBytes(gone);
    Files.delete(gone);
    RetractStage stage = new RetractStage(scope);

    assertThat(outcomes(stage.retract(retraction("b.xlsx")))).containsExactly("b.xlsx RETRACTED");

    assertThat(stage.notes())
        .containsExactly(
            "c.xlsx would count now, and is not in the landing as it was; send it again",
            "no other workbook has one slice of source s");
    Files.write(gone, content);
    assertThat(outcomes(new RetractStage(scope).retract(retraction("b.xlsx"))))
        .containsExactly("c.xlsx ACCEPTED");
  }

  private static Retraction retraction(String file) {
    return new Retraction(file, "ada", "wrong");
  }

  private static List<String> outcomes(List<IngestResult> batches) {
    return batches.stream()
        .flatMap(batch -> batch.files().stream())
        .map(file -> file.uri() + " " + file.outcome())
        .toList();
  }

  private List<String> serving() {
    return new Ledger(scope.lake())
        .winners(source.name()).select("uri", "bronze_batch").collectAsList().stream()
            .map(row -> row.getString(0) + " " + row.getLong(1))
            .toList();
  }
}
