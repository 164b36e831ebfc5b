package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SqlModelsTest {
  private final SparkSession spark = SparkForTests.session();

  @Test
  void everyTableComesAfterWhatItReads() {
    GoldTable second = Pipelines.whole("second", "SELECT * FROM first");
    GoldTable first = Pipelines.whole("first", "SELECT * FROM fact_holdings");
    assertThat(SqlModels.order(spark, Pipelines.with(second, first)))
        .extracting(GoldTable::name)
        .containsExactly("dim_security", "dim_date", "fact_holdings", "first", "second");
  }

  @Test
  void aDimensionReadsItsSourcesAndThoseOfTheFactsThatReferToIt() {
    Pipeline pipeline = Pipelines.with();
    assertThat(SqlModels.inputs(spark, pipeline.gold().get("dim_security"), pipeline))
        .containsExactly("stg_securities", "stg_holdings");
  }

  @Test
  void aFactReadsItsSilverTableItsDimensionsAndTheCalendar() {
    Pipeline pipeline = Pipelines.with();
    assertThat(SqlModels.inputs(spark, pipeline.gold().get("fact_holdings"), pipeline))
        .containsExactly("stg_holdings", "dim_security", "dim_date");
    assertThat(SqlModels.inputs(spark, pipeline.gold().get("dim_date"), pipeline)).isEmpty();
  }

  @Test
  void inputsAreFoundInJoinsSubqueriesAndWithQueriesWhoseOwnNamesAreNone() {
    assertThat(
            inputs(
                """
                WITH recent AS (SELECT * FROM stg_holdings),
                     named AS (SELECT r.*, s.security_name FROM recent r
                               LEFT JOIN Dim_Security s ON r.security_id = s.security_id)
                SELECT *, (SELECT max(date) FROM dim_date) AS latest
                FROM named
                WHERE security_id IN (SELECT security_id FROM stg_securities)
                  AND EXISTS (SELECT 1 FROM stg_prices p WHERE p.security_id = named.security_id);
                """))
        .containsExactlyInAnyOrder(
            "stg_holdings", "dim_security", "dim_date", "stg_securities", "stg_prices");
  }

  @Test
  void anUnknownTableIsNamedWithFileAndLine() {
    refuses(
        () -> inputs("SELECT *\nFROM stg_holdings h\nJOIN stg_holdngs USING (security_id)"),
        "sql/model.sql:3",
        "it reads stg_holdngs, which is not a silver or gold table",
        "stg_holdings");
  }

  @Test
  void aPathIsNotATable() {
    refuses(
        () -> inputs("SELECT * FROM delta.`/some/path`"), "sql/model.sql:1", "without a schema");
  }

  @Test
  void whatIsNotASelectIsRefused() {
    refuses(() -> inputs("INSERT INTO stg_holdings SELECT 1"), "sql/model.sql:1", "not a SELECT");
    refuses(() -> inputs("-- away\nDROP TABLE stg_holdings"), "sql/model.sql:2", "not a SELECT");
    refuses(
        () -> inputs("WITH a AS (SELECT 1) INSERT INTO stg_holdings SELECT * FROM a"),
        "not a SELECT");
  }

  @Test
  void twoStatementsAreRefused() {
    refuses(() -> inputs("SELECT 1;\nSELECT 2"), "sql/model.sql:2", "one SELECT");
  }

  @Test
  void aSyntaxErrorHasALine() {
    refuses(
        () -> inputs("SELECT a\nFROM stg_holdings\nGROUP a"),
        "sql/model.sql:3",
        "Syntax error at or near 'a': extra input 'a'. Correct");
  }

  @Test
  void clockAndChanceAreRefused() {
    refuses(
        () -> inputs("SELECT a,\n  current_date FROM stg_prices"), ":2", "it uses current_date");
    refuses(() -> inputs("SELECT now() FROM stg_prices"), "it uses now");
    refuses(() -> inputs("SELECT * FROM stg_prices ORDER BY RAND()"), "it uses rand");
  }

  @Test
  void aCircleIsNamed() {
    GoldTable first = Pipelines.whole("first", "SELECT * FROM second");
    GoldTable second = Pipelines.whole("second", "SELECT * FROM first");
    refuses(
        () -> SqlModels.order(spark, Pipelines.with(first, second)),
        "first reads second reads first",
        "sql/first.sql, sql/second.sql");
  }

  @Test
  void aTableThatReadsItselfIsACircle() {
    refuses(
        () -> SqlModels.order(spark, Pipelines.with(Pipelines.whole("model", "TABLE model"))),
        "model reads model");
  }

  @Test
  void aWithQueryMustNotHideATable() {
    refuses(
        () -> inputs("WITH stg_prices AS (SELECT 1) SELECT * FROM stg_prices"),
        "WITH query stg_prices has the name of a table");
  }

  @Test
  void aDatedModelMayAggregateJoinDimensionsAndWindowWithinItsDate() {
    assertThat(
            inputs(
                Pipelines.dated(
                    "model",
                    """
                    SELECT d.date AS as_of_date, rank() OVER w AS place,
                           sum(market_value) OVER (PARTITION BY f.date_key) AS total
                    FROM fact_holdings f JOIN dim_date d USING (date_key)
                    WINDOW w AS (PARTITION BY D.DATE ORDER BY market_value)
                    """,
                    0)))
        .containsExactly("fact_holdings", "dim_date");
  }

  @Test
  void aDatedModelMustDeclareAWindowOverOtherDates() {
    String sql =
        """
        SELECT as_of_date,
               lag(market_value) OVER (PARTITION BY security_id ORDER BY as_of_date) AS before
        FROM stg_holdings
        """;
    refuses(
        () -> inputs(Pipelines.dated("model", sql, 0)),
        "sql/model.sql:2",
        "a window that is not partitioned by as_of_date",
        "reads = \"N days back\"",
        "reads = all");
    assertThat(inputs(Pipelines.dated("model", sql, 30))).containsExactly("stg_holdings");
    assertThat(inputs(Pipelines.dated("model", sql, -1))).containsExactly("stg_holdings");
  }

  @Test
  void aDatedModelMustDeclareANamedWindowOverOtherDates() {
    refuses(
        () ->
            inputs(
                Pipelines.dated(
                    "model",
                    """
                    SELECT as_of_date, lag(market_value) OVER w
                    FROM stg_holdings
                    WINDOW w AS (PARTITION BY security_id ORDER BY as_of_date)
                    """,
                    0)),
        "sql/model.sql:3",
        "a window that is not partitioned by as_of_date");
  }

  @Test
  void aDatedModelMustDeclareASelfJoin() {
    refuses(
        () ->
            inputs(
                Pipelines.dated(
                    "model",
                    "SELECT a.as_of_date FROM stg_prices a\nJOIN stg_prices b USING (security_id)",
                    0)),
        "sql/model.sql:2",
        "reads stg_prices twice");
  }

  @Test
  void aDatedModelMustDeclareAnInputWithoutDates() {
    refuses(
        () ->
            inputs(
                Pipelines.dated(
                    "model",
                    "SELECT h.as_of_date FROM stg_holdings h JOIN stg_securities USING"
                        + " (security_id)",
                    0)),
        "reads stg_securities, which has no business date",
        "reads = all");
  }

  @Test
  void aModelComputesItsRowsFromTheGivenInputsOnly() {
    GoldTable model =
        Pipelines.partitioned(
            "portfolio_daily_nav",
            """
            WITH held AS (SELECT * FROM Stg_Holdings WHERE market_value <> 0)
            SELECT portfolio_id, as_of_date, sum(market_value) AS total_nav,
                   count(DISTINCT security_id) AS num_holdings
            FROM held GROUP BY portfolio_id, as_of_date;
            """);
    Dataset<Row> rows =
        SqlModels.rows(spark, model, Pipelines.with(), Map.of("stg_holdings", holdings()));
    assertThat(rows.columns())
        .containsExactly(
            "portfolio_id", "as_of_date", "total_nav", "num_holdings", "year", "month", "day");
    assertThat(Tables.texts(rows))
        .containsExactly(
            "P1|2024-01-05|30.30|2|2024|01|05",
            "P1|2024-01-08|10.10|1|2024|01|08",
            "P2|2024-01-05|5.05|1|2024|01|05");
    assertThat(spark.catalog().tableExists("stg_holdings")).isFalse();
  }

  @Test
  void anInputMayBeJoinedToItselfAndToATableDerivedFromIt() {
    Dataset<Row> holdings = holdings();
    GoldTable model =
        Pipelines.whole(
            "model",
            """
            SELECT count(*) AS pairs
            FROM stg_holdings a JOIN stg_holdings b USING (portfolio_id, security_id)
            JOIN first c USING (portfolio_id, security_id)
            """);
    Dataset<Row> rows =
        SqlModels.rows(
            spark,
            model,
            Pipelines.with(),
            Map.of("stg_holdings", holdings, "first", holdings.where("portfolio_id = 'P1'")));
    // A of P1 has 2 x 2 x 2 pairs, B and C of P1 one each.
    assertThat(Tables.texts(rows)).containsExactly("10");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    GoldTable model =
        Pipelines.whole(
            "model", "SELECT security_id, portfolio_id AS Security_Id FROM stg_holdings");
    refuses(
        () -> SqlModels.rows(spark, model, Pipelines.with(), Map.of("stg_holdings", holdings())),
        "two columns Security_Id");
  }

  @Test
  void aDatedModelMustSelectItsDate() {
    GoldTable model = Pipelines.dated("model", "SELECT security_id FROM stg_holdings", 0);
    refuses(
        () -> SqlModels.rows(spark, model, Pipelines.with(), Map.of("stg_holdings", holdings())),
        "no column as_of_date");
    GoldTable text =
        Pipelines.dated("model", "SELECT string(as_of_date) as_of_date FROM stg_holdings", 0);
    refuses(
        () -> SqlModels.rows(spark, text, Pipelines.with(), Map.of("stg_holdings", holdings())),
        "as_of_date is STRING, not a date");
  }

  @Test
  void aPartitionedModelMustNotSelectThePartitionColumns() {
    GoldTable model =
        Pipelines.partitioned("model", "SELECT as_of_date, 1 AS year FROM stg_holdings");
    refuses(
        () -> SqlModels.rows(spark, model, Pipelines.with(), Map.of("stg_holdings", holdings())),
        "a column year, which partitioning adds");
  }

  @Test
  void aColumnThatDoesNotExistIsNamedWithFileAndLine() {
    GoldTable model =
        Pipelines.whole("model", "SELECT security_id,\n  marketvalue\nFROM stg_holdings");
    refuses(
        () -> SqlModels.rows(spark, model, Pipelines.with(), Map.of("stg_holdings", holdings())),
        "sql/model.sql:2",
        "`marketvalue`");
  }

  private Dataset<Row> holdings() {
    return Tables.table(
        "portfolio_id string, security_id string, as_of_date date, market_value decimal(20,2)",
        "P1 | A | 2024-01-05 | 10.10",
        "P1 | B | 2024-01-05 | 20.20",
        "P1 | C | 2024-01-05 | 0",
        "P1 | A | 2024-01-08 | 10.10",
        "P2 | A | 2024-01-05 | 5.05");
  }

  private Set<String> inputs(String sql) {
    return inputs(Pipelines.whole("model", sql));
  }

  private Set<String> inputs(GoldTable model) {
    return SqlModels.inputs(spark, model, Pipelines.with(model));
  }

  private static void refuses(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SluiceException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CONFIG_INVALID);
              assertThat(List.of(parts))
                  .allSatisfy(part -> assertThat(e.getMessage()).contains(part));
              assertThat(e.getMessage()).doesNotContain("\n");
            });
  }
}
