package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ControlTotal;
import io.sluice.config.GoldTable;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ModelControlTest {
  private static final GoldTable NAV =
      Pipelines.table(
          "daily_nav",
          new GoldTable.SqlModel(
              Path.of("nav.sql"),
              "SELECT 1",
              Optional.of("day"),
              0,
              List.of(
                  new ControlTotal("total_nav", "fact_holdings", "market_value"),
                  new ControlTotal("trades", "fact_trades", "number"))));

  private final Map<String, Dataset<Row>> facts =
      Map.of(
          "fact_holdings",
          Tables.table(
              "date_key int, market_value decimal(20,4)",
              "20240109 | 1.0001",
              "20240109 | 2.0000",
              "20240110 | 5",
              "20240111 | 7",
              "20240112 | 0"),
          "fact_trades",
          Tables.table("date_key int, number int", "20240109 | 3", "20240110 | 4"));

  @Test
  void eachDateMustAddUpToTheSumsOfTheFacts() {
    Dataset<Row> rows =
        Tables.table(
            "day date, total_nav decimal(30,6), trades bigint",
            "2024-01-09 | 3.0000 | 1",
            "2024-01-09 | 0.000100 | 2",
            "2024-01-10 | 4.99 | 5",
            "2024-01-13 | 1 | ");

    assertThat(ModelControl.differences(NAV, rows, facts))
        .containsExactly(
            Map.entry(
                "day=2024-01-10",
                "the sum of total_nav is 4.990000, and that of fact_holdings.market_value is 5.0000;"
                    + " the sum of trades is 5, and that of fact_trades.number is 4"),
            Map.entry(
                "day=2024-01-11",
                "the sum of total_nav is nothing, and that of fact_holdings.market_value is 7.0000"),
            Map.entry(
                "day=2024-01-13",
                "the sum of total_nav is 1.000000, and that of fact_holdings.market_value is"
                    + " nothing"));
  }

  @Test
  void whatHasNoExactSumIsRefused() {
    assertThatThrownBy(
            () ->
                ModelControl.differences(
                    NAV, Tables.table("day date, total_nav double, trades int"), facts))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("its column total_nav is DOUBLE, which has no exact sum");
    assertThatThrownBy(
            () -> ModelControl.differences(NAV, Tables.table("day date, trades int"), facts))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("its result has no column total_nav");
  }
}
