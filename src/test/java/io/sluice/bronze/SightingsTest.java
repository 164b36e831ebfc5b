package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SightingsTest {
  private static final long BATCH = 5;

  @Test
  void acceptTheFirstSightingOfContent() {
    assertThat(settle(file("a.xlsx", "A", 1, "s1")))
        .containsExactly(Map.entry("a.xlsx", "ACCEPTED 5 [s1]"));
  }

  @Test
  void skipACopyOfWhatServesAlready() {
    Map<String, Sightings.Claim> claims = Map.of("s1", new Sightings.Claim("A", key(1)));
    Map<String, Sightings.Known> known = Map.of("A", new Sightings.Known("a.xlsx", 2));

    FileRecord copy =
        new Sightings(claims, known, List.of(), BATCH)
            .settle(List.of(file("b.xlsx", "A", 2, "s1")))
            .get(0);

    assertThat(copy.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(copy.reason()).isEqualTo(Reason.DUPLICATE_CONTENT.name());
    assertThat(copy.why()).isEqualTo("its bytes are those of a.xlsx");
    assertThat(copy.bronzeRows()).isZero();
    assertThat(copy.bronzeBatch()).isEqualTo(2);
    assertThat(copy.orderKey()).isEqualTo(key(2));
    assertThat(copy.slices()).containsExactly("s1");
  }

  @Test
  void skipTheLaterOfTwoCopiesReadTogether() {
    assertThat(settle(file("b.xlsx", "A", 1, "s1"), file("a.xlsx", "A", 2, "s1")))
        .isEqualTo(
            Map.of(
                "b.xlsx", "ACCEPTED 5 [s1]",
                "a.xlsx", "SKIPPED DUPLICATE_CONTENT"));
  }

  @Test
  void letContentWinAgainThatComesBackAfterItWasSuperseded() {
    Map<String, Sightings.Claim> claims = Map.of("s1", new Sightings.Claim("B", key(2)));
    Map<String, Sightings.Known> known =
        Map.of("A", new Sightings.Known("a.xlsx", 1), "B", new Sightings.Known("b.xlsx", 2));

    FileRecord back =
        new Sightings(claims, known, List.of(), BATCH)
            .settle(List.of(file("c.xlsx", "A", 3, "s1")))
            .get(0);

    assertThat(back.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(back.bronzeBatch()).isEqualTo(1);
    assertThat(back.bronzeRows()).isEqualTo(10);
  }

  @Test
  void letContentWinAgainWithinOneBatchFromTheRowsLandedOnce() {
    assertThat(
            settle(
                file("1.xlsx", "A", 1, "s1"),
                file("2.xlsx", "B", 2, "s1"),
                file("3.xlsx", "A", 3, "s1"),
                file("4.xlsx", "A", 4, "s1")))
        .isEqualTo(
            Map.of(
                "1.xlsx", "ACCEPTED 5 [s1]",
                "2.xlsx", "ACCEPTED 5 [s1]",
                "3.xlsx", "ACCEPTED 5 [s1]",
                "4.xlsx", "SKIPPED DUPLICATE_CONTENT"));
  }

  @Test
  void refuseACopyThatIsNotAloneAtItsPlace() {
    Map<String, Sightings.Claim> claims = Map.of("s1", new Sightings.Claim("A", key(1)));
    Map<String, Sightings.Known> known = Map.of("A", new Sightings.Known("a.xlsx", 2));

    assertThat(
            outcomes(
                new Sightings(claims, known, List.of(), BATCH)
                    .settle(
                        List.of(file("a-again.xlsx", "A", 3, "s1"), file("b.xlsx", "B", 3, "s1")))))
        .isEqualTo(Map.of("a-again.xlsx", "REFUSED ORDER_TIE", "b.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void takeACopyThatHoldsASliceWhichSomethingElseServes() {
    Map<String, Sightings.Claim> claims =
        Map.of(
            "s1", new Sightings.Claim("A", key(1)),
            "s2", new Sightings.Claim("B", key(2)));
    Map<String, Sightings.Known> known = Map.of("A", new Sightings.Known("a.xlsx", 1));

    FileRecord copy =
        new Sightings(claims, known, List.of(), BATCH)
            .settle(List.of(file("c.xlsx", "A", 3, "s1", "s2")))
            .get(0);

    assertThat(copy.outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void acceptPartsOfOneDeliveryThatRestateOneSlice() {
    assertThat(settle(part("h_1of2", "A", 1, "s1", "s2"), part("h_2of2", "B", 1, "s2", "s3")))
        .isEqualTo(Map.of("h_1of2", "ACCEPTED 5 [s1, s2]", "h_2of2", "ACCEPTED 5 [s2, s3]"));
  }

  @Test
  void skipThePartThatStaysAsItIsWhileAnotherOneIsMended() {
    Map<String, Sightings.Claim> claims =
        Map.of(
            "s1", new Sightings.Claim(Set.of("A", "B"), key(1)),
            "s2", new Sightings.Claim("B", key(1)));
    Map<String, Sightings.Known> known =
        Map.of("A", new Sightings.Known("h_1of2", 2), "B", new Sightings.Known("h_2of2", 2));

    assertThat(
            outcomes(
                new Sightings(claims, known, List.of(), BATCH)
                    .settle(
                        List.of(part("h_1of2", "C", 3, "s1"), part("h_2of2", "B", 3, "s1", "s2")))))
        .isEqualTo(Map.of("h_1of2", "ACCEPTED 5 [s1]", "h_2of2", "SKIPPED DUPLICATE_CONTENT"));
  }

  @Test
  void refuseADeliveryWholeOfWhichOnePartIsTied() {
    List<FileRecord> settled =
        new Sightings(Map.of(), Map.of(), List.of(), BATCH)
            .settle(
                List.of(
                    part("h_1of2", "A", 1, "s1"),
                    part("h_2of2", "B", 1, "s2"),
                    file("c", "C", 1, "s2")));

    String tied = "it restates a slice that %s restates too, at the same place in the order";
    assertThat(settled)
        .extracting(FileRecord::uri, FileRecord::reason, FileRecord::why)
        .containsExactlyInAnyOrder(
            tuple("h_1of2", "ORDER_TIE", "h_2of2 is of the same delivery: " + tied.formatted("c")),
            tuple("h_2of2", "ORDER_TIE", tied.formatted("c")),
            tuple("c", "ORDER_TIE", tied.formatted("h_2of2")));
  }

  @Test
  void withdrawTheOtherPartsOfADeliveryWithTheOneThatIsTied() {
    List<FileRecord> earlier =
        List.of(landed(part("h_1of2", "A", 1, "s1"), 2), landed(part("h_2of2", "B", 1, "s2"), 2));
    Map<String, Sightings.Claim> claims =
        Map.of("s1", new Sightings.Claim("A", key(1)), "s2", new Sightings.Claim("B", key(1)));

    assertThat(
            outcomes(
                new Sightings(claims, Map.of(), earlier, BATCH)
                    .settle(List.of(file("c", "C", 1, "s2")))))
        .isEqualTo(
            Map.of(
                "c", "REFUSED ORDER_TIE",
                "h_1of2", "REFUSED ORDER_TIE",
                "h_2of2", "REFUSED ORDER_TIE"));
  }

  @Test
  void skipACopyOfAWholeDeliveryAtItsOwnPlace() {
    List<FileRecord> earlier =
        List.of(landed(part("h_1of2", "A", 1, "s1"), 2), landed(part("h_2of2", "B", 1, "s1"), 2));
    Map<String, Sightings.Claim> claims =
        Map.of("s1", new Sightings.Claim(Set.of("A", "B"), key(1)));
    Map<String, Sightings.Known> known =
        Map.of("A", new Sightings.Known("h_1of2", 2), "B", new Sightings.Known("h_2of2", 2));

    assertThat(
            outcomes(
                new Sightings(claims, known, earlier, BATCH)
                    .settle(
                        List.of(
                            part("copy/h_1of2", "A", 1, "s1").under("copy/h"),
                            part("copy/h_2of2", "B", 1, "s1").under("copy/h")))))
        .isEqualTo(
            Map.of(
                "copy/h_1of2", "SKIPPED DUPLICATE_CONTENT",
                "copy/h_2of2", "SKIPPED DUPLICATE_CONTENT"));
    assertThat(
            outcomes(
                new Sightings(claims, known, earlier, BATCH)
                    .settle(
                        List.of(
                            part("other/h_1of2", "A", 1, "s1").under("other/h"),
                            part("other/h_2of2", "C", 1, "s1").under("other/h")))))
        .as("one of its parts is another one")
        .hasSize(4)
        .allSatisfy((uri, outcome) -> assertThat(outcome).isEqualTo("REFUSED ORDER_TIE"));
  }

  @Test
  void refuseDifferentContentsOfTheSamePart() {
    assertThat(settle(part("h_1of2", "A", 1, "s1"), part("h_01of2", "B", 1, "s1")))
        .isEqualTo(Map.of("h_1of2", "REFUSED ORDER_TIE", "h_01of2", "REFUSED ORDER_TIE"));
  }

  @Test
  void refuseBothOfTwoContentsAtOnePlace() {
    List<FileRecord> settled =
        new Sightings(Map.of(), Map.of(), List.of(), BATCH)
            .settle(List.of(file("a.xlsx", "A", 1, "s1", "s2"), file("b.xlsx", "B", 1, "s2")));

    assertThat(outcomes(settled))
        .isEqualTo(Map.of("a.xlsx", "REFUSED ORDER_TIE", "b.xlsx", "REFUSED ORDER_TIE"));
    assertThat(settled.get(0).why())
        .isEqualTo("it restates a slice that b.xlsx restates too, at the same place in the order");
    assertThat(settled.get(1).why())
        .isEqualTo("it restates a slice that a.xlsx restates too, at the same place in the order");
    assertThat(settled).allMatch(file -> file.bronzeRows() == 0 && file.bronzeBatch() == -1);
    assertThat(settled.get(0).slices()).containsExactly("s1", "s2");
  }

  @Test
  void refuseAllOfThreeContentsAtOnePlace() {
    assertThat(
            settle(
                file("a.xlsx", "A", 1, "s1"),
                file("b.xlsx", "B", 1, "s1"),
                file("c.xlsx", "C", 1, "s1")))
        .isEqualTo(
            Map.of(
                "a.xlsx", "REFUSED ORDER_TIE",
                "b.xlsx", "REFUSED ORDER_TIE",
                "c.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void refuseWhatTiesWithAnEarlierBatchAndTheEarlierOneToo() {
    Map<String, Sightings.Claim> claims = Map.of("s1", new Sightings.Claim("A", key(1)));
    FileRecord served = landed(file("a.xlsx", "A", 1, "s1", "s2"), 2);

    List<FileRecord> settled =
        new Sightings(claims, Map.of(), List.of(served), BATCH)
            .settle(List.of(file("b.xlsx", "B", 1, "s1")));

    assertThat(outcomes(settled))
        .isEqualTo(Map.of("a.xlsx", "REFUSED ORDER_TIE", "b.xlsx", "REFUSED ORDER_TIE"));
    FileRecord earlier = settled.get(0);
    assertThat(earlier.uri()).isEqualTo("a.xlsx");
    assertThat(earlier.why())
        .isEqualTo("it restates a slice that b.xlsx restates too, at the same place in the order");
    assertThat(earlier)
        .extracting(FileRecord::batch, FileRecord::bronzeBatch, FileRecord::bronzeRows)
        .containsExactly(BATCH, 2L, 0L);
    assertThat(earlier.slices()).containsExactly("s1", "s2");
  }

  @Test
  void refuseAThirdContentAtThePlaceOfATie() {
    List<FileRecord> tied =
        new Sightings(Map.of(), Map.of(), List.of(), BATCH)
            .settle(List.of(file("a.xlsx", "A", 1, "s1"), file("b.xlsx", "B", 1, "s1")));

    assertThat(
            outcomes(
                new Sightings(Map.of(), Map.of(), tied, BATCH)
                    .settle(List.of(file("c.xlsx", "C", 1, "s1")))))
        .isEqualTo(Map.of("c.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void refuseAnEarlierOneOnceWhenItIsReadAgainTogetherWithItsRival() {
    FileRecord served = landed(file("a.xlsx", "A", 1, "s1"), 2);

    List<FileRecord> settled =
        new Sightings(Map.of(), Map.of(), List.of(served), BATCH)
            .settle(List.of(file("a.xlsx", "A", 1, "s1"), file("b.xlsx", "B", 1, "s1")));

    assertThat(settled).hasSize(2);
    assertThat(outcomes(settled))
        .isEqualTo(Map.of("a.xlsx", "REFUSED ORDER_TIE", "b.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void leaveAnEarlierFileAloneThatSharesThePlaceButNoSliceOrItsContent() {
    FileRecord elsewhere = landed(file("a.xlsx", "A", 1, "s2"), 2);
    FileRecord same = landed(file("b.xlsx", "B", 1, "s1"), 3);

    List<FileRecord> settled =
        new Sightings(
                Map.of("s1", new Sightings.Claim("B", key(1))),
                Map.of("B", new Sightings.Known("b.xlsx", 3)),
                List.of(elsewhere, same),
                BATCH)
            .settle(List.of(file("c.xlsx", "B", 1, "s1")));

    assertThat(outcomes(settled)).isEqualTo(Map.of("c.xlsx", "SKIPPED DUPLICATE_CONTENT"));
  }

  @Test
  void acceptWhatServesAgainAfterATieWhenItComesOnceMore() {
    Map<String, Sightings.Claim> claims = Map.of("s1", new Sightings.Claim("B", key(2)));
    Map<String, Sightings.Known> known = Map.of("B", new Sightings.Known("b.xlsx", 3));
    FileRecord served = landed(file("b.xlsx", "B", 2, "s1"), 3);

    assertThat(
            outcomes(
                new Sightings(claims, known, List.of(served), BATCH)
                    .settle(
                        List.of(file("c.xlsx", "C", 2, "s1"), file("b-final.xlsx", "B", 3, "s1")))))
        .isEqualTo(
            Map.of(
                "b.xlsx", "REFUSED ORDER_TIE",
                "c.xlsx", "REFUSED ORDER_TIE",
                "b-final.xlsx", "ACCEPTED 3 [s1]"));
  }

  @Test
  void refuseTheSameFilesForTiesInWhateverBatchesTheyCome() {
    List<FileRecord> files =
        new ArrayList<>(
            List.of(
                file("1.xlsx", "A", 1, "s1"),
                file("2.xlsx", "B", 1, "s1", "s2"),
                file("3.xlsx", "C", 1, "s2"),
                file("4.xlsx", "D", 1, "s3"),
                file("5.xlsx", "A", 2, "s1"),
                file("6.xlsx", "A", 2, "s1"),
                file("7.xlsx", "E", 3, "s1", "s3"),
                file("8.xlsx", "F", 3, "s3")));
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(files, random);
      Map<String, FileRecord> standing = new TreeMap<>();
      int taken = 0;
      while (taken < files.size()) {
        int until = Math.min(files.size(), taken + 1 + random.nextInt(3));
        new Sightings(Map.of(), Map.of(), List.copyOf(standing.values()), BATCH)
            .settle(files.subList(taken, until))
            .forEach(file -> standing.put(file.uri(), file));
        taken = until;
      }
      assertThat(
              standing.values().stream()
                  .filter(file -> file.outcome() == Outcome.REFUSED)
                  .map(FileRecord::uri))
          .as("%s", files.stream().map(FileRecord::uri).toList())
          .containsExactly("1.xlsx", "2.xlsx", "3.xlsx", "7.xlsx", "8.xlsx");
    }
  }

  @Test
  void acceptTheOneSentAgainAfterATieThoughItIsReadTogetherWithTheTie() {
    assertThat(
            settle(
                file("a.xlsx", "A", 1, "s1"),
                file("b.xlsx", "B", 1, "s1"),
                file("b-final.xlsx", "B", 2, "s1")))
        .isEqualTo(
            Map.of(
                "a.xlsx", "REFUSED ORDER_TIE",
                "b.xlsx", "REFUSED ORDER_TIE",
                "b-final.xlsx", "ACCEPTED 5 [s1]"));
  }

  @Test
  void letFilesOfDifferentSlicesShareAPlace() {
    assertThat(settle(file("a.xlsx", "A", 1, "s1"), file("b.xlsx", "B", 1, "s2")))
        .isEqualTo(Map.of("a.xlsx", "ACCEPTED 5 [s1]", "b.xlsx", "ACCEPTED 5 [s2]"));
  }

  @Test
  void letAFileThatWaitsClaimNothingAndTieWithNothing() {
    List<FileRecord> settled =
        new Sightings(Map.of(), Map.of(), List.of(), BATCH)
            .settle(
                List.of(
                    waiting("a.xlsx", "A", 1, "s1"),
                    file("b.xlsx", "B", 1, "s1"),
                    waiting("c.xlsx", "B", 2, "s1"),
                    waiting("d.xlsx", "A", 3, "s1"),
                    file("e.xlsx", "B", 4, "s1")));

    assertThat(outcomes(settled))
        .isEqualTo(
            Map.of(
                "a.xlsx", "WAITING LATE",
                "b.xlsx", "ACCEPTED 5 [s1]",
                "c.xlsx", "WAITING LATE",
                "d.xlsx", "WAITING LATE",
                "e.xlsx", "SKIPPED DUPLICATE_CONTENT"));
    assertThat(settled).allMatch(file -> file.bronzeBatch() == BATCH);
    assertThat(settled.get(0).bronzeRows()).isEqualTo(10);
  }

  @Test
  void refuseWhatIsTiedAlreadyAndOnlyWrittenLaterThanItWas() {
    List<FileRecord> tied =
        List.of(
            record("a.xlsx", "A", key(1), Outcome.REFUSED, "ORDER_TIE", List.of("s1")),
            record("b.xlsx", "B", key(1), Outcome.REFUSED, "ORDER_TIE", List.of("s1")));

    assertThat(
            outcomes(
                new Sightings(Map.of(), Map.of(), tied, BATCH)
                    .settle(List.of(waiting("a.xlsx", "A", 1, "s1")))))
        .isEqualTo(Map.of("a.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void letWhatIsApprovedTieAsIfItHadComeInTime() {
    FileRecord served = landed(file("b.xlsx", "B", 1, "s1"), 2);

    assertThat(
            outcomes(
                new Sightings(Map.of(), Map.of(), List.of(served), BATCH)
                    .settle(List.of(file("a.xlsx", "A", 1, "s1")))))
        .isEqualTo(Map.of("a.xlsx", "REFUSED ORDER_TIE", "b.xlsx", "REFUSED ORDER_TIE"));
  }

  @Test
  void leaveWhatCountsAloneThoughItWasWrittenAgainTooLate() {
    FileRecord served = landed(file("a.xlsx", "A", 1, "s1"), 2);

    FileRecord touched =
        new Sightings(
                Map.of("s1", new Sightings.Claim("A", key(1))),
                Map.of("A", new Sightings.Known("a.xlsx", 2)),
                List.of(served),
                BATCH)
            .settle(List.of(waiting("a.xlsx", "A", 1, "s1")))
            .get(0);

    assertThat(touched.reason()).isEqualTo(Reason.DUPLICATE_CONTENT.name());
    assertThat(touched)
        .extracting(FileRecord::bronzeBatch, FileRecord::bronzeRows)
        .as("what it brought, should it be taken back")
        .containsExactly(2L, 10L);
  }

  @Test
  void leaveARefusedFileAsItIs() {
    FileRecord refused = refused("a.xlsx");

    assertThat(
            new Sightings(Map.of(), Map.of(), List.of(), BATCH)
                .settle(List.of(refused, file("b.xlsx", "B", 1, "s1"))))
        .contains(refused)
        .hasSize(2);
  }

  @Test
  void comeToTheSameOutcomeInWhateverOrderTheFilesWereRead() {
    List<FileRecord> files =
        new ArrayList<>(
            List.of(
                file("1.xlsx", "A", 1, "s1", "s2"),
                file("2.xlsx", "B", 2, "s1"),
                file("3.xlsx", "A", 3, "s1", "s2"),
                file("4.xlsx", "A", 3, "s1", "s2"),
                file("5.xlsx", "C", 4, "s2"),
                file("6.xlsx", "D", 4, "s2", "s3"),
                file("7.xlsx", "C", 4, "s2"),
                file("8.xlsx", "E", 4, "s3"),
                file("9.xlsx", "C", 5, "s2"),
                refused("x.xlsx")));
    Map<String, String> expected = new TreeMap<>();
    expected.put("1.xlsx", "ACCEPTED 5 [s1, s2]");
    expected.put("2.xlsx", "ACCEPTED 5 [s1]");
    expected.put("3.xlsx", "ACCEPTED 5 [s1, s2]");
    expected.put("4.xlsx", "SKIPPED DUPLICATE_CONTENT");
    expected.put("5.xlsx", "REFUSED ORDER_TIE");
    expected.put("6.xlsx", "REFUSED ORDER_TIE");
    expected.put("7.xlsx", "REFUSED ORDER_TIE");
    expected.put("8.xlsx", "REFUSED ORDER_TIE");
    expected.put("9.xlsx", "ACCEPTED 5 [s2]");
    expected.put("x.xlsx", "REFUSED EMPTY");
    List<FileRecord> first = new Sightings(Map.of(), Map.of(), List.of(), BATCH).settle(files);

    assertThat(outcomes(first)).isEqualTo(expected);
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(files, random);
      assertThat(new Sightings(Map.of(), Map.of(), List.of(), BATCH).settle(files))
          .isEqualTo(first);
    }
  }

  private static Map<String, String> settle(FileRecord... files) {
    return outcomes(new Sightings(Map.of(), Map.of(), List.of(), BATCH).settle(List.of(files)));
  }

  private static Map<String, String> outcomes(List<FileRecord> settled) {
    Map<String, String> outcomes = new TreeMap<>();
    for (FileRecord file : settled) {
      outcomes.put(
          file.uri(),
          file.outcome() == Outcome.ACCEPTED
              ? "ACCEPTED " + file.bronzeBatch() + " " + file.slices()
              : file.outcome() + " " + file.reason());
    }
    return outcomes;
  }

  private static String key(int place) {
    return "%019d".formatted(place);
  }

  private static FileRecord file(String uri, String content, int place, String... slices) {
    return record(uri, content, key(place), Outcome.ACCEPTED, "", List.of(slices));
  }

  private static FileRecord part(String uri, String content, int place, String... slices) {
    return file(uri, content, place, slices)
        .received(uri.replaceFirst(".*_0?(\\d)of(\\d).*", "$1/$2"), "", "");
  }

  private static FileRecord landed(FileRecord file, long bronzeBatch) {
    return file.as(file.outcome(), "", "", "", "", file.bronzeRows(), bronzeBatch);
  }

  private static FileRecord refused(String uri) {
    return record(uri, "Z", "", Outcome.REFUSED, Reason.EMPTY.name(), List.of());
  }

  private static FileRecord waiting(String uri, String content, int place, String... slices) {
    return record(uri, content, key(place), Outcome.WAITING, Reason.LATE.name(), List.of(slices));
  }

  private static FileRecord record(
      String uri,
      String content,
      String orderKey,
      Outcome outcome,
      String reason,
      List<String> slices) {
    return record(uri, content, orderKey, outcome, reason, slices, Instant.EPOCH);
  }

  static FileRecord record(
      String uri,
      String content,
      String orderKey,
      Outcome outcome,
      String reason,
      List<String> slices,
      Instant modifiedAt) {
    return new FileRecord(
        "holdings",
        BATCH,
        content,
        uri,
        uri.replaceFirst("_\\d+of\\d+", ""),
        100,
        modifiedAt,
        orderKey,
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
        -1,
        slices,
        List.of(),
        "{}",
        "run-1",
        Instant.EPOCH);
  }
}
