package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.FileRecord.Outcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path folder;

  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = new Ledger(Lakes.in(folder));
  }

  @Test
  void countsItsBatches() {
    assertThat(ledger.lastBatch()).isZero();
    assertThat(ledger.state()).isEmpty();

    commit(accepted(1, "A", "a.xlsx", 1, "s1"));
    commit(accepted(2, "B", "b.xlsx", 2, "s1"));

    assertThat(ledger.lastBatch()).isEqualTo(2);
  }

  @Test
  void givesBackWhatWasRecorded() {
    FileRecord file = accepted(1, "A", "a.xlsx", 1, "s1", "s2");
    commit(file);

    assertThat(ledger.read().collectAsList().stream().map(FileRecord::of)).containsExactly(file);
  }

  @Test
  void givesASliceToTheNewestFileWhateverCameFirst() {
    commit(accepted(1, "B", "b.xlsx", 2, "s1"));
    commit(accepted(2, "A", "a.xlsx", 1, "s1", "s2"));

    assertThat(winners()).isEqualTo(Map.of("s1", "B in 1", "s2", "A in 2"));
  }

  @Test
  void takesFromAPathWhatItsNewVersionDoesNotRestate() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1", "s2"));
    commit(accepted(2, "B", "a.xlsx", 2, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "B in 2"));
    assertThat(slicesIn(1, 2)).containsExactly("s1", "s2");
  }

  @Test
  void leavesASliceToItsFileWhenAnotherPathRestatesADifferentOne() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1", "s2"));
    commit(accepted(2, "B", "b.xlsx", 2, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "B in 2", "s2", "A in 1"));
    assertThat(slicesIn(1, 2)).containsExactly("s1");
  }

  @Test
  void keepsThePlaceOfACopyAgainstWhatArrivesLaterButIsOlder() {
    commit(accepted(1, "A", "v1.xlsx", 1, "s1"));
    commit(copy(2, "A", "v3.xlsx", 3, 1, "s1"));
    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1"));
    assertThat(slicesIn(1, 2)).isEmpty();

    commit(accepted(3, "B", "v2.xlsx", 2, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1"));
  }

  @Test
  void takesFromAPathWhatACopyInItsPlaceDoesNotRestate() {
    commit(accepted(1, "B", "b.xlsx", 1, "s1", "s2"), accepted(1, "A", "a.xlsx", 2, "s1"));
    commit(copy(2, "A", "b.xlsx", 3, 1, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1"));
    assertThat(slicesIn(1, 2)).containsExactly("s1", "s2");
  }

  @Test
  void touchesWhatACopyHeldOnceItsPathIsRestated() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1"), accepted(1, "B", "b.xlsx", 2, "s1"));
    commit(copy(2, "A", "c.xlsx", 3, 1, "s1"));
    commit(accepted(3, "C", "c.xlsx", 4, "s2"));

    assertThat(winners()).isEqualTo(Map.of("s1", "B in 1", "s2", "C in 3"));
    assertThat(slicesIn(2, 3)).containsExactly("s1", "s2");
  }

  @Test
  void takesALineBackWithALaterOneOfTheSameSighting() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1"), accepted(1, "B", "b.xlsx", 2, "s1", "s2"));
    commit(tied(2, "B", "b.xlsx", 2, 1, "s1", "s2"), tied(2, "C", "c.xlsx", 2, -1, "s2"));

    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1"));
    assertThat(slicesIn(1, 2)).containsExactly("s1", "s2");
    assertThat(ledger.standing().select("uri", "outcome").collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrder("a.xlsx ACCEPTED", "b.xlsx REFUSED", "c.xlsx REFUSED");
  }

  @Test
  void letsTheOlderVersionOfAPathServeAgainWhenTheNewerOneIsTied() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1", "s2"));
    commit(accepted(2, "B", "a.xlsx", 2, "s1"));
    commit(tied(3, "B", "a.xlsx", 2, 2, "s1"), tied(3, "C", "c.xlsx", 2, -1, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1", "s2", "A in 1"));
    assertThat(slicesIn(2, 3)).containsExactly("s1", "s2");
  }

  @Test
  void touchesWhatATiedCopyHeld() {
    commit(accepted(1, "A", "a.xlsx", 1, "s1"), accepted(1, "B", "b.xlsx", 2, "s1"));
    commit(copy(2, "A", "c.xlsx", 3, 1, "s1"));
    commit(tied(3, "A", "c.xlsx", 3, 1, "s1"));

    assertThat(winners()).isEqualTo(Map.of("s1", "B in 1"));
    assertThat(slicesIn(2, 3)).containsExactly("s1");
  }

  @Test
  void findsWhatStandsAtAPlaceForASlice() {
    commit(
        accepted(1, "A", "a.xlsx", 1, "s1", "s2"),
        accepted(1, "B", "b.xlsx", 1, "s3"),
        accepted(1, "C", "c.xlsx", 2, "s1"));
    commit(copy(2, "C", "d.xlsx", 1, 1, "s1"), tied(2, "E", "e.xlsx", 1, -1, "s2", "s4"));

    assertThat(ledger.at("holdings", Set.of(key(1), key(9)), Set.of("s1", "s2")))
        .extracting(FileRecord::uri)
        .containsExactlyInAnyOrder("a.xlsx", "d.xlsx", "e.xlsx");
    assertThat(ledger.at("prices", Set.of(key(1)), Set.of("s1"))).isEmpty();
  }

  @Test
  void givesASliceToAllPartsOfTheNewestVersionOfADelivery() {
    commit(
        part(1, "A", "1/2", 1, "s1", "s2"),
        part(1, "B", "2/2", 1, "s2", "s3"),
        accepted(1, "C", "c.xlsx", 2, "s3"));
    assertThat(claims()).containsExactly("s1 A 1/2", "s2 A 1/2", "s2 B 2/2", "s3 C ");

    commit(part(2, "D", "1/2", 3, "s1"), copied(part(2, "B", "2/2", 3, "s2", "s3")));

    assertThat(claims()).containsExactly("s1 D 1/2", "s2 B 2/2", "s3 B 2/2");
    assertThat(slicesIn(1, 2)).containsExactly("s1", "s2", "s3");
    assertThat(ledger.together(part(2, "D", "1/2", 3, "s1")))
        .extracting(FileRecord::fileId)
        .containsExactly("B");
    assertThat(ledger.at("holdings", Set.of(key(3)), Set.of("s1")))
        .as("with one part, all of them")
        .extracting(FileRecord::fileId)
        .containsExactlyInAnyOrder("D", "B");
  }

  @Test
  void readsALedgerThatWasBegunBeforeItHadAllOfItsColumns() {
    ledger
        .table()
        .create(
            new StructType(
                    Stream.of(FileRecord.SCHEMA.fields())
                        .filter(field -> !Set.of("part", "manifest", "etag").contains(field.name()))
                        .toArray(StructField[]::new))
                .add("chunk", DataTypes.LongType),
            List.of("chunk"),
            "");

    commit(accepted(1, "A", "a.xlsx", 1, "s1"));
    commit(part(2, "B", "1", 2, "s2"));

    assertThat(claims()).containsExactly("s1 A ", "s2 B 1");
  }

  @Test
  void doesNotCountRefusedFilesNorThoseOfOtherSources() {
    commit(
        accepted(1, "A", "a.xlsx", 1, "s1"),
        record("holdings", 1, "B", "b.xlsx", 2, Outcome.REFUSED, "EMPTY", -1, List.of()),
        record("prices", 1, "C", "c.xlsx", 3, Outcome.ACCEPTED, "", 1, List.of("s1")));

    assertThat(winners()).isEqualTo(Map.of("s1", "A in 1"));
    assertThat(slicesIn(0, 1)).containsExactly("s1");
    assertThat(slicesIn(1, 1)).isEmpty();
  }

  @Test
  void namesItsProgressAfterItsTable() {
    LakeState state = ledger.open();

    assertThat(Ledger.progressName(state)).isEqualTo("ledger/" + state.tableId());
  }

  private void commit(FileRecord... files) {
    ledger.commit(ledger.open(), Arrays.asList(files), "run-1");
  }

  private Map<String, String> winners() {
    Map<String, String> winners = new TreeMap<>();
    for (Row row : ledger.winners("holdings").collectAsList()) {
      winners.put(row.getString(0), row.getString(1) + " in " + row.getLong(2));
    }
    return winners;
  }

  private List<String> claims() {
    return ledger
        .winners("holdings")
        .selectExpr("concat_ws(' ', slice, file_id, part)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static FileRecord part(
      long batch, String content, String part, int place, String... slices) {
    return record(
            "holdings",
            batch,
            content,
            "h_" + part.replace("/", "of") + ".xlsx",
            place,
            Outcome.ACCEPTED,
            "",
            batch,
            List.of(slices))
        .received(part, "", "");
  }

  private static FileRecord copied(FileRecord file) {
    return file.as(Outcome.SKIPPED, "DUPLICATE_CONTENT", "", "", "", 0, 1);
  }

  private List<String> slicesIn(long from, long to) {
    return ledger.slicesIn("holdings", from, to).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static FileRecord accepted(
      long batch, String content, String uri, int place, String... slices) {
    return record(
        "holdings", batch, content, uri, place, Outcome.ACCEPTED, "", batch, List.of(slices));
  }

  private static FileRecord copy(
      long batch, String content, String uri, int place, long bronzeBatch, String... slices) {
    return record(
        "holdings",
        batch,
        content,
        uri,
        place,
        Outcome.SKIPPED,
        "DUPLICATE_CONTENT",
        bronzeBatch,
        List.of(slices));
  }

  private static FileRecord tied(
      long batch, String content, String uri, int place, long bronzeBatch, String... slices) {
    return record(
        "holdings",
        batch,
        content,
        uri,
        place,
        Outcome.REFUSED,
        "ORDER_TIE",
        bronzeBatch,
        List.of(slices));
  }

  private static String key(int place) {
    return "%019d".formatted(place);
  }

  private static FileRecord record(
      String source,
      long batch,
      String content,
      String uri,
      int place,
      Outcome outcome,
      String reason,
      long bronzeBatch,
      List<String> slices) {
    return new FileRecord(
        source,
        batch,
        content,
        uri,
        uri.replaceFirst("_\\d+of\\d+", ""),
        100,
        Instant.parse("2024-01-01T00:00:00.123Z"),
        key(place),
        outcome,
        reason,
        "",
        "",
        "",
        "Holdings",
        "",
        "c1",
        12,
        10,
        bronzeBatch,
        slices,
        List.of("a note"),
        "{}",
        "run-1",
        Instant.parse("2024-01-01T08:00:00Z"));
  }
}
