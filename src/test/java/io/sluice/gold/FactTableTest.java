package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.GoldTable;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FactTableTest {
  private static final String SILVER =
      "security_id string, trade_date date, lot string, market_value decimal(20,4),"
          + " file_id string, sheet_row int";
  private static final String NAMES = "security_id string, as_of_date date, security_name string";
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("names"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of());
  private static final GoldTable.Fact FACT =
      new GoldTable.Fact(
          "trades",
          List.of("security_id", "trade_date", "lot"),
          "trade_date",
          List.of("dim_security"),
          List.of("market_value"));

  @Test
  void aFactRefersToTheVersionValidOnItsDate() {
    Dataset<Row> silver =
        Tables.table(
            SILVER,
            "A | 2024-01-09 | 1 | 10 | f | 5",
            "A | 2024-01-16 | 1 | 11 | f | 6",
            "A | 2024-01-17 | 1 | 12 | f | 7",
            "A | 2024-01-18 | 1 | 13 | f | 8");
    Dataset<Row> dimension =
        dimension(silver, "A | 2024-01-10 | Alpha", "A | 2024-01-17 | Alphabet");
    Dataset<Row> facts = facts(silver, dimension, Optional.empty());
    assertThat(facts.columns())
        .containsExactly("date_key", "security_key", "lot", "market_value", "file_id", "sheet_row");
    assertThat(
            Tables.texts(
                facts.join(dimension, "security_key"),
                "date_key",
                "security_name",
                "market_value",
                "sheet_row"))
        .containsExactly(
            "20240109|Alpha|10.0000|5",
            "20240116|Alpha|11.0000|6",
            "20240117|Alphabet|12.0000|7",
            "20240118|Alphabet|13.0000|8");
  }

  @Test
  void aNullBusinessKeyRefersToTheUnknownMember() {
    Dataset<Row> silver = Tables.table(SILVER, " | 2024-01-09 | 1 | 10 | f | 5");
    assertThat(Tables.texts(facts(silver, dimension(silver), Optional.empty())))
        .containsExactly("20240109|-1|1|10.0000|f|5");
  }

  @Test
  void aSecurityReallyCalledUnknownIsNotTheUnknownMember() {
    Dataset<Row> silver = Tables.table(SILVER, "Unknown | 2024-01-09 | 1 | 10 | f | 5");
    assertThat(Tables.texts(facts(silver, dimension(silver), Optional.empty()), "security_key"))
        .hasSize(1)
        .doesNotContain("-1", "");
  }

  @Test
  void everyFactFindsItsMemberThoughNoSourceKnowsIt() {
    Dataset<Row> silver =
        Tables.table(SILVER, "A | 2024-01-09 | 1 | 10 | f | 5", "B | 2024-01-09 | 1 | 20 | f | 6");
    Dataset<Row> dimension = dimension(silver, "A | 2024-01-10 | Alpha");
    assertThat(
            Tables.texts(
                facts(silver, dimension, Optional.empty()).join(dimension, "security_key"),
                "security_id",
                "is_inferred"))
        .containsExactly("A|false", "B|true");
  }

  @Test
  void aMemberThatTheDimensionLacksLeavesTheKeyEmptyForTheGate() {
    Dataset<Row> silver = Tables.table(SILVER, "A | 2024-01-09 | 1 | 10 | f | 5");
    Dataset<Row> without = dimension(Tables.table(SILVER));
    assertThat(Tables.texts(facts(silver, without, Optional.empty()), "security_key"))
        .containsExactly("");
  }

  @Test
  void partitionsAreZeroPaddedText() {
    Dataset<Row> silver = Tables.table(SILVER, "A | 2024-01-09 | 1 | 10 | f | 5");
    Dataset<Row> facts = facts(silver, dimension(silver), Optional.of("trade_date"));
    assertThat(facts.columns()).endsWith("sheet_row", "year", "month", "day");
    assertThat(Tables.texts(facts, "year", "month", "day")).containsExactly("2024|01|09");
  }

  @Test
  void businessKeysCarryTheDimensionsNameForTheDate() {
    Dataset<Row> silver =
        Tables.table(
            SILVER,
            "A | 2024-01-09 | 1 | 10 | f | 5",
            "A | 2024-01-08 | 1 | 10 | f | 5",
            " | 2024-01-09 | 1 | 10 | f | 6",
            "B |  | 1 | 10 | f | 7");
    Dataset<Row> keys = FactTable.businessKeys(FACT, silver, "dim_security", SECURITY);
    assertThat(keys.columns()).containsExactly("security_id", "as_of_date");
    assertThat(Tables.texts(keys)).containsExactly("A|2024-01-08");
  }

  @Test
  void aMissingMeasureIsNamed() {
    Dataset<Row> silver = Tables.table(SILVER).drop("market_value");
    assertThatThrownBy(() -> facts(silver, dimension(Tables.table(SILVER)), Optional.empty()))
        .isInstanceOf(SluiceException.class)
        .hasMessageContaining("fact_trades")
        .hasMessageContaining("trades has no column market_value");
  }

  private static Dataset<Row> dimension(Dataset<Row> silver, String... names) {
    return DimensionTable.rows(
        "dim_security",
        SECURITY,
        Map.of("names", Tables.table(NAMES, names)),
        List.of(FactTable.businessKeys(FACT, silver, "dim_security", SECURITY)));
  }

  private static Dataset<Row> facts(
      Dataset<Row> silver, Dataset<Row> dimension, Optional<String> partitionByDate) {
    return FactTable.rows(
        "fact_trades",
        FACT,
        silver,
        Map.of("dim_security", new DimensionRef("dim_security", SECURITY, dimension)),
        partitionByDate);
  }
}
