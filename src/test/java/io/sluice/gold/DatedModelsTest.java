package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What a model that sees changed dates only may say, and what it may not. */
class DatedModelsTest {
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("stg_securities"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of("ticker"));

  private final SparkSession spark = SparkForTests.session();
  private final Pipeline pipeline =
      PipelineBuilder.pipeline("dated")
          .sources(Pipelines.with().sources().values().toArray(io.sluice.config.Source[]::new))
          .silver(Pipelines.with().silver().values().toArray(io.sluice.config.SilverTable[]::new))
          .gold(
              Pipelines.with().gold().get("fact_holdings"),
              Pipelines.with().gold().get("dim_date"),
              new GoldTable(
                  "dim_security", "", "", SECURITY, java.util.Optional.empty(), List.of()))
          .build();
  private final Map<String, Dataset<Row>> tables =
      Map.of(
          "stg_holdings",
          Tables.table("security_id string, as_of_date date, market_value decimal(20,2)"),
          "stg_prices",
          Tables.table("security_id string, as_of_date date, price decimal(20,2)"),
          "fact_holdings",
          Tables.table("date_key int, security_key bigint, market_value decimal(20,2)"),
          "dim_date",
          Tables.table("date_key int, date date, month int, is_month_end boolean"),
          "dim_security",
          Tables.table(
              "security_key bigint, security_id string, security_name string, ticker string,"
                  + " valid_from date, valid_to date, is_current boolean, is_inferred boolean"));

  @Test
  void whatStaysWithinADateIsTaken() {
    takes(
        "SELECT h.as_of_date, sum(h.market_value * p.price) AS total FROM stg_holdings h"
            + " LEFT JOIN stg_prices p ON p.security_id = h.security_id"
            + " AND p.as_of_date = h.as_of_date GROUP BY h.as_of_date");
    takes(
        "SELECT h.as_of_date, p.price FROM stg_holdings h, stg_prices p"
            + " WHERE h.as_of_date = p.as_of_date AND h.security_id = p.security_id");
    takes(
        "WITH nav AS (SELECT date_key, sum(market_value) AS nav FROM fact_holdings GROUP BY 1)"
            + " SELECT d.date AS as_of_date, nav FROM nav JOIN dim_date d USING (date_key)"
            + " WHERE d.is_month_end");
    takes(
        "SELECT d.date AS as_of_date, count(f.date_key) AS facts FROM dim_date d"
            + " LEFT JOIN fact_holdings f ON f.date_key = d.date_key GROUP BY d.date");
    takes(
        "SELECT as_of_date, security_id FROM stg_holdings h WHERE EXISTS (SELECT 1 FROM stg_prices"
            + " p WHERE p.as_of_date = h.as_of_date AND p.price > 1)");
    takes(
        "SELECT as_of_date FROM stg_holdings WHERE (as_of_date, security_id) IN"
            + " (SELECT as_of_date, security_id FROM stg_prices)");
    takes(
        "SELECT as_of_date, market_value / (SELECT max(p.price) FROM stg_prices p"
            + " WHERE p.as_of_date = h.as_of_date) AS share FROM stg_holdings h");
    takes(
        "SELECT as_of_date, security_id FROM stg_holdings"
            + " UNION ALL SELECT as_of_date, security_id FROM stg_prices");
    takes(
        "SELECT coalesce(h.as_of_date, p.as_of_date) AS as_of_date FROM stg_holdings h"
            + " FULL JOIN stg_prices p ON h.as_of_date = p.as_of_date");
    takes(
        "SELECT h.as_of_date, s.security_name FROM stg_holdings h JOIN dim_security s"
            + " ON s.security_id = h.security_id"
            + " AND h.as_of_date >= s.valid_from AND h.as_of_date < s.valid_to");
  }

  @Test
  void aJoinOfDifferentDatesIsRefused() {
    refuses(
        "SELECT h.as_of_date FROM stg_holdings h\nJOIN stg_prices p USING (security_id)",
        "sql/model.sql:2",
        "joins rows of different dates",
        "reads = \"N days back\"");
    refuses(
        "SELECT h.as_of_date FROM stg_holdings h JOIN stg_prices p"
            + " ON p.as_of_date BETWEEN date_sub(h.as_of_date, 30) AND h.as_of_date",
        "joins rows of different dates");
    refuses(
        "SELECT h.as_of_date FROM stg_holdings h JOIN stg_prices p"
            + " ON p.as_of_date = date_sub(h.as_of_date, 1)",
        "joins rows of different dates");
  }

  @Test
  void anAggregateOrALimitOverDatesIsRefused() {
    refuses(
        "SELECT max(as_of_date) AS as_of_date, sum(market_value) AS total FROM stg_holdings"
            + " GROUP BY security_id",
        "an aggregate over several dates");
    refuses("SELECT as_of_date FROM stg_holdings ORDER BY market_value LIMIT 3", "a LIMIT");
  }

