package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Source;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  @TempDir Path folder;

  @Test
  void findsFilesInTheFolderAndUnderItAndNoOthers() throws IOException {
    for (String uri :
        List.of(
            "holdings/x.xlsx",
            "holdings/2024/x.xlsx",
            "holdings/2024/01/x.xlsx",
            "holdings/x.csv",
            "holdings/x.XLSX",
            "holdings-old/x.xlsx",
            "old/holdings/x.xlsx",
            "x.xlsx")) {
      Landings.file(folder, uri, "x", 1);
    }

    assertThat(found("holdings/**/*.xlsx"))
        .containsExactly("holdings/2024/01/x.xlsx", "holdings/2024/x.xlsx", "holdings/x.xlsx");
    assertThat(found("holdings/*.xlsx")).containsExactly("holdings/x.xlsx");
    assertThat(found("**/*.{xlsx,XLSX}")).hasSize(7);
    assertThat(found("holdings/**.csv")).containsExactly("holdings/x.csv");
  }

  @Test
  void letsEachFolderWildcardStandForNoFolder() throws IOException {
    for (String uri :
        List.of("a/b/x.xlsx", "a/1/b/x.xlsx", "a/b/2/x.xlsx", "a/1/b/2/x.xlsx", "a/x.xlsx")) {
      Landings.file(folder, uri, "x", 1);
    }

    assertThat(found("a/**/b/**/*.xlsx"))
        .containsExactly("a/1/b/2/x.xlsx", "a/1/b/x.xlsx", "a/b/2/x.xlsx", "a/b/x.xlsx");
  }

  @Test
  void listsOldestFirst() throws IOException {
    Landings.file(folder, "c.xlsx", "x", 1);
    Landings.file(folder, "b.xlsx", "x", 3);
    Landings.file(folder, "a.xlsx", "x", 3);

    assertThat(found("*.xlsx")).containsExactly("c.xlsx", "a.xlsx", "b.xlsx");
  }

  @Test
  void givesAFileToEverySourceThatAsksForIt() throws IOException {
    Landings.file(folder, "x.xlsx", "x", 1);
    RunScope scope =
        Landings.scope(
            folder, Landings.byTime("one", "*.xlsx"), Landings.byTime("two", "**/*.xlsx"));

    assertThat(new Discovery(scope, new Ledger(scope.lake())).newFiles())
        .extracting(LandedFile::source)
        .containsExactly("one", "two");
  }

  @Test
  void saysSoWhereThereIsNoLanding() {
    SluiceException refusal =
        catchThrowableOfType(SluiceException.class, () -> found("holdings/**/*.xlsx"));

    assertThat(refusal.reason()).isEqualTo(Reason.LANDING_MISSING);
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void findsNothingInAnEmptyLanding() throws IOException {
    Files.createDirectories(folder.resolve("landing"));

    assertThat(found("**/*.xlsx")).isEmpty();
  }

  @Test
  void takesAFileOnceAndAgainWhenItIsSavedAgain() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");
    ingest(source);
    assertThat(newFiles(source)).isEmpty();

    Landings.workbook(folder, "x.xlsx", 2, "11", "P1");

    assertThat(newFiles(source)).containsExactly("x.xlsx");
  }

  @Test
  void takesARefusedFileAgainOnlyOnceItsContractHasChanged() throws IOException {
    Landings.file(folder, "bad.xlsx", "this is no workbook", 1);
    Landings.workbook(folder, "good.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");

    IngestResult result = ingest(source);

    assertThat(result.files())
        .extracting(file -> file.uri() + " " + file.outcome())
        .containsExactlyInAnyOrder("bad.xlsx REFUSED", "good.xlsx ACCEPTED");
    assertThat(newFiles(source)).isEmpty();
    Source changed = Landings.source("s", "*.xlsx", source.order(), true);
    assertThat(Definitions.contract(changed)).isNotEqualTo(Definitions.contract(source));
    assertThat(newFiles(changed)).containsExactly("bad.xlsx");
  }

  private List<String> found(String glob) {
    return newFiles(Landings.byTime("s", glob));
  }

  private List<String> newFiles(Source source) {
    RunScope scope = Landings.scope(folder, source);
    return new Discovery(scope, new Ledger(scope.lake()))
        .newFiles().stream().map(LandedFile::uri).toList();
  }

  private IngestResult ingest(Source source) {
    return new IngestStage(Landings.scope(folder, source)).next();
  }
}
