package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestStageTest {
  @TempDir Path folder;

  @Test
  void landsEveryRowWithWhereItStood() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "00846E10", "P1", "P2");
    Source source = Landings.byTime("s", "*.xlsx");

    IngestResult result = ingest(source);

    FileRecord file = result.files().get(0);
    assertThat(result.batch()).isEqualTo(1);
    assertThat(result.remaining()).isZero();
    assertThat(file.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(file.slices()).containsExactly("portfolio=P1", "portfolio=P2");
    assertThat(file.bronzeRows()).isEqualTo(2);
    assertThat(file.skippedRows()).isEqualTo(1);
    assertThat(bronze(source))
        .containsExactly("P1,00846E10,A,B,Holdings,2,1", "P2,00846E10,A,B,Holdings,3,1");
  }

  @Test
  void doesNothingWhereNothingIsNew() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");
    ingest(source);

    assertThat(ingest(source)).isEqualTo(new IngestResult(0, List.of(), 0));
    assertThat(bronze(source)).hasSize(1);
  }

  @Test
  void skipsTheLockFileOfAnOpenWorkbook() throws IOException {
    Landings.file(folder, "in/~$x.xlsx", "somebody", 1);

    IngestResult result = ingest(Landings.byTime("s", "**/*.xlsx"));

    assertThat(result.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.outcome()).isEqualTo(Outcome.SKIPPED);
              assertThat(file.reason()).isEqualTo(Reason.LOCK_FILE.name());
            });
  }

  @Test
  void readsFilesWhateverTheirNames() throws IOException {
    List<String> names =
        List.of("10:30 run.xlsx", "50% off #1?.xlsx", "a b+c&d.xlsx", "in/x:y.xlsx", "Größe.xlsx");
    for (int i = 0; i < names.size(); i++) {
      Landings.workbook(folder, names.get(i), i + 1, "10", "P" + i);
    }

    IngestResult result = ingest(Landings.byTime("s", "**/*.xlsx"));

    assertThat(result.files())
        .extracting(file -> file.uri() + " " + file.outcome())
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> name + " ACCEPTED").toList());
  }

  @Test
  void landsTheRowsOfCopiesOnce() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "10", "P1");
    copy("x.xlsx", "y.xlsx", 2);
    Source source = Landings.byTime("s", "*.xlsx");

    IngestResult together = ingest(source);
    copy("x.xlsx", "z.xlsx", 3);
    IngestResult later = ingest(source);

    assertThat(together.files())
        .extracting(file -> file.uri() + " " + file.outcome())
        .containsExactly("x.xlsx ACCEPTED", "y.xlsx SKIPPED");
    assertThat(later.files().get(0).why()).isEqualTo("its bytes are those of x.xlsx");
    assertThat(bronze(source)).hasSize(1);
  }

  @Test
  void parsesNoFileWhoseBytesAreKnown() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");
    FileRecord first = ingest(source).files().get(0);
    Path file = folder.resolve("landing/x.xlsx");
    LandedFile known =
        new LandedFile("s", "x.xlsx", Files.size(file), 0, "c").maybe(Set.of(first.fileId()));
    List<FileOutcome> told = new ArrayList<>();

    var rows =
        WorkbookRows.of(
            source,
            ZoneOffset.UTC,
            known,
            new LocalCopy.Landing(folder.resolve("landing").toString(), new Configuration(false)),
            (path, uri, contract) -> {
              throw new AssertionError("was opened");
            },
            told::add);

    assertThat(rows.hasNext()).isFalse();
    assertThat(told).containsExactly(FileOutcome.known("x.xlsx", first.fileId()));
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5)));
    FileRecord touched = ingest(source).files().get(0);
    assertThat(touched.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(touched.slices()).isEqualTo(first.slices());
    assertThat(touched.layout()).isEqualTo(first.layout());
    assertThat(touched.orderKey()).isEqualTo("0000000000000005000");
  }

  @Test
  void leavesAFileThatChangesWhileItIsReadForTheNextRun() throws IOException {
    Landings.workbook(folder, "x.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");
    IngestStage stage = new IngestStage(Landings.scope(folder, source));
    assertThat(stage.pending()).isEqualTo(1);
    Landings.file(folder, "x.xlsx", "half of it", 2);

    IngestResult result = stage.next();

    assertThat(result.files()).isEmpty();
    assertThat(stage.notes())
        .singleElement()
        .asString()
        .startsWith("x.xlsx is left for the next run: it was listed with ");
    assertThat(new IngestStage(Landings.scope(folder, source)).pending()).isEqualTo(1);
  }

  @Test
  void countsAFileWithoutAVersionInItsNameAsTheFirst() throws IOException {
    Landings.workbook(folder, "x.xlsx", 9, "10", "P1");
    Landings.workbook(folder, "x_v2.xlsx", 1, "11", "P1");
    Source source =
        Landings.source(
            "s", "*.xlsx", new Order(Order.By.NAME_PATTERN, "(?:_v(\\d+))?(?=\\.xlsx)"), false);

    IngestResult result = ingest(source);

    assertThat(result.files())
        .extracting(file -> file.uri() + " " + file.orderKey() + " " + file.pathKey())
        .containsExactly(
            "x.xlsx 0000000000000000001 x.xlsx", "x_v2.xlsx 0000000000000000002 x.xlsx");
  }

  @Test
  void takesNoMoreThanABatchAtATime() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Landings.workbook(folder, i + ".xlsx", i, "10", "P" + i);
    }
    Source source = Landings.byTime("s", "*.xlsx");
    RunScope scope = Landings.scope(folder, new io.sluice.config.Batch(2, 1L << 30), source);
    IngestStage stage = new IngestStage(scope);

    assertThat(stage.pending()).isEqualTo(3);
    IngestResult first = stage.next();
    IngestResult second = stage.next();

    assertThat(first.files()).extracting(FileRecord::uri).containsExactly("1.xlsx", "2.xlsx");
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.files()).extracting(FileRecord::uri).containsExactly("3.xlsx");
    assertThat(second.batch()).isEqualTo(2);
    assertThat(stage.next().files()).isEmpty();
    assertThat(bronze(source)).hasSize(3);
  }

  @Test
  void takesBackWhatItAcceptedWhenATieComesAndKnowsItsRowsWhenItIsSentAgain() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    Source source = Landings.byTime("s", "*.xlsx");
    ingest(source);
    Landings.workbook(folder, "b.xlsx", 1, "11", "P1");

    IngestResult tied = ingest(source);
    copy("a.xlsx", "a-final.xlsx", 2);
    copy("b.xlsx", "c.xlsx", 1);
    IngestResult again = ingest(source);

    assertThat(tied.files())
        .extracting(file -> file.uri() + " " + file.reason() + " " + file.bronzeBatch())
        .containsExactly("a.xlsx ORDER_TIE 1", "b.xlsx ORDER_TIE -1");
    assertThat(again.files())
        .extracting(file -> file.uri() + " " + file.outcome() + " " + file.bronzeBatch())
        .containsExactly("c.xlsx REFUSED -1", "a-final.xlsx ACCEPTED 1");
    assertThat(bronze(source)).hasSize(1);
    assertThat(new IngestStage(Landings.scope(folder, source)).pending()).isZero();
  }

  private void copy(String from, String to, int second) throws IOException {
    Path landing = folder.resolve("landing");
    Files.copy(landing.resolve(from), landing.resolve(to));
    Files.setLastModifiedTime(landing.resolve(to), FileTime.from(Instant.ofEpochSecond(second)));
  }

  private IngestResult ingest(Source source) {
    return new IngestStage(Landings.scope(folder, source)).next();
  }

  private List<String> bronze(Source source) {
    return BronzeTable.of(Landings.scope(folder, source).lake(), source)
        .read()
        .selectExpr("concat_ws(',', portfolio, value, cells, sheet, sheet_row, batch)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
