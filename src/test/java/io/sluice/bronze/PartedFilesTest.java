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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartedFilesTest {
  private static final Source BY_TIME =
      SourceBuilder.source("s").deliveries("_(\\d+)of(\\d+)", "").build();
  private static final Source BY_NAME =
      SourceBuilder.like(BY_TIME).order(new Order(Order.By.NAME_PATTERN, "_v(\\d+)")).build();

  private final Map<String, String> left = new TreeMap<>();

  @Test
  void makeOneDeliveryOrderedByTheNewestThenTheNextNewest() {
    List<LandedFile> fresh =
        List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 9), file("g_1of1.xlsx", 7));

    assertThat(deliveries(BY_TIME, fresh, fresh))
        .containsExactly(
            "g_1of1.xlsx at 7, carried []", "h_1of2.xlsx h_2of2.xlsx at 9 5, carried []");
    assertThat(left).isEmpty();
  }

  @Test
  void waitForEachOther() {
    List<LandedFile> fresh = List.of(file("h_1of3.xlsx", 5), file("h_3of3.xlsx", 9));

    assertThat(deliveries(BY_TIME, fresh, fresh)).isEmpty();
    assertThat(left)
        .isEqualTo(
            Map.of(
                "h_1of3.xlsx", "part 2 of 3 of its delivery is missing",
                "h_3of3.xlsx", "part 2 of 3 of its delivery is missing"));
  }

  @Test
  void takeWithThemWhatTheLedgerHasOfTheOtherParts() {
    List<LandedFile> landing = List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 9));

    assertThat(
            deliveries(
                BY_TIME,
                landing,
                landing.subList(1, 2),
                accepted("h_1of2.xlsx", 5, "6,5"),
                accepted("h_2of2.xlsx", 6, "6,5")))
        .containsExactly("h_2of2.xlsx at 9 5, carried [h_1of2.xlsx]");
    assertThat(
            deliveries(
                BY_TIME,
                landing.subList(1, 2),
                landing.subList(1, 2),
                accepted("h_1of2.xlsx", 5, "6,5")))
        .as("its file is gone from the landing")
        .containsExactly("h_2of2.xlsx at 9 5, carried [h_1of2.xlsx]");
  }

  @Test
  void makeANewVersionWhereTheyAreOlderThanAnotherPart() {
    List<LandedFile> landing = List.of(file("h_1of2.xlsx", 7), file("h_2of2.xlsx", 10));

    List<String> mended =
        deliveries(
            BY_TIME,
            landing,
            landing.subList(0, 1),
            accepted("h_1of2.xlsx", 5, "10,5"),
            accepted("h_2of2.xlsx", 10, "10,5"));

    assertThat(mended).containsExactly("h_1of2.xlsx at 10 7, carried [h_2of2.xlsx]");
    assertThat(deliveries(BY_TIME, landing, landing))
        .as("anew")
        .containsExactly("h_1of2.xlsx h_2of2.xlsx at 10 7, carried []");
  }

  @Test
  void makeAnOlderVersionWhereTheSamePartIsThereAndNewer() {
    List<LandedFile> fresh = List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 12));

    assertThat(
            deliveries(
                BY_TIME,
                fresh,
                fresh,
                accepted("h_1of2.xlsx", 7, "9,7"),
                accepted("h_2of2.xlsx", 9, "9,7")))
        .containsExactly(
            "h_1of2.xlsx at 9 5, carried [h_2of2.xlsx]",
            "h_2of2.xlsx at 12 7, carried [h_1of2.xlsx]");
  }

  @Test
  void areOfTheVersionInTheirNameAlone() {
    List<LandedFile> fresh = List.of(file("h_v2_1of2.xlsx", 9), file("h_v3_1of1.xlsx", 8));

    assertThat(deliveries(BY_NAME, fresh, fresh, accepted("h_2of2.xlsx", 5, "1")))
        .containsExactly("h_v3_1of1.xlsx at 3, carried []");
    assertThat(left).containsOnlyKeys("h_v2_1of2.xlsx");
    assertThat(deliveries(BY_NAME, fresh, fresh.subList(0, 1), accepted("h_v2_2of2.xlsx", 5, "2")))
        .containsExactly("h_v2_1of2.xlsx at 2, carried [h_v2_2of2.xlsx]");
  }

  @Test
  void areReadAgainWithTheOneForWhichTheyWereRefused() {
    List<LandedFile> landing = List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 9));
    FileRecord first = refused("h_1of2.xlsx", 5, "DELIVERY_INCOMPLETE");
    FileRecord second = refused("h_2of2.xlsx", 6, "EMPTY");

    assertThat(deliveries(BY_TIME, landing, landing.subList(1, 2), first, second))
        .containsExactly("h_1of2.xlsx h_2of2.xlsx at 9 5, carried []");
  }

  @Test
  void areReadAgainOnceWhereTheirContentIsKnownByItsTag() {
    List<LandedFile> landing = List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 9));
    List<LandedFile> tagged = List.of(landing.get(0).same("A"), landing.get(1).same("B"));

    assertThat(
            deliveries(
                BY_TIME,
                landing,
                tagged,
                refused("h_1of2.xlsx", 5, "DELIVERY_INCOMPLETE"),
                refused("h_2of2.xlsx", 9, "COLUMN_MISSING")))
        .containsExactly("h_1of2.xlsx h_2of2.xlsx at 9 5, carried []");
  }

  @Test
  void doNotCountBesideARefusedOne() {
    List<LandedFile> landing =
        List.of(file("h_1of3.xlsx", 5), file("h_2of3.xlsx", 6), file("h_3of3.xlsx", 9));
    FileRecord first = refused("h_1of3.xlsx", 5, "DELIVERY_INCOMPLETE");
    FileRecord second = refused("h_2of3.xlsx", 6, "EMPTY");

    assertThat(deliveries(BY_TIME, landing, landing.subList(2, 3), first, second))
        .containsExactly(
            "h_1of3.xlsx h_3of3.xlsx at 9 5, carried [], DELIVERY_INCOMPLETE h_2of3.xlsx was not"
                + " taken: EMPTY, ");
    assertThat(deliveries(BY_TIME, landing, List.of(), first, second))
        .as("nothing is new")
        .isEmpty();
    assertThat(deliveries(BY_TIME, landing.subList(0, 1), List.of(), first, second))
        .as("the refused one was taken out of the landing")
        .isEmpty();
    assertThat(left).isEqualTo(Map.of("h_1of3.xlsx", "part 2 of 3 of its delivery is missing"));
  }

  @Test
  void doNotCountBesideOneThatWasTakenBack() {
    List<LandedFile> landing = List.of(file("h_1of2.xlsx", 5), file("h_2of2.xlsx", 9));
    FileRecord first = line("h_1of2.xlsx", 5, "1", Outcome.RETRACTED, "RETRACTED");
    FileRecord second = refused("h_2of2.xlsx", 9, "DELIVERY_INCOMPLETE");

    assertThat(deliveries(BY_NAME, landing, List.of(), first, second)).isEmpty();
    assertThat(left).as("nothing is missing").isEmpty();
    assertThat(deliveries(BY_NAME, landing, landing.subList(1, 2), first))
        .containsExactly(
            "h_2of2.xlsx at 1, carried [], DELIVERY_INCOMPLETE h_1of2.xlsx was not taken:"
                + " RETRACTED, ");
    assertThat(
            deliveries(
                BY_TIME,
                List.of(file("h_1of2.xlsx", 7), file("h_2of2.xlsx", 9)),
                List.of(file("h_2of2.xlsx", 9)),
                line("h_1of2.xlsx", 7, "8,7", Outcome.RETRACTED, "RETRACTED"),
                accepted("h_1of2.xlsx", 5, "6,5"),
                accepted("h_2of2.xlsx", 6, "6,5")))
        .as("the version before counts again")
        .containsExactly("h_2of2.xlsx at 9 5, carried [h_1of2.xlsx]");
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
    return Stream.of(
                delivery.files().stream().map(LandedFile::uri),
                Stream.of("at"),
                Stream.of(delivery.files().get(0).orderKey().split(","))
                    .map(place -> Long.toString(Long.parseLong(place))))
            .flatMap(Function.identity())
            .reduce((text, more) -> text + " " + more)
            .orElseThrow()
        + ", carried "
        + delivery.carried().stream().map(FileRecord::uri).toList()
        + refusal;
  }

  private static LandedFile file(String uri, long time) {
    return new LandedFile("s", uri, 100, time, "c1");
  }

  private static FileRecord accepted(String uri, long time, String places) {
    String place =
        Stream.of(places.split(","))
            .map(each -> "%019d".formatted(Integer.parseInt(each)))
            .collect(Collectors.joining(","));
    return line(uri, time, place, Outcome.ACCEPTED, "");
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
