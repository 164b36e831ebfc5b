package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Batch;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RereadStageTest {
  private static final Source BEFORE = Landings.byTime("s", "*.xlsx");

  @TempDir Path folder;

  @Test
  void readsNothingWhereTheContractIsTheSame() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    ingest(BEFORE);

    assertThat(stage(BEFORE).pending()).isZero();
    assertThat(stage(BEFORE).next()).isEqualTo(new IngestResult(0, List.of(), 0));
  }

  @Test
  void readsWhatCountsUnderTheNewContractAndKeepsItsPlaceInTheOrder() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    Landings.workbook(folder, "b.xlsx", 2, "11", "P1");
    Files.copy(landing("a.xlsx"), landing("c.xlsx"));
    Files.setLastModifiedTime(landing("c.xlsx"), FileTime.from(Instant.ofEpochSecond(3)));
    ingest(BEFORE);
    Files.setLastModifiedTime(landing("a.xlsx"), FileTime.from(Instant.ofEpochSecond(99)));
    Source after = wider(false);

    RereadStage stage = stage(after);
    assertThat(stage.pending()).isEqualTo(3);
    IngestResult reread = stage.next();

    assertThat(reread.files())
        .extracting(file -> file.uri() + " " + file.orderKey() + " " + file.outcome())
        .containsExactly(
            "a.xlsx 0000000000000001000 ACCEPTED",
            "b.xlsx 0000000000000002000 ACCEPTED",
            "c.xlsx 0000000000000003000 SKIPPED");
    assertThat(reread.files()).extracting(FileRecord::bronzeBatch).containsOnly(2L);
    assertThat(reread.files())
        .extracting(FileRecord::contract)
        .containsOnly(Definitions.contract(after));
    assertThat(bronze(after, 2)).containsExactly("P1,10,,ss_,A,B,", "P1,11,,ss_,A,B,");
    assertThat(winner(after)).isEqualTo("c.xlsx in 2");
    assertThat(stage(after).pending()).isZero();
  }

  @Test
  void leavesOutWhatDoesNotCount() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    ingest(BEFORE);
    Landings.workbook(folder, "a.xlsx", 2, "11", "P1");
    Landings.file(folder, "bad.xlsx", "no workbook", 2);
    ingest(BEFORE);

    IngestResult reread = stage(wider(false)).next();

    assertThat(reread.files())
        .extracting(file -> file.uri() + " " + file.orderKey())
        .containsExactly("a.xlsx 0000000000000002000");
  }

  @Test
  void refusesWhatTheNewContractRefusesAndTakesItUpAgainUnderTheOldOne() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    ingest(BEFORE);
    Source strict = wider(true);

    IngestResult reread = stage(strict).next();

    assertThat(reread.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.outcome()).isEqualTo(Outcome.REFUSED);
              assertThat(file.reason()).isEqualTo(Reason.HEADER_MISSING.name());
              assertThat(file.slices()).containsExactly("portfolio=P1");
            });
    Ledger ledger = new Ledger(Landings.scope(folder, strict).lake());
    assertThat(ledger.winners("s").count()).isZero();
    assertThat(ledger.slicesIn("s", 1, 2).count()).isEqualTo(1);
    assertThat(new IngestStage(Landings.scope(folder, strict)).pending()).isZero();
    assertThat(new IngestStage(Landings.scope(folder, BEFORE)).pending()).isEqualTo(1);
    assertThat(ingest(BEFORE).files())
        .extracting(file -> file.outcome() + " " + file.bronzeBatch())
        .containsExactly("ACCEPTED 1");
  }

  @Test
  void stopsBeforeAnythingIsCommittedWhereAFileIsGone() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    Landings.workbook(folder, "b.xlsx", 2, "10", "P2");
    ingest(BEFORE);
    Files.delete(landing("b.xlsx"));

    SluiceException failure = failure();

    assertThat(failure.problem()).isEqualTo("The workbook b.xlsx is not in the landing as it was");
    assertThat(failure.why()).startsWith("there is no such file any more");
  }

  @Test
  void stopsBeforeAnythingIsCommittedWhereAFileHasOtherBytes() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1");
    ingest(BEFORE);
    Landings.workbook(folder, "a.xlsx", 1, "11", "P1");

    assertThat(failure().why()).startsWith("its content is another one by now");
  }

  @Test
  void takesNoMoreThanABatchAtATime() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Landings.workbook(folder, i + ".xlsx", i, "10", "P" + i);
    }
    ingest(BEFORE);

    RereadStage stage =
        new RereadStage(Landings.scope(folder, new Batch(2, 1L << 30), wider(false)), Set.of("s"));
    IngestResult first = stage.next();
    IngestResult second = stage.next();

    assertThat(first.files()).extracting(FileRecord::uri).containsExactly("1.xlsx", "2.xlsx");
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.files()).extracting(FileRecord::uri).containsExactly("3.xlsx");
    assertThat(second.batch()).isEqualTo(3);
  }

  private SluiceException failure() {
    SluiceException failure =
        catchThrowableOfType(SluiceException.class, () -> stage(wider(false)));
    assertThat(failure)
        .extracting(SluiceException::reason, SluiceException::exitCode)
        .containsExactly(Reason.WORKBOOK_GONE, ExitCode.SOURCE_MISSING);
    assertThat(new Ledger(Landings.scope(folder, BEFORE).lake()).lastBatch()).isEqualTo(1);
    return failure;
  }

  /** With a third column, which the workbooks have not got, and may lack if it is not required. */
  private static Source wider(boolean required) {
    List<Column> columns = new ArrayList<>(BEFORE.columns());
    columns.add(ColumnBuilder.text("currency").headers("Currency").required(required).build());
    Policy missing = required ? Policy.FAIL : Policy.WARN;
    return SourceBuilder.like(BEFORE)
        .columns(columns)
        .drift(new Drift(Policy.WARN, missing, Policy.FAIL, Policy.FAIL))
        .build();
  }

  private Path landing(String uri) {
    return folder.resolve("landing").resolve(uri);
  }

  private IngestResult ingest(Source source) {
    return new IngestStage(Landings.scope(folder, source)).next();
  }

  private RereadStage stage(Source source) {
    return new RereadStage(Landings.scope(folder, source), Set.of("s"));
  }

  private List<String> bronze(Source source, long batch) {
    RunScope scope = Landings.scope(folder, source);
    return BronzeTable.read(scope.lake(), source)
        .where("batch = " + batch)
        .selectExpr("concat_ws(',', portfolio, value, coalesce(currency, ''), kinds, cells)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private String winner(Source source) {
    return new Ledger(Landings.scope(folder, source).lake())
        .winners("s")
        .selectExpr("concat(uri, ' in ', bronze_batch)")
        .collectAsList()
        .get(0)
        .getString(0);
  }
}
