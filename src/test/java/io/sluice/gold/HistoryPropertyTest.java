package io.sluice.gold;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GoldTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds for any history, on 300 random ones: each business key is a history of its own. */
class HistoryPropertyTest {
  private record Observation(String id, LocalDate date, String name, String sector) {
    String text() {
      return String.join("|", id, date.toString(), text(name), text(sector), "1", "f", "1");
    }

    private static String text(String value) {
      return value == null ? "" : value;
    }
  }

  private static final int MEMBERS = 300;
  private static final int DAYS = 12;
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 10);
  private static final String DDL =
      "security_id string, as_of_date date, security_name string, sector string,"
          + " market_value decimal(9,2), file_id string, sheet_row int";
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("master", "holdings"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name", "sector"),
          List.of());
  private static final GoldTable.Fact FACT =
      new GoldTable.Fact(
          "holdings",
          List.of("security_id", "as_of_date"),
          "as_of_date",
          List.of("dim_security"),
          List.of("market_value"));

  private static final List<Observation> IN_MASTER = new ArrayList<>();
  private static final List<Observation> IN_HOLDINGS = new ArrayList<>();
  private static Dataset<Row> master;
  private static Dataset<Row> holdings;
  private static Dataset<Row> dimension;
  private static Map<String, List<Row>> histories;

  @BeforeAll
  static void buildRandomHistories() {
    Random random = new Random(20_240_115);
    for (int member = 0; member < MEMBERS; member++) {
      observe(random, "S" + member, random.nextInt(3), IN_MASTER);
      observe(random, "S" + member, 1 + random.nextInt(8), IN_HOLDINGS);
    }
    // The master knows names only.
    master = table(IN_MASTER).drop("sector").cache();
    holdings = table(IN_HOLDINGS).cache();
    dimension = build(master, holdings).cache();
    histories = histories(dimension);
  }

  @Test
  void versionsOfAMemberCoverAllTimeWithoutGapOrOverlap() {
    assertThat(histories).hasSize(MEMBERS);
    assertThat(histories.values()).anyMatch(versions -> versions.size() > 2);
    for (List<Row> versions : histories.values()) {
      LocalDate expected = Keys.BEGINNING;
      for (Row version : versions) {
        LocalDate to = version.getAs("valid_to");
        assertThat(version.<LocalDate>getAs("valid_from")).isEqualTo(expected).isBefore(to);
        assertThat(version.<Boolean>getAs("is_current")).isEqualTo(to.equals(Keys.OPEN_END));
        expected = to;
      }
      assertThat(expected).isEqualTo(Keys.OPEN_END);
    }
  }

  @Test
  void neighboursDifferInATrackedAttribute() {
    for (List<Row> versions : histories.values()) {
      for (int i = 1; i < versions.size(); i++) {
        assertThat(tracked(versions.get(i))).isNotEqualTo(tracked(versions.get(i - 1)));
      }
    }
  }

  @Test
  void versionsAreThoseOfAPlainReadingOfTheRules() {
    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, List<String>> actual = new TreeMap<>();
    histories.forEach(
        (id, versions) -> {
          expected.put(id, plainReading(id));
          actual.put(
              id,
              versions.stream()
                  .map(each -> each.getAs("valid_from") + " " + tracked(each))
                  .toList());
        });
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void surrogateKeysDifferAndThatOfTheFirstVersionIsTheDurableKey() {
    assertThat(dimension.select("security_key").distinct().count()).isEqualTo(dimension.count());
    assertThat(
            dimension
                .where("(security_key = security_durable_key) <> (valid_from = DATE'0001-01-01')")
                .count())
        .isZero();
  }

  @Test
  void everyFactFindsExactlyTheVersionOfItsDate() {
    Dataset<Row> facts =
        FactTable.rows(
            "fact",
            FACT,
            holdings,
            Map.of("dim_security", new DimensionRef("dim_security", SECURITY, dimension)),
            Optional.empty());
    assertThat(facts.count()).isEqualTo(IN_HOLDINGS.size());
    assertThat(
            facts
                .withColumn("date", expr("to_date(string(date_key), 'yyyyMMdd')"))
                .join(dimension, "security_key")
                .where("date >= valid_from and date < valid_to")
                .count())
        .isEqualTo(IN_HOLDINGS.size());
  }

  @Test
  void anotherOrderOfArrivalGivesTheSameRows() {
    assertThat(Tables.texts(build(Tables.shuffled(master, 7), Tables.shuffled(holdings, 8))))
        .isEqualTo(Tables.texts(dimension));
  }

  @Test
  void aBackDatedObservationWithoutAChangeChangesNoRow() {
    Dataset<Row> before = build(master.limit(0), holdings).cache();
    Dataset<Row> again =
        before
            .where("security_key <> -1")
            .selectExpr(
                "security_id",
                "date_add(greatest(valid_from, DATE'2024-01-09'), 1) as as_of_date",
                "security_name",
                "sector",
                "cast(1 as decimal(9,2)) as market_value",
                "'again' as file_id",
                "1 as sheet_row",
                "valid_to")
            .where("as_of_date < valid_to")
            .drop("valid_to");
    assertThat(again.count()).isGreaterThan(MEMBERS);
    assertThat(Tables.texts(build(master.limit(0), holdings.unionByName(again))))
        .isEqualTo(Tables.texts(before));
  }

  private static void observe(Random random, String id, int times, List<Observation> all) {
    for (int i = 0; i < times; i++) {
      all.add(
          new Observation(
              id,
              FIRST_DAY.plusDays(random.nextInt(DAYS)),
              List.of("Alpha", "Beta", "").get(random.nextInt(3)),
              List.of("Tech", "Bank", "Energy", "").get(random.nextInt(4))));
    }
    all.replaceAll(
        each ->
            new Observation(each.id(), each.date(), orNull(each.name()), orNull(each.sector())));
  }

  private static String orNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static Dataset<Row> table(List<Observation> observations) {
    return Tables.table(DDL, observations.stream().map(Observation::text).toArray(String[]::new));
  }

  private static Dataset<Row> build(Dataset<Row> master, Dataset<Row> holdings) {
    return DimensionTable.rows(
        "dim_security",
        SECURITY,
        Map.of("master", master, "holdings", holdings),
        List.of(FactTable.businessKeys(FACT, holdings, "dim_security", SECURITY)));
  }

  private static Map<String, List<Row>> histories(Dataset<Row> dimension) {
    Map<String, List<Row>> histories = new TreeMap<>();
    for (Row row : dimension.where("security_key <> -1").orderBy("valid_from").collectAsList()) {
      histories.computeIfAbsent(row.getAs("security_id"), any -> new ArrayList<>()).add(row);
    }
    return histories;
  }

  private static String tracked(Row version) {
    return version.getAs("security_name") + "/" + version.getAs("sector");
  }

  /** Start and attributes of each version, by loops over a handful of observations. */
  private static List<String> plainReading(String id) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    for (List<Observation> source : List.of(IN_MASTER, IN_HOLDINGS)) {
      source.stream().filter(each -> each.id().equals(id)).forEach(each -> dates.add(each.date()));
    }
    List<String> versions = new ArrayList<>();
    String before = null;
    for (LocalDate date : dates) {
      String name = effective(IN_MASTER, id, date, Observation::name);
      if (name == null) {
        name = effective(IN_HOLDINGS, id, date, Observation::name);
      }
      String now = name + "/" + effective(IN_HOLDINGS, id, date, Observation::sector);
      if (!Objects.equals(now, before)) {
        versions.add((before == null ? Keys.BEGINNING : date) + " " + now);
      }
      before = now;
    }
    return versions;
  }

  private static String effective(
      List<Observation> source,
      String id,
      LocalDate date,
      Function<Observation, String> attribute) {
    TreeMap<LocalDate, String> known = new TreeMap<>();
    for (Observation each : source) {
      String value = attribute.apply(each);
      if (each.id().equals(id) && value != null) {
        known.merge(each.date(), value, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    }
    if (known.isEmpty()) {
      return null;
    }
    Map.Entry<LocalDate, String> until = known.floorEntry(date);
    return until == null ? known.firstEntry().getValue() : until.getValue();
  }
}
