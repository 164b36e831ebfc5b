package io.sluice.warehouse;

import static io.sluice.warehouse.Publishing.firstDays;
import static io.sluice.warehouse.Publishing.publish;
import static io.sluice.warehouse.Publishing.publisher;
import static io.sluice.warehouse.Publishing.staging;
import static io.sluice.warehouse.ServerForTests.execute;
import static io.sluice.warehouse.ServerForTests.rows;
import static io.sluice.warehouse.Star.BAG;
import static io.sluice.warehouse.Star.DIMENSION;
import static io.sluice.warehouse.Star.FACT;
import static io.sluice.warehouse.Star.holding;
import static io.sluice.warehouse.Star.note;
import static io.sluice.warehouse.Star.on;
import static io.sluice.warehouse.Star.portfolio;
import static io.sluice.warehouse.Star.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Warehouse;
import io.sluice.lake.Changes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final String HOLDINGS =
      "SELECT date_key, portfolio_key, market_value FROM %s.fact_holdings ORDER BY 1, 2";

  @Test
  void firstLoadCreatesTablesAndFillsThem() {
    Warehouse warehouse = ServerForTests.warehouse("first_load");

    PublishResult result = publish(warehouse, "r1", firstDays("first_load"));

    assertThat(result.changed()).isTrue();
    assertThat(result.tables())
        .containsExactly(
            new TableResult("fact_holdings", 3, 3, 0, 0, 0, 3, 1, false),
            new TableResult("dim_portfolio", 2, 2, 0, 0, 0, 2, 1, false));
    assertThat(rows(warehouse, HOLDINGS.formatted("first_load")))
        .containsExactly("20240115|1|10.0000", "20240115|2|null", "20240116|1|11.5000");
    assertThat(
            rows(
                warehouse,
                "SELECT table_name, table_id, version, run_id FROM ops.publications"
                    + " WHERE pipeline = 'first_load' ORDER BY 1"))
        .containsExactly("dim_portfolio|lake-1|1|r1", "fact_holdings|lake-1|1|r1");
    assertThat(
            rows(
                warehouse,
                "SELECT obj_description('first_load.dim_portfolio'::regclass),"
                    + " col_description('first_load.dim_portfolio'::regclass, 2)"))
        .containsExactly("Portfolios|Our number of it");
    assertThat(staging(warehouse, "first_load")).isEmpty();
  }

  @Test
  void publishingTheSameVersionsAgainTouchesNothing() {
    Warehouse warehouse = ServerForTests.warehouse("no_op");
    publish(warehouse, "r1", firstDays("no_op"));
    String record =
        "SELECT xmin, ctid, run_id FROM ops.publications WHERE pipeline = 'no_op' ORDER BY"
            + " table_name";
    List<String> before = rows(warehouse, record);
    List<String> facts =
        rows(warehouse, "SELECT xmin, ctid FROM no_op.fact_holdings ORDER BY ctid");

    PublishResult result = publish(warehouse, "r2", firstDays("no_op"));

    assertThat(result.changed()).isFalse();
    assertThat(result.tables()).allMatch(TableResult::skipped);
    assertThat(rows(warehouse, record)).isEqualTo(before);
    assertThat(rows(warehouse, "SELECT xmin, ctid FROM no_op.fact_holdings ORDER BY ctid"))
        .isEqualTo(facts);
  }

  @Test
  void onlyRowsThatDifferOnChangedDatesAreTouched() {
    Warehouse warehouse = ServerForTests.warehouse("by_date");
    publish(warehouse, "r1", firstDays("by_date"));
    String versions =
        "SELECT date_key, portfolio_key, xmin, xmax FROM by_date.fact_holdings ORDER BY 1, 2";
    List<String> before = rows(warehouse, versions);

    PublishResult result =
        publish(
            warehouse,
            "r2",
            source(
                Star.fact("by_date"),
                FACT,
                "lake-1",
                2,
                on("2024-01-15"),
                holding(20240115, 1, "10"),
                holding(20240115, 2, "7.25"),
                holding(20240116, 1, "999")));

    assertThat(result.tables())
        .containsExactly(new TableResult("fact_holdings", 2, 0, 1, 0, 1, 2, 2, false));
    List<String> after = rows(warehouse, versions);
    assertThat(after.get(0)).isEqualTo(before.get(0));
    assertThat(after.get(1)).isNotEqualTo(before.get(1));
    assertThat(after.get(2)).isEqualTo(before.get(2));
    assertThat(rows(warehouse, HOLDINGS.formatted("by_date")))
        .containsExactly("20240115|1|10.0000", "20240115|2|7.2500", "20240116|1|11.5000");
  }

  @Test
  void aChangedDateWithoutRowsIsEmptied() {
    Warehouse warehouse = ServerForTests.warehouse("emptied");
    publish(warehouse, "r1", firstDays("emptied"));

    PublishResult result =
        publish(
            warehouse,
            "r2",
            source(
                Star.fact("emptied"),
                FACT,
                "lake-1",
                2,
                on("2024-01-15"),
                holding(20240116, 1, "11.5")));

    assertThat(result.tables())
        .containsExactly(new TableResult("fact_holdings", 0, 0, 0, 2, 0, 0, 2, false));
    assertThat(rows(warehouse, HOLDINGS.formatted("emptied")))
        .containsExactly("20240116|1|11.5000");
  }

  @Test
  void aDimensionKeyIsReplacedWithoutADanglingReference() {
    Warehouse warehouse = ServerForTests.warehouse("rekeyed");
    publish(warehouse, "r1", firstDays("rekeyed"));

    PublishResult result =
        publish(
            warehouse,
            "r2",
            source(
                Star.fact("rekeyed"),
                FACT,
                "lake-1",
                2,
                on("2024-01-15"),
                holding(20240115, 1, "10"),
                holding(20240115, 9, "3")),
            source(
                Star.dimension("rekeyed"),
                DIMENSION,
                2,
                portfolio(1, "Income"),
                portfolio(9, "Growth II")));

    assertThat(result.tables())
        .containsExactly(
            new TableResult("fact_holdings", 2, 1, 0, 1, 1, 2, 2, false),
            new TableResult("dim_portfolio", 2, 1, 0, 1, 1, 2, 2, false));
    assertThat(rows(warehouse, "SELECT portfolio_key FROM rekeyed.dim_portfolio ORDER BY 1"))
        .containsExactly("1", "9");
  }

  @Test
  void aTableWithoutKeyHoldsEveryRowAsOftenAsTheLake() {
    Warehouse warehouse = ServerForTests.warehouse("bag");
    publish(
        warehouse,
        "r1",
        source(
            Star.bag("bag"),
            BAG,
            1,
            note("2024-01-15", "a"),
            note("2024-01-15", "a"),
            note("2024-01-15", "a"),
            note("2024-01-15", ""),
            note("2024-01-15", null),
            note("2024-01-16", "z")));

    PublishResult result =
        publish(
            warehouse,
            "r2",
            source(
                Star.bag("bag"),
                BAG,
                "lake-1",
                2,
                on("2024-01-15"),
                note("2024-01-15", "a"),
                note("2024-01-15", "a"),
                note("2024-01-15", null),
                note("2024-01-15", null),
                note("2024-01-15", "b")));

    assertThat(result.tables())
        .containsExactly(new TableResult("notes", 5, 2, 0, 2, 3, 5, 2, false));
    assertThat(
            rows(
                warehouse,
                "SELECT as_of_date, note, count(*) FROM bag.notes GROUP BY 1, 2 ORDER BY 1, 2"))
        .containsExactly("2024-01-15|a|2", "2024-01-15|b|1", "2024-01-15|null|2", "2024-01-16|z|1");
  }

  @Test
  void aLakeThatBeganAnewIsComparedWhole() {
    Warehouse warehouse = ServerForTests.warehouse("anew");
    publish(warehouse, "r1", firstDays("anew"));

    PublishResult result =
        publish(
            warehouse,
            "r2",
            source(
                Star.fact("anew"),
                FACT,
                "lake-2",
                1,
                Changes.NONE,
                holding(20240115, 1, "10"),
                holding(20240116, 1, "12")));

    assertThat(result.tables())
        .containsExactly(new TableResult("fact_holdings", 2, 0, 1, 1, 1, 2, 1, false));
    assertThat(result.anew()).containsExactly("fact_holdings");
    assertThat(rows(warehouse, HOLDINGS.formatted("anew")))
        .containsExactly("20240115|1|10.0000", "20240116|1|12.0000");
  }

  @Test
  void rebuildMendsWhatWasChangedByHand() {
    Warehouse warehouse = ServerForTests.warehouse("by_hand");
    publish(warehouse, "r1", firstDays("by_hand"));
    execute(
        warehouse, "UPDATE by_hand.fact_holdings SET market_value = 0 WHERE date_key = 20240116");

    PublishResult result = publisher(warehouse).publish(List.of(firstDays("by_hand")), "r2", true);

    assertThat(result.tables())
        .containsExactly(
            new TableResult("fact_holdings", 3, 0, 1, 0, 2, 3, 1, false),
            new TableResult("dim_portfolio", 2, 0, 0, 0, 2, 2, 1, false));
  }

  @Test
  void aVersionWithoutChangesMovesOnlyTheRecord() {
    Warehouse warehouse = ServerForTests.warehouse("moved_on");
    publish(warehouse, "r1", firstDays("moved_on"));

    PublishResult result =
        publish(warehouse, "r2", source(Star.fact("moved_on"), FACT, "lake-1", 5, Changes.NONE));

    assertThat(result.changed()).isFalse();
    assertThat(
            rows(
                warehouse,
                "SELECT version FROM ops.publications WHERE pipeline = 'moved_on' AND table_name ="
                    + " 'fact_holdings'"))
        .containsExactly("5");
    assertThat(rows(warehouse, "SELECT count(*) FROM moved_on.fact_holdings")).containsExactly("3");
  }

  @Test
  void hostileValuesArriveAsTheyAre() {
    Warehouse warehouse = ServerForTests.warehouse("hostile");
    String[] texts = {
      "plain",
      "",
      null,
      "\\N",
      "\\.",
      "it's \"quoted\"",
      "back\\slash\\",
      "tab\tend",
      "line\nend\r\n",
      "\u0001\u001f\u007f",
      "\uD83D\uDCB0 \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
      "\u05E9\u05DC\u05D5\u05DD \u202Eabc",
      "  blanks  ",
      "NULL"
    };
    StructType type =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("text", DataTypes.StringType)
            .add("amount", DataTypes.createDecimalType(38, 10))
            .add("day", DataTypes.DateType)
            .add("at", DataTypes.TimestampType)
            .add("flag", DataTypes.BooleanType)
            .add("big", DataTypes.LongType);
    TargetTable target =
        new TargetTable(
            "hostile",
            "hostile",
            "values",
            TargetTable.Kind.REFERRING,
            java.util.Arrays.stream(type.fields())
                .map(
                    f ->
                        new TargetColumn(
                            f.name(),
                            TargetColumn.type("values", f.name(), f.dataType()),
                            f.name().equals("id"),
                            ""))
                .toList(),
            List.of("id"),
            List.of(),
            List.of(),
            TargetTable.Scope.WHOLE,
            "");
    Row[] sent = new Row[texts.length];
    for (int i = 0; i < texts.length; i++) {
      sent[i] =
          RowFactory.create(
              i,
              texts[i],
              new BigDecimal("-1234567890123456789012345678.0123456789"),
              LocalDate.parse(i % 2 == 0 ? "0001-01-01" : "9999-12-31"),
              Instant.parse("2024-01-15T23:59:59.123456Z"),
              i % 2 == 0,
              Long.MIN_VALUE);
    }

    publish(warehouse, "r1", source(target, type, 1, sent));

    List<String> read =
        rows(warehouse, "SELECT coalesce('=' || text, 'none') FROM hostile.values ORDER BY id");
    assertThat(read)
        .containsExactlyElementsOf(
            java.util.Arrays.stream(texts)
                .map(text -> text == null ? "none" : "=" + text)
                .toList());
    assertThat(
            rows(
                warehouse,
                "SELECT DISTINCT amount, day, at AT TIME ZONE 'UTC', flag, big FROM hostile.values"
                    + " ORDER BY 2"))
        .containsExactly(
            "-1234567890123456789012345678.0123456789|0001-01-01|2024-01-15"
                + " 23:59:59.123456|t|-9223372036854775808",
            "-1234567890123456789012345678.0123456789|9999-12-31|2024-01-15"
                + " 23:59:59.123456|f|-9223372036854775808");
    PublishResult again =
        publisher(warehouse).publish(List.of(source(target, type, 1, sent)), "r2", true);
    assertThat(again.changed()).isFalse();
  }

  @Test
  void whatPeopleBuiltOnTheTablesSurvives() {
    Warehouse warehouse = ServerForTests.warehouse("survives");
    publish(warehouse, "r1", firstDays("survives"));
    execute(
        warehouse,
        "CREATE ROLE survives_reader",
        "GRANT SELECT ON survives.fact_holdings TO survives_reader",
        "CREATE VIEW survives.by_day AS SELECT date_key, sum(market_value) AS nav FROM"
            + " survives.fact_holdings GROUP BY 1",
        "CREATE MATERIALIZED VIEW survives.kept AS SELECT * FROM survives.by_day",
        "CREATE INDEX by_value ON survives.fact_holdings (market_value)",
        "COMMENT ON TABLE survives.fact_holdings IS 'by hand'",
        "ALTER TABLE survives.fact_holdings ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY all_rows ON survives.fact_holdings USING (true)",
        "CREATE TABLE survives.mine (portfolio_key bigint REFERENCES survives.dim_portfolio)");
    String oids =
        "SELECT relname, oid FROM pg_class WHERE relnamespace = 'survives'::regnamespace ORDER BY"
            + " 1";
    List<String> before = rows(warehouse, oids);

    for (int version = 2; version <= 11; version++) {
      publish(
          warehouse,
          "r" + version,
          source(
              Star.dimension("survives"),
              DIMENSION,
              version,
              portfolio(1, "Income " + version),
              portfolio(2, "Growth")),
          source(
              Star.fact("survives"), FACT, version, holding(20240115, 1, String.valueOf(version))));
    }

    assertThat(rows(warehouse, oids)).isEqualTo(before);
    assertThat(rows(warehouse, "SELECT * FROM survives.by_day"))
        .containsExactly("20240115|11.0000");
    assertThat(
            rows(
                warehouse,
                "SELECT has_table_privilege('survives_reader', 'survives.fact_holdings', 'SELECT'),"
                    + " obj_description('survives.fact_holdings'::regclass), (SELECT count(*) FROM"
                    + " pg_policy WHERE polrelid = 'survives.fact_holdings'::regclass), (SELECT"
                    + " count(*) FROM pg_constraint WHERE conrelid ="
                    + " 'survives.fact_holdings'::regclass AND contype = 'f')"))
        .containsExactly("t|by hand|1|1");
  }

  @Test
  void twoPipelinesShareADatabase() {
    Warehouse one = ServerForTests.warehouse("pipeline_one");
    Warehouse two = ServerForTests.warehouse("pipeline_two");

    publish(one, "r1", firstDays("pipeline_one"));
    publish(two, "r1", source(Star.dimension("pipeline_two"), DIMENSION, 8, portfolio(5, "Other")));

    assertThat(rows(one, "SELECT count(*) FROM pipeline_one.dim_portfolio")).containsExactly("2");
    assertThat(rows(two, "SELECT portfolio_name FROM pipeline_two.dim_portfolio"))
        .containsExactly("Other");
    assertThat(
            rows(
                one,
                "SELECT pipeline, version FROM ops.publications WHERE pipeline LIKE 'pipeline_%'"
                    + " AND table_name = 'dim_portfolio' ORDER BY 1"))
        .containsExactly("pipeline_one|1", "pipeline_two|8");
  }
}
