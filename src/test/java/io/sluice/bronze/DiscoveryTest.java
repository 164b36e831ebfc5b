package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Arrivals;
import io.sluice.config.FilesGlob;
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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  /** 2024-02-01, in seconds since 1970. */
  private static final int FEBRUARY = 1_706_745_600;

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

    assertThat(new Discovery(scope, new Ledger(scope.lake()), false).newFiles())
        .extracting(LandedFile::source)
        .containsExactly("one", "two");
  }

  @Test
  void looksOnlyIntoFoldersThatAGlobMayReach() {
    FilesGlob days = new FilesGlob("holdings/year=*/day=*/*.xlsx");
    assertThat(List.of("holdings", "holdings/year=2024", "holdings/year=2024/day=1"))
        .allMatch(days::mayHold);
    assertThat(List.of("nav", "holdings/2024", "holdings/year=2024/day=1/old"))
        .noneMatch(days::mayHold);
    assertThat(new FilesGlob("a/**/b/*.xlsx").mayHold("a/1/2/3")).isTrue();
    assertThat(new FilesGlob("*.xlsx").mayHold("a")).isFalse();
    assertThat(new FilesGlob("{a,b/c}/*.xlsx").mayHold("b/c")).isTrue();
    assertThat(new FilesGlob("holdings/**.csv").mayHold("holdings/2024")).isTrue();
  }

  @Test
  void listsFoldersOfOldDatesOnlyWhereTheyAreNewOrEverythingIsSwept() throws IOException {
    Landings.workbook(folder, "year=2024/month=01/day=02/a.xlsx", FEBRUARY, "10", "P1");
    Landings.workbook(folder, "2024-01-09/a.xlsx", FEBRUARY, "10", "P2");
    Landings.workbook(folder, "2024-01-10/a.xlsx", FEBRUARY, "10", "P3");
    Source source = Landings.byTime("s", "**/*.xlsx");
    RunScope scope =
        Landings.scope(folder, new Arrivals(Duration.ZERO, 1, Duration.ofDays(7)), source);
    IngestStage first = new IngestStage(scope);
    first.next();
    first.finish();
    String cold = "year=2024/month=01/day=02/b.xlsx";
    for (String uri : List.of(cold, "2024-01-09/b.xlsx", "year=2024/month=01/day=03/b.xlsx")) {
      Landings.file(folder, uri, "x", 1);
    }
    Path coldFolder = folder.resolve("landing/" + cold).getParent();
    FileTime changed = Files.getLastModifiedTime(coldFolder);
    Files.setLastModifiedTime(coldFolder, FileTime.from(Instant.ofEpochSecond(1)));

    assertThat(found(scope, false))
        .containsExactly("2024-01-09/b.xlsx", "year=2024/month=01/day=03/b.xlsx");
    assertThat(found(scope, true)).hasSize(3).contains(cold);
    // A slip of the pen in the name of a folder makes no other folder cold.
    Landings.file(folder, "2099-12-31/b.xlsx", "x", FEBRUARY);
    assertThat(found(scope, false)).contains("2024-01-09/b.xlsx");
    Files.delete(folder.resolve("landing/2099-12-31/b.xlsx"));
    Files.setLastModifiedTime(coldFolder, changed);
    assertThat(found(scope, false)).hasSize(3);
    Files.setLastModifiedTime(coldFolder, FileTime.from(Instant.ofEpochSecond(1)));
    Source other = Landings.source("s", "**/*.xlsx", source.order(), true);
    assertThat(found(Landings.scope(folder, scope.pipeline().arrivals(), other), false))
        .contains(cold);
    assertThat(
            found(
                Landings.scope(folder, new Arrivals(Duration.ZERO, 1, Duration.ZERO), source),
                false))
        .contains(cold);
  }

  private static List<String> found(RunScope scope, boolean sweep) {
    return new Discovery(scope, new Ledger(scope.lake()), sweep)
        .newFiles().stream().map(LandedFile::uri).toList();
  }

  @Test
  void leavesAFileThatMayStillBeWrittenForTheNextRun() throws IOException {
    Landings.file(folder, "old.xlsx", "x", 1);
    Landings.file(folder, "now.xlsx", "x", 1);
    Path now = folder.resolve("landing/now.xlsx");
    Files.setLastModifiedTime(now, FileTime.from(Instant.now().plusSeconds(600)));
    Source source = Landings.byTime("s", "*.xlsx");
    RunScope patient =
        Landings.scope(folder, new Arrivals(Duration.ofHours(1), 7, Duration.ofDays(7)), source);

    Discovery discovery = new Discovery(patient, new Ledger(patient.lake()), false);

    assertThat(discovery.newFiles()).extracting(LandedFile::uri).containsExactly("old.xlsx");
    assertThat(discovery.left())
        .isEqualTo(Map.of("now.xlsx", "it was written less than landing.settle ago"));
    assertThat(found("*.xlsx")).hasSize(2);
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
    return new Discovery(scope, new Ledger(scope.lake()), false)
        .newFiles().stream().map(LandedFile::uri).toList();
  }

  private IngestResult ingest(Source source) {
    return new IngestStage(Landings.scope(folder, source)).next();
  }
}
