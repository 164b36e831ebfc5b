package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShippedPipelinesTest {
  private static final Path HOME = Path.of("").toAbsolutePath();

  @Test
  void portfolioPipelineLoads() {
    Pipeline pipeline = load("conf/portfolio.conf", Optional.empty());
    assertThat(pipeline.name()).isEqualTo("portfolio");
    assertThat(pipeline.sources().keySet()).containsExactly("holdings", "securities", "portfolios");
    assertThat(pipeline.silver().keySet())
        .containsExactly("stg_portfolio_holdings", "stg_securities", "stg_portfolios");
    assertThat(pipeline.gold().keySet())
        .containsExactly(
            "dim_date",
            "dim_security",
            "dim_portfolio",
            "fact_portfolio_holdings",
            "portfolio_daily_nav",
            "portfolio_holdings");
    assertThat(pipeline.sources().get("holdings").contractColumns())
        .extracting(Column::name)
        .containsExactly(
            "as_of_date",
            "portfolio_id",
            "security_id",
            "security_name",
            "quantity",
            "price",
            "market_value",
            "currency");
    assertThat(pipeline.landing()).isEqualTo(HOME.resolve("data/landing").toString());
    assertThat(pipeline.warehouse().schema()).isEqualTo("analytics");
    assertThat(pipeline.gold().get("portfolio_daily_nav").shape())
        .isInstanceOfSatisfying(
            GoldTable.SqlModel.class,
            model -> {
              assertThat(model.sql()).startsWith("SELECT").contains("metric(total_nav)");
              assertThat(model.date()).contains("as_of_date");
              assertThat(model.readsDaysBack()).isZero();
            });
  }

  @Test
  void etfPipelineLoads() {
    Pipeline pipeline = load("conf/etf-holdings.conf", Optional.empty());
    assertThat(pipeline.warehouse().schema()).isEqualTo("etf");
    Source source = pipeline.sources().get("fund_holdings");
    assertThat(source.above())
        .extracting(AboveCell::label)
        .containsExactly("Fund Name", "Ticker Symbol", "Holdings");
    assertThat(source.end()).isEqualTo(new TableEnd(true, "", "", List.of()));
    assertThat(source.columns().get(0).blanks()).isEqualTo(Column.Blanks.COLLAPSE);
    assertThat(pipeline.publish())
        .containsExactly("dim_date", "dim_portfolio", "dim_security", "fact_portfolio_holdings");
  }

  @Test
  void clusterOverlayMovesPlacesOnly() {
    Pipeline local = load("conf/portfolio.conf", Optional.empty());
    Pipeline cluster = load("conf/portfolio.conf", Optional.of("cluster"));
    assertThat(cluster.lake().root()).isEqualTo("s3a://example-lake/sluice");
    assertThat(cluster.warehouse().url()).startsWith("jdbc:postgresql:");
    assertThat(cluster.warehouse().schema()).isEqualTo("analytics");
    assertThat(cluster.spark()).containsEntry("spark.sql.shuffle.partitions", "64");
    assertThat(cluster.sources()).isEqualTo(local.sources());
    assertThat(cluster.gold()).isEqualTo(local.gold());
  }

  private static Pipeline load(String file, Optional<String> environment) {
    return PipelineLoader.load(new LoadRequest(Path.of(file), environment, List.of(), HOME))
        .pipeline();
  }
}