  @Test
  void aSubqueryOverAllDatesIsRefused() {
    refuses(
        "SELECT as_of_date FROM stg_holdings WHERE security_id IN\n(SELECT security_id FROM"
            + " stg_prices)",
        "a subquery over the rows of all dates");
    refuses(
        "SELECT as_of_date FROM stg_holdings h WHERE EXISTS (SELECT 1 FROM stg_prices p"
            + " WHERE p.security_id = h.security_id)",
        "a subquery over the rows of all dates");
    refuses(
        "SELECT as_of_date FROM stg_holdings WHERE as_of_date = (SELECT max(as_of_date) FROM"
            + " stg_prices)",
        "an aggregate over several dates");
  }

  @Test
  void aDateThatIsComputedIsRefused() {
    refuses(
        "SELECT date_add(as_of_date, 1) AS as_of_date FROM stg_holdings",
        "its as_of_date is computed");
    refuses(
        "SELECT as_of_date FROM stg_holdings UNION ALL"
            + " SELECT date_add(as_of_date, 1) FROM stg_prices",
        "puts tables together without as_of_date");
  }

  @Test
  void whatADimensionChangesWithoutADateIsRefusedInAModelByDate() {
    String star =
        "SELECT d.date AS as_of_date, s.COLUMN AS shown FROM fact_holdings f"
            + " JOIN dim_date d USING (date_key)\nJOIN dim_security s USING (security_key)";
    takes(star.replace("COLUMN", "security_name"));
    for (String column : List.of("ticker", "is_current", "is_inferred", "valid_to")) {
      refuses(
          star.replace("COLUMN", column),
          "it reads " + column + " of dim_security, which changes without a date",
          "in a view");
    }
    refuses(
        "SELECT d.date AS as_of_date, s.* FROM fact_holdings f"
            + " JOIN dim_date d USING (date_key) JOIN dim_security s USING (security_key)",
        "is_current, is_inferred, ticker, valid_to");
    takes(
        "WITH s AS (SELECT * FROM dim_security) SELECT d.date AS as_of_date, s.security_name"
            + " FROM fact_holdings f JOIN dim_date d USING (date_key) JOIN s USING (security_key)");
    assertThat(
            rows(Pipelines.dated(
                    "model",
                    "SELECT d.date AS as_of_date, s.ticker FROM fact_holdings f JOIN dim_date d"
                        + " USING (date_key) JOIN dim_security s USING (security_key)",
                    -1))
                .columns())
        .containsExactly("as_of_date", "ticker");
  }

  @Test
  void whatARebuildCouldGiveOtherwiseIsRefused() {
    for (String sql :
        List.of(
            "SELECT first(price) AS a FROM stg_prices",
            "SELECT collect_list(price) AS a FROM stg_prices",
            "SELECT any_value(price) AS a FROM stg_prices",
            "SELECT * FROM stg_prices LIMIT 3",
            "SELECT * FROM stg_prices TABLESAMPLE (10 PERCENT)",
            "SELECT current_user() AS a FROM stg_prices",
            "SELECT unix_timestamp() AS a FROM stg_prices",
            "SELECT security_id FROM stg_prices WHERE as_of_date < (SELECT curdate())")) {
      assertThatThrownBy(() -> rows(Pipelines.whole("model", sql)))
          .as(sql)
          .isInstanceOf(SluiceException.class)
          .hasMessageContaining("it uses ")
          .hasMessageContaining("a rebuild");
    }
    for (String sql :
        List.of(
            "SELECT sort_array(collect_list(price)) AS a FROM stg_prices",
            "SELECT max_by(price, as_of_date) AS a FROM stg_prices",
            "SELECT * FROM stg_prices ORDER BY price LIMIT 3",
            "SELECT first_value(price) OVER (PARTITION BY security_id ORDER BY as_of_date) AS a"
                + " FROM stg_prices")) {
      assertThat(rows(Pipelines.whole("model", sql)).columns()).isNotEmpty();
    }
  }

  private void takes(String sql) {
    assertThat(rows(Pipelines.dated("model", sql, 0)).columns()).contains("as_of_date");
  }

  private void refuses(String sql, String... parts) {
    assertThatThrownBy(() -> rows(Pipelines.dated("model", sql, 0)))
        .as(sql)
        .isInstanceOfSatisfying(
            SluiceException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.CONFIG_INVALID);
              assertThat(e.getMessage()).contains(parts);
            });
  }

  private Dataset<Row> rows(GoldTable model) {
    return SqlModels.rows(spark, model, pipeline, tables);
  }
}
