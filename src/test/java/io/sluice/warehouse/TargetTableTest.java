package io.sluice.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Measure;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.warehouse.TargetTable.ForeignKey;
import io.sluice.warehouse.TargetTable.Kind;
import io.sluice.warehouse.TargetTable.Scope;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TargetTableTest {
  private static final GoldTable CALENDAR =
      gold(
          "dim_date",
          new GoldTable.Calendar(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-12-31")),
          Optional.empty());
  private static final GoldTable PORTFOLIO =
      gold(
          "dim_portfolio",
          new GoldTable.Dimension(
              List.of("stg"),
              List.of("portfolio_id"),
              "as_of_date",
              List.of(),
              List.of("name"),
              List.of()),
          Optional.empty());
  private static final GoldTable SECURITY =
      gold(
          "dim_security",
          new GoldTable.Dimension(
              List.of("stg"),
              List.of("security_id"),
              "as_of_date",
              List.of(),
              List.of("name"),
              List.of()),
          Optional.empty());

  @Test
  void aFactRefersToCalendarAndPublishedDimensions() {
    GoldTable fact = fact(List.of("portfolio_id", "security_id", "as_of_date"));
    StructType stored =
        new StructType()
            .add("date_key", DataTypes.IntegerType)
            .add("portfolio_key", DataTypes.LongType)
            .add("security_key", DataTypes.LongType)
            .add("market_value", DataTypes.createDecimalType(20, 4))
            .add("file_id", DataTypes.StringType)
            .add("sheet_row", DataTypes.IntegerType)
            .add("year", DataTypes.StringType)
            .add("month", DataTypes.StringType)
            .add("day", DataTypes.StringType);

    TargetTable table = TargetTable.of(pipeline(fact), fact, stored);

    assertThat(table.columns())
        .extracting(TargetColumn::name, TargetColumn::type, TargetColumn::required)
        .containsExactly(
            tuple("date_key", "integer", true),
            tuple("portfolio_key", "bigint", true),
            tuple("security_key", "bigint", true),
            tuple("market_value", "numeric(20,4)", false),
            tuple("file_id", "text", false),
            tuple("sheet_row", "integer", false));
    assertThat(table.primaryKey()).containsExactly("date_key", "portfolio_key", "security_key");
    assertThat(table.foreignKeys())
        .containsExactly(
            new ForeignKey("date_key", "dim_date", "date_key"),
            new ForeignKey("portfolio_key", "dim_portfolio", "portfolio_key"));
    assertThat(table.indexes()).containsExactly("portfolio_key", "security_key");
    assertThat(table.scope()).isEqualTo(new Scope("date_key", true));
    assertThat(table.kind()).isEqualTo(Kind.REFERRING);
  }

  @Test
  void rolesReferToTheSameTablesAndMeasuresSayHowTheyMayBeSummed() {
    GoldTable fact =
        gold(
            "fact_trades",
            new GoldTable.Fact(
                "stg",
                GoldTable.Fact.Kind.TRANSACTION,
                List.of("trade_id", "as_of_date"),
                "as_of_date",
                List.of("settle_date"),
                List.of(
                    new Lookup(
                        "dim_portfolio",
                        "seller",
                        List.of("seller_id"),
                        Lookup.Cardinality.MANY_TO_ONE)),
                List.of(),
                List.of(new Measure("position", Measure.Additive.EXCEPT, List.of("date")))),
            Optional.empty());
    StructType stored =
        new StructType()
            .add("date_key", DataTypes.IntegerType)
            .add("settle_date_key", DataTypes.IntegerType)
            .add("seller_portfolio_key", DataTypes.LongType)
            .add("trade_id", DataTypes.StringType)
            .add("position", DataTypes.createDecimalType(20, 4));

    TargetTable table = TargetTable.of(pipeline(fact), fact, stored);

    assertThat(table.foreignKeys())
        .containsExactly(
            new ForeignKey("date_key", "dim_date", "date_key"),
            new ForeignKey("settle_date_key", "dim_date", "date_key"),
            new ForeignKey("seller_portfolio_key", "dim_portfolio", "portfolio_key"));
    assertThat(table.columns())
        .filteredOn(TargetColumn::required)
        .extracting(TargetColumn::name)
        .containsExactly("date_key", "seller_portfolio_key");
    assertThat(table.indexes())
        .containsExactly("date_key", "seller_portfolio_key", "settle_date_key");
    assertThat(table.primaryKey()).isEmpty();
    assertThat(table.columns())
        .filteredOn(column -> column.name().equals("position"))
        .extracting(TargetColumn::comment)
        .containsExactly("Semi-additive: do not sum it over date");
  }

  @Test
  void aFactWhoseGrainIsFinerThanItsDimensionsHasNoKey() {
    GoldTable fact = fact(List.of("portfolio_id", "security_id", "lot", "as_of_date"));
    StructType stored =
        new StructType()
            .add("date_key", DataTypes.IntegerType)
            .add("portfolio_key", DataTypes.LongType)
            .add("security_key", DataTypes.LongType);

    TargetTable table = TargetTable.of(pipeline(fact), fact, stored);

    assertThat(table.primaryKey()).isEmpty();
    assertThat(table.columns()).allMatch(TargetColumn::required);
    assertThat(table.indexes()).containsExactly("date_key", "portfolio_key", "security_key");
  }

  @Test
  void aDimensionIsReplacedWholeAndACalendarKeepsItsOwnYearMonthAndDay() {
    TargetTable dimension =
        TargetTable.of(
            pipeline(),
            PORTFOLIO,
            new StructType()
                .add("portfolio_key", DataTypes.LongType)
                .add("portfolio_id", DataTypes.StringType));
    TargetTable calendar =
        TargetTable.of(
            pipeline(),
            CALENDAR,
            new StructType()
                .add("date_key", DataTypes.IntegerType)
                .add("date", DataTypes.DateType)
                .add("day", DataTypes.IntegerType)
                .add("year", DataTypes.IntegerType));

    assertThat(dimension.primaryKey()).containsExactly("portfolio_key");
    assertThat(dimension.indexes()).containsExactly("portfolio_id");
    assertThat(dimension.scope()).isEqualTo(Scope.WHOLE);
    assertThat(dimension.kind()).isEqualTo(Kind.REFERENCED);
    assertThat(calendar.primaryKey()).containsExactly("date_key");
    assertThat(calendar.columnNames()).containsExactly("date_key", "date", "day", "year");
  }

  @Test
  void aModelTakesItsKeyFromTheFirstUniqueRuleThatHolds() {
    GoldTable model =
        new GoldTable(
            "nav",
            "",
            "",
            new GoldTable.SqlModel(Path.of("nav.sql"), "SELECT 1", Optional.of("as_of_date"), 0),
            Optional.empty(),
            List.of(
                unique(GateRule.Severity.WARNING, "portfolio_id"),
                unique(GateRule.Severity.ERROR, "portfolio_id", "as_of_date"),
                unique(GateRule.Severity.ERROR, "as_of_date")));
    StructType stored =
        new StructType()
            .add("portfolio_id", DataTypes.StringType)
            .add("as_of_date", DataTypes.DateType);

    TargetTable table = TargetTable.of(pipeline(), model, stored);

    assertThat(table.primaryKey()).containsExactly("portfolio_id", "as_of_date");
    assertThat(table.indexes()).containsExactly("as_of_date");
    assertThat(table.scope().condition("t", List.of(LocalDate.parse("2024-01-15"))))
        .isEqualTo("t.\"as_of_date\" IN ('2024-01-15'::date)");
  }

  @Test
  void aTypeWithoutCounterpartIsNamed() {
    SluiceException thrown =
        catchThrowableOfType(
            SluiceException.class,
            () ->
                TargetTable.of(
                    pipeline(),
                    PORTFOLIO,
                    new StructType().add("tags", DataTypes.createArrayType(DataTypes.StringType))));

    assertThat(thrown.reason()).isEqualTo(Reason.WAREHOUSE_SHAPE);
    assertThat(thrown.why()).contains("tags").contains("array<string>");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static GoldTable fact(List<String> grain) {
    return gold(
        "fact_holdings",
        new GoldTable.Fact(
            "stg",
            grain,
            "as_of_date",
            List.of("dim_portfolio", "dim_security"),
            List.of("market_value")),
        Optional.of("as_of_date"));
  }

  private static GoldTable gold(String name, GoldTable.Shape shape, Optional<String> partition) {
    return new GoldTable(name, "", "", shape, partition, List.of());
  }

  private static GateRule unique(GateRule.Severity severity, String... columns) {
    return new GateRule(
        "unique",
        GateRule.Kind.UNIQUE,
        List.of(columns),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "",
        BigDecimal.ONE,
        severity,
        "");
  }

  private static Pipeline pipeline(GoldTable... more) {
    return PipelineBuilder.pipeline("portfolio")
        .lake(Path.of("lake"))
        .warehouse(ServerForTests.at("embedded", Path.of("unused"), "analytics"))
        .gold(CALENDAR, PORTFOLIO, SECURITY)
        .gold(more)
        .publish("dim_date", "dim_portfolio", "fact_holdings")
        .build();
  }
}
