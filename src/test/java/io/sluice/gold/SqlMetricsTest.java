package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.error.SluiceException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SqlMetricsTest {
  private final SparkSession spark = SparkForTests.session();
  private final Pipeline pipeline =
      PipelineBuilder.pipeline("test")
          .metric("total_nav", "SUM(market_value)", "stg_holdings")
          .metric("num_holdings", "COUNT(DISTINCT security_id)", "stg_holdings")
          .metric("mean_nav", "metric(total_nav) / metric(num_holdings)", "stg_holdings")
          .metric("around", "metric(again) + 1", "stg_holdings")
          .metric("again", "metric(around) + 1", "stg_holdings")
          .build();

  @Test
  void aMetricIsItsExpressionUnderItsNameOrAnother() {
    Dataset<Row> rows =
        rows(
            """
            SELECT portfolio_id, metric(total_nav), metric(num_holdings) AS securities
            FROM stg_holdings GROUP BY portfolio_id HAVING metric(total_nav) > 10
            """);
    assertThat(rows.columns()).containsExactly("portfolio_id", "total_nav", "securities");
    assertThat(Tables.texts(rows)).containsExactly("P1|30.30|2");
  }

  @Test
  void theColumnsOfAMetricAreThoseOfTheTableItMeasures() {
    // Both tables have a market_value; Spark would call it ambiguous.
    Dataset<Row> rows =
        rows(
            """
            SELECT metric(total_nav) FROM stg_holdings h
            JOIN stg_limits l ON l.portfolio_id = h.portfolio_id
            """);
    assertThat(Tables.texts(rows)).containsExactly("35.35");
  }

  @Test
  void aMetricMeasuresWhatAWithQueryLeavesOfItsTable() {
    assertThat(
            Tables.texts(
                rows(
                    """
                    WITH large AS (SELECT * FROM stg_holdings WHERE market_value > 10)
                    SELECT metric(num_holdings), (SELECT metric(total_nav) FROM stg_holdings) AS all
                    FROM large
                    """)))
        .containsExactly("2|35.35");
  }

  @Test
  void metricsMayBeMadeOfMetrics() {
    assertThat(
            Tables.texts(
                rows(
                    "SELECT metric(mean_nav) AS mean FROM stg_holdings WHERE portfolio_id = 'P1'")))
        .allMatch(text -> text.startsWith("15.15"));
  }

  @Test
  void whatIsNotAMetricIsRefusedWithItsLine() {
    refuses(
        "SELECT\n  metric(total_naw) FROM stg_holdings",
        "sql/model.sql:2",
        "no metric total_naw; did you mean total_nav?");
    refuses("SELECT metric('total_nav') FROM stg_holdings", "something else in it");
    refuses("SELECT metric(DISTINCT total_nav) FROM stg_holdings", "something else in it");
  }

  @Test
  void aMetricOverATableThatIsNotReadIsRefused() {
    refuses(
        "SELECT 1 AS one FROM stg_holdings WHERE EXISTS\n(SELECT metric(total_nav) FROM stg_limits)",
        "sql/model.sql:2",
        "metric total_nav is over stg_holdings, which the SELECT it stands in does not read");
    refuses(
        "SELECT metric(total_nav) FROM stg_holdings a JOIN stg_holdings b USING (portfolio_id)",
        "reads 2 times");
  }

  @Test
  void aMetricMadeOfItselfIsRefusedWhereItIsDeclared() {
    refuses("SELECT metric(around) FROM stg_holdings", "conf/test.conf:9", "made of itself");
  }

  @Test
  void aChangedMetricIsAChangedDefinitionOfTheModelsThatUseItAndOfNoOther() {
    GoldTable uses = Pipelines.whole("uses", "SELECT metric(mean_nav) AS m FROM stg_holdings");
    GoldTable other = Pipelines.whole("other", "SELECT metric(num_holdings) FROM stg_holdings");
    GoldTable none = Pipelines.whole("none", "SELECT 1 AS one FROM stg_holdings");
    Pipeline changed =
        PipelineBuilder.pipeline("test")
            .metric("total_nav", "SUM(quantity)", "stg_holdings")
            .metric("num_holdings", "COUNT(DISTINCT security_id)", "stg_holdings")
            .metric("mean_nav", "metric(total_nav) / metric(num_holdings)", "stg_holdings")
            .build();
    assertThat(SqlModels.definition(spark, uses, changed))
        .isNotEqualTo(SqlModels.definition(spark, uses, pipeline));
    assertThat(SqlModels.definition(spark, other, changed))
        .isEqualTo(SqlModels.definition(spark, other, pipeline));
    assertThat(SqlModels.definition(spark, none, changed))
        .isEqualTo(io.sluice.lake.Definitions.gold(none));
  }

  private Dataset<Row> rows(String sql) {
    return SqlModels.rows(
        spark,
        Pipelines.whole("model", sql),
        pipeline,
        Map.of(
            "stg_holdings",
            Tables.table(
                "portfolio_id string, security_id string, market_value decimal(20,2)",
                "P1 | A | 10.10",
                "P1 | B | 20.20",
                "P2 | A | 5.05"),
            "stg_limits",
            Tables.table(
                "portfolio_id string, market_value decimal(20,2)", "P1 | 100", "P2 | 200")));
  }

  private void refuses(String sql, String... parts) {
    ThrowingCallable call = () -> rows(sql);
    assertThatThrownBy(call)
        .isInstanceOf(SluiceException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
