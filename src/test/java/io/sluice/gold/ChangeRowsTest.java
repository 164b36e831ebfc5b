package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What is stored of observations, and that it follows changed dates. */
class ChangeRowsTest {
  private static final String DDL =
      "security_id string, as_of_date date, security_name string, sector string";
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("master", "holdings"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of("sector"));
  private static final DimensionSource MASTER =
      new DimensionSource("master", "master", SECURITY.key(), "as_of_date", true);
  private static final DimensionSource HOLDINGS =
      new DimensionSource("holdings", "holdings", SECURITY.key(), "as_of_date", true);
  private static final DimensionSource TRADES =
      new DimensionSource("trades.as_of_date", "trades", SECURITY.key(), "as_of_date", false);
  private static final List<DimensionSource> SOURCES = List.of(MASTER, HOLDINGS, TRADES);
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 10);
  private static final int DAYS = 9;
  private static final int MEMBERS = 40;
  private static final int ROUNDS = 3;

  private final ChangeRows changeRows =
      new ChangeRows(
          SECURITY,
          SOURCES,
          Observations.types(
              "dim_security",
              SECURITY,
              Map.of("master", Tables.table(DDL), "holdings", Tables.table(DDL))));

  /** Of each source and date the rows as text. */
  private final Map<DimensionSource, TreeMap<LocalDate, List<String>>> silver =
      new LinkedHashMap<>();

  @Test
  void onlyWhatDiffersFromTheDateBeforeIsStored() {
    put(MASTER, 10, "A||Tech");
    put(HOLDINGS, 10, "A|Alpha|", "A|Beta|", "B||", "|None|");
    put(HOLDINGS, 11, "A|Alpha|", "B||");
    put(HOLDINGS, 13, "A|Alpha|Tech", "B|Bravo|");
    put(HOLDINGS, 14, "A||Tech", "B|Bravo|");
    put(TRADES, 11, "C|Not looked at|");
    put(TRADES, 12, "C||", "A||");

    assertThat(Tables.texts(whole()))
        .containsExactly(
            "holdings|A|2024-01-10|Alpha|",
            "holdings|A|2024-01-13|Alpha|Tech",
            "holdings|A|2024-01-14||Tech",
            "holdings|B|2024-01-10||",
            "holdings|B|2024-01-13|Bravo|",
            "master|A|2024-01-10||Tech",
            "trades.as_of_date|A|2024-01-12||",
            "trades.as_of_date|C|2024-01-11||");
  }

  @Test
  void anObservationThatHadNoNewsIsFoundOnceItHas() {
    put(HOLDINGS, 10, "A|Alpha|");
    put(HOLDINGS, 12, "A|Alpha|");
    put(HOLDINGS, 13, "A|Alpha|");
    put(HOLDINGS, 15, "A|Beta|");
    put(TRADES, 11, "C||");
    put(TRADES, 12, "C||");
    Dataset<Row> before = whole();

    put(HOLDINGS, 11, "A|Beta|");
    Dataset<Row> split = follow(before, day(11));
    assertThat(Tables.texts(split))
        .containsExactly(
            "holdings|A|2024-01-10|Alpha|",
            "holdings|A|2024-01-11|Beta|",
            "holdings|A|2024-01-12|Alpha|",
            "holdings|A|2024-01-15|Beta|",
            "trades.as_of_date|C|2024-01-11||");

    silver.get(HOLDINGS).remove(day(10));
    silver.get(TRADES).remove(day(11));
    assertThat(Tables.texts(follow(before, day(10), day(11))))
        .containsExactly(
            "holdings|A|2024-01-11|Beta|",
            "holdings|A|2024-01-12|Alpha|",
            "holdings|A|2024-01-15|Beta|",
            "trades.as_of_date|C|2024-01-12||");
  }

  @Test
  void followingChangedDatesStoresWhatAllObservationsWouldAndTheDimensionIsTheSame() {
    Random random = new Random(20_240_110);
    for (DimensionSource source : SOURCES) {
      for (int i = 0; i < DAYS; i++) {
        restate(random, source, FIRST_DAY.plusDays(i));
      }
    }
    Dataset<Row> stored = whole();
    assertThat(stored.count()).isLessThan(all().count() * 2 / 3);
    for (int round = 0; round < ROUNDS; round++) {
      List<LocalDate> dates = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        dates.add(FIRST_DAY.plusDays(random.nextInt(DAYS)));
      }
      for (LocalDate date : dates) {
        restate(random, SOURCES.get(random.nextInt(3)), date);
      }
      stored = follow(stored, dates.toArray(LocalDate[]::new));

      assertThat(Tables.texts(stored)).as("%d: %s", round, dates).isEqualTo(Tables.texts(whole()));
    }
    assertThat(Tables.texts(dimension(stored))).isEqualTo(Tables.texts(dimension(all())));
  }

  @Test
  void namesTheKeysWhoseRowsDiffer() {
    put(HOLDINGS, 10, "A|Alpha|", "B|Bravo|", "D|Delta|");
    Dataset<Row> before = whole();
    put(HOLDINGS, 11, "A|Alpha|", "B|Beta|", "C||");
    put(HOLDINGS, 10, "A|Alpha|", "B|Bravo|");

    assertThat(Tables.texts(changeRows.changedKeys(decided(before, day(10), day(11)))))
        .containsExactly("B", "C", "D");
    assertThat(Tables.texts(changeRows.changedKeys(before, whole())))
        .containsExactly("B", "C", "D");
  }

  private void restate(Random random, DimensionSource source, LocalDate date) {
    List<String> rows = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      for (int times = random.nextInt(4); times > 1; times--) {
        rows.add(
            "S%d|%s|%s"
                .formatted(
                    member,
                    List.of("Alpha", "Alpha", "Beta", "").get(random.nextInt(4)),
                    List.of("Tech", "Tech", "").get(random.nextInt(3))));
      }
    }
    silver.computeIfAbsent(source, any -> new TreeMap<>()).put(date, rows);
  }

  private void put(DimensionSource source, int day, String... rows) {
    silver.computeIfAbsent(source, any -> new TreeMap<>()).put(day(day), List.of(rows));
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2024, 1, day);
  }

  private Dataset<Row> rows(DimensionSource source) {
    List<String> rows = new ArrayList<>();
    silver
        .getOrDefault(source, new TreeMap<>())
        .forEach(
            (date, texts) ->
                texts.forEach(text -> rows.add(text.replaceFirst("\\|", "|" + date + "|"))));
    return Tables.table(DDL, rows.toArray(String[]::new));
  }

  private Dataset<Row> whole() {
    Dataset<Row> none =
        SparkForTests.session().createDataFrame(List.<Row>of(), changeRows.schema());
    return changeRows.rows(changeRows.decided(changeRows.events(none, observed(null), lit(true))));
  }

  private Dataset<Row> follow(Dataset<Row> stored, LocalDate... dates) {
    return changeRows.rows(decided(stored, dates)).localCheckpoint();
  }

  private Dataset<Row> decided(Dataset<Row> stored, LocalDate... dates) {
    Column redone = col("as_of_date").isin((Object[]) dates);
    Dataset<Row> events = changeRows.events(stored, observed(redone), redone).localCheckpoint();
    Dataset<Row> gaps = changeRows.gaps(events, redone).localCheckpoint();
    Dataset<Row> all = events;
    for (DimensionSource source : SOURCES) {
      Row bounds = ChangeRows.bounds(ChangeTable.of(gaps, source));
      if (!bounds.isNullAt(0)) {
        Dataset<Row> later =
            rows(source)
                .where(
                    col("as_of_date")
                        .geq(lit(bounds.getLocalDate(0)))
                        .and(col("as_of_date").lt(lit(bounds.getLocalDate(1)))));
        all = all.unionByName(changeRows.boundaries(gaps, source, later));
      }
    }
    return changeRows.decided(all);
  }

  private Dataset<Row> observed(Column on) {
    Dataset<Row> all = null;
    for (DimensionSource source : SOURCES) {
      Dataset<Row> rows = on == null ? rows(source) : rows(source).where(on);
      Dataset<Row> found = changeRows.observed(source, rows);
      all = all == null ? found : all.unionByName(found);
    }
    return all;
  }

  private Dataset<Row> all() {
    Dataset<Row> all = null;
    for (DimensionSource source : SOURCES) {
      Dataset<Row> rows = rows(source).withColumn(ChangeRows.SOURCE, lit(source.name()));
      all = all == null ? rows : all.unionByName(rows);
    }
    return all;
  }

  private static Dataset<Row> dimension(Dataset<Row> observations) {
    return DimensionTable.rows(
        "dim_security",
        SECURITY,
        Map.of(
            "master", ChangeTable.of(observations, MASTER),
            "holdings", ChangeTable.of(observations, HOLDINGS)),
        List.of(ChangeTable.of(observations, TRADES).select("security_id", "as_of_date")));
  }
}
