package io.sluice.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.workbook.FilePart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartedFilesTest {
  private static final Source BY_TIME =
      SourceBuilder.source("s").deliveries("_part(\\d+)(?:of(\\d+))?", "").build();
  private static final Source BY_NAME =
      SourceBuilder.like(BY_TIME).order(new Order(Order.By.NAME_PATTERN, "_v(\\d+)")).build();

  private final Map<String, String> left = new TreeMap<>();

  @Test
  void makeOneDeliveryAtThePlaceOfTheNewest() {
    List<LandedFile> fresh =
        List.of(file("h_part1.xlsx", 5), file("h_part2.xlsx", 9), file("g_part1.xlsx", 7));

    assertThat(deliveries(BY_TIME, fresh, fresh))
        .containsExactly(
            "g_part1.xlsx at 7, carried []", "h_part1.xlsx h_part2.xlsx at 9, carried []");
    assertThat(left).isEmpty();
  }

  @Test
  void waitForEachOtherWhereTheNameSaysHowManyThereAre() {
    List<LandedFile> fresh = List.of(file("h_part1of3.xlsx", 5), file("h_part3of3.xlsx", 9));

    assertThat(deliveries(BY_TIME, fresh, fresh)).isEmpty();
    assertThat(left)
        .isEqualTo(
            Map.of(
                "h_part1of3.xlsx", "part 2 of 3 of its delivery is missing",
                "h_part3of3.xlsx", "part 2 of 3 of its delivery is missing"));
  }

  @Test
  void takeWithThemWhatTheLedgerHasOfTheOtherParts() {
    List<LandedFile> landing = List.of(file("h_part1of2.xlsx", 5), file("h_part2of2.xlsx", 9));

    assertThat(
            deliveries(
                BY_TIME,
                landing,
                landing.subList(1, 2),
                accepted("h_part1of2.xlsx", 5, 6),
                accepted("h_part2of2.xlsx", 6, 6)))
        .containsExactly("h_part2of2.xlsx at 9, carried [h_part1of2.xlsx]");
    assertThat(
            deliveries(
                BY_TIME,
                landing.subList(1, 2),
                landing.subList(1, 2),
                accepted("h_part1of2.xlsx", 5, 6)))
        .as("its file is gone from the landing")
        .containsExactly("h_part2of2.xlsx at 9, carried [h_part1of2.xlsx]");
  }

  @Test
  void joinTheVersionThatCountsWhereTheyAreOlderThanItsOtherParts() {
    List<LandedFile> landing = List.of(file("h_part1.xlsx", 5), file("h_part2.xlsx", 9));

    assertThat(deliveries(BY_TIME, landing, landing.subList(0, 1), accepted("h_part2.xlsx", 9, 9)))
        .containsExactly("h_part1.xlsx at 9, carried [h_part2.xlsx]");
  }

  @Test
  void areAnOlderVersionWhereTheSamePartIsThereAndNewer() {
    List<LandedFile> fresh = List.of(file("h_part1.xlsx", 5));

    assertThat(
            deliveries(
                BY_TIME,
                fresh,
                fresh,
                accepted("h_part1.xlsx", 7, 9),
                accepted("h_part2.xlsx", 9, 9)))
        .containsExactly("h_part1.xlsx at 5, carried []");
  }

  @Test
  void areOfTheVersionInTheirNameAlone() {
    List<LandedFile> fresh = List.of(file("h_v2_part1.xlsx", 9), file("h_v3_part2.xlsx", 8));

    assertThat(deliveries(BY_NAME, fresh, fresh, accepted("h_part2.xlsx", 5, 1)))
        .containsExactly("h_v2_part1.xlsx at 2, carried []", "h_v3_part2.xlsx at 3, carried []");
    assertThat(deliveries(BY_NAME, fresh, fresh.subList(0, 1), accepted("h_v2_part2.xlsx", 5, 2)))
        .containsExactly("h_v2_part1.xlsx at 2, carried [h_v2_part2.xlsx]");
  }

  @Test
  void areReadAgainWithTheOneForWhichTheyWereRefused() {
    List<LandedFile> landing = List.of(file("h_part1of2.xlsx", 5), file("h_part2of2.xlsx", 9));
    FileRecord first = refused("h_part1of2.xlsx", 5, "DELIVERY_INCOMPLETE");
    FileRecord second = refused("h_part2of2.xlsx", 6, "EMPTY");

    assertThat(deliveries(BY_TIME, landing, landing.subList(1, 2), first, second))
        .containsExactly("h_part1of2.xlsx h_part2of2.xlsx at 9, carried []");
  }

  @Test
  void doNotCountBesideARefusedOne() {
    List<LandedFile> landing =
        List.of(file("h_part1.xlsx", 5), file("h_part2.xlsx", 6), file("h_part3.xlsx", 9));
    FileRecord second = refused("h_part2.xlsx", 6, "EMPTY");

    assertThat(
            deliveries(
                BY_TIME,
                landing,
                landing.subList(2, 3),
                refused("h_part1.xlsx", 5, "DELIVERY_INCOMPLETE"),
                second))
        .containsExactly(
            "h_part1.xlsx h_part3.xlsx at 9, carried [], DELIVERY_INCOMPLETE h_part2.xlsx was not"
                + " taken: EMPTY, ");
    assertThat(
            deliveries(
                BY_TIME,
                landing,
                List.of(),
                refused("h_part1.xlsx", 5, "DELIVERY_INCOMPLETE"),
                second))
        .as("nothing is new")
        .isEmpty();
    assertThat(
            deliveries(
                BY_TIME,
                landing.subList(0, 1),
                List.of(),
                refused("h_part1.xlsx", 5, "DELIVERY_INCOMPLETE"),
                second))
        .as("the refused one was taken out of the landing")
        .containsExactly("h_part1.xlsx at 5, carried []");
  }

  private List<String> deliveries(
      Source source, List<LandedFile> listed, List<LandedFile> fresh, FileRecord... lines) {
    left.clear();
    List<FileRecord> keyed =
        Arrays.stream(lines)
            .filter(line -> !FilePart.of(source, line.uri()).number().isEmpty())
            .toList();
    return new PartedFiles(source, time -> true, (file, why) -> left.put(file.uri(), why))
        .deliveries(listed, fresh, new ArrayList<>(keyed)).stream()
            .sorted(Delivery.OLDEST_FIRST)
            .map(PartedFilesTest::text)
            .sorted()
            .toList();
  }

  private static String text(Delivery delivery) {
    String refusal =
        delivery.refusal() == null
            ? ""
            : ", " + delivery.refusal().reason() + " " + delivery.refusal().why();
    return Stream.concat(
                delivery.files().stream().map(LandedFile::uri),
                Stream.of("at " + Long.parseLong(delivery.files().get(0).orderKey())))
            .reduce((text, more) -> text + " " + more)
            .orElseThrow()
        + ", carried "
        + delivery.carried().stream().map(FileRecord::uri).toList()
        + refusal;
  }

  private static LandedFile file(String uri, long time) {
    return new LandedFile("s", uri, 100, time, "c1");
  }

  private static FileRecord accepted(String uri, long time, int place) {
    return line(uri, time, "%019d".formatted(place), Outcome.ACCEPTED, "");
  }

  private static FileRecord refused(String uri, long time, String reason) {
    return line(uri, time, "", Outcome.REFUSED, reason);
  }

  private static FileRecord line(
      String uri, long time, String place, Outcome outcome, String reason) {
    return new FileRecord(
            "s",
            1,
            "id of " + uri,
            uri,
            FilePart.of(BY_NAME, uri).delivery(),
            100,
            Instant.ofEpochMilli(time),
            place,
            outcome,
            reason,
            "",
            "",
            "",
            "",
            "",
            "c1",
            12,
            10,
            1,
            List.of(),
            List.of(),
            "{}",
            "run-1",
            Instant.EPOCH)
        .received(FilePart.of(BY_NAME, uri).text(), "", "");
  }
}
