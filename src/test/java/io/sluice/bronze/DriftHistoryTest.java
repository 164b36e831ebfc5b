package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.DriftHistory;
import io.sluice.lake.DriftHistory.Accepted;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger tells of workbooks that were not as declared, written down once. */
class DriftHistoryTest {
  /** Does not name the header Value, and asks for a column that is not there. */
  private static final Source NOTING =
      SourceBuilder.like(Landings.byTime("s", "*.xlsx"))
          .columns(
              ColumnBuilder.text("portfolio").headers("Portfolio").required().build(),
              ColumnBuilder.text("sector").headers("Sector").build())
          .drift(new Drift(Policy.WARN, Policy.WARN, Policy.FAIL, Policy.FAIL))
          .build();

  private static final Source KEEPING = SourceBuilder.like(NOTING).keepUnknown().build();

  @TempDir Path folder;

  @Test
  void namesTheFirstFileAndIsWrittenOnceWhatEverDiesInBetween() throws IOException {
    RunScope scope = Landings.scope(folder, NOTING);
    DriftHistory history = new DriftHistory(scope.lake());
    assertThat(history.all()).isEmpty();
    Landings.workbook(folder, "b.xlsx", 1, "10", "P1", "P2");
    new IngestStage(scope).next();

    // As after a run that died before it came to write this down.
    assertThat(what(history))
        .containsExactly(
            tuple("missing", "warn", "", "sector", "b.xlsx"),
            tuple("unknown", "warn", "Value", "", "b.xlsx"));
    assertThat(scope.lake().table(Layer.OPS, "drift").exists()).isFalse();
    Landings.workbook(folder, "a.xlsx", 2, "11", "P1");
    new IngestStage(scope).next();
    history.follow("run-2");
    long version = version(scope);
    Landings.workbook(folder, "c.xlsx", 3, "12", "P1");
    new IngestStage(scope).next();
    history.follow("run-3");

    assertThat(version(scope)).isEqualTo(version);
    assertThat(what(history))
        .containsExactly(
            tuple("missing", "warn", "", "sector", "b.xlsx"),
            tuple("unknown", "warn", "Value", "", "b.xlsx"));
    assertThat(history.all()).extracting(Accepted::runId).containsOnly("run-1");
  }

  @Test
  void cellsThatAreToBeKeptFromNowOnAreReadAgain() throws IOException {
    Landings.workbook(folder, "a.xlsx", 1, "10", "P1", "P2");
    new IngestStage(Landings.scope(folder, NOTING)).next();
    RunScope scope = Landings.scope(folder, KEEPING);
    assertThat(kept(scope)).containsExactly("", "");

    IngestResult reread = new RereadStage(scope, Set.of("s")).next();

    assertThat(reread.files())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.notes())
                    .contains(
                        "Headers that the contract does not name: B: Value (2 cells, kept in"
                            + " bronze)"));
    assertThat(kept(scope)).containsExactly("", "", "{\"Value\":\"10\"}", "{\"Value\":\"10\"}");
    assertThat(what(new DriftHistory(scope.lake())))
        .contains(
            tuple("unknown", "warn", "Value", "", "a.xlsx"),
            tuple("unknown", "keep-unknown", "Value", "", "a.xlsx"));
    assertThat(new RereadStage(scope, Set.of("s")).pending()).isZero();
  }

  @Test
  void tellsNothingOfWhatWaitedAndNeverCounted() throws IOException {
    Source late =
        SourceBuilder.like(KEEPING)
            .columns(
                ColumnBuilder.column("portfolio", ColumnType.Kind.DATE)
                    .headers("Portfolio")
                    .required()
                    .build())
            .lateness("portfolio", 10)
            .build();
    RunScope scope = Landings.scope(folder, late);
    Landings.workbook(folder, "a.xlsx", 1, "10", "1969-12-01");
    Landings.workbook(folder, "b.xlsx", 2, "11", "1969-12-02");
    new IngestStage(scope).next();
    new RetractStage(scope).retract(new Retraction("a.xlsx", "ada", "not ours"));
    DriftHistory history = new DriftHistory(scope.lake());
    assertThat(history.all()).isEmpty();

    new ApproveStage(scope).approve(new Approval(List.of("b.xlsx"), "ada"));

    assertThat(what(history))
        .containsExactly(tuple("unknown", "keep-unknown", "Value", "", "b.xlsx"));
  }

  private static List<Tuple> what(DriftHistory history) {
    return history.all().stream()
        .map(each -> tuple(each.kind(), each.policy(), each.header(), each.column(), each.uri()))
        .toList();
  }

  private static List<String> kept(RunScope scope) {
    return BronzeTable.read(scope.lake(), KEEPING)
        .selectExpr("coalesce(unknown_cells, '')")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static long version(RunScope scope) {
    return scope.lake().table(Layer.OPS, "drift").state().orElseThrow().version();
  }
}
