package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Measure;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Trades, of which each refers to a security and maybe to the one that it derives from. */
class FactRolesTest {
  private static final GoldTable.Dimension SECURITY =
      new GoldTable.Dimension(
          List.of("names"),
          List.of("security_id"),
          "as_of_date",
          List.of(),
          List.of("security_name"),
          List.of());
  static final GoldTable.Fact TRADES =
      new GoldTable.Fact(
          "trades",
          GoldTable.Fact.Kind.TRANSACTION,
          List.of("trade_id", "trade_date"),
          "trade_date",
          List.of("settle_date"),
          List.of(
              Lookup.of("dim_security"),
              new Lookup(
                  "dim_security",
                  "underlying",
                  List.of("underlying_id"),
                  Lookup.Cardinality.MANY_TO_ONE)),
          List.of("broker_ref"),
          List.of(
              Measure.of("quantity"),
              new Measure("price", Measure.Additive.NONE, List.of()),
              new Measure("position", Measure.Additive.EXCEPT, List.of("date"))));
  private static final String SILVER =
      "trade_id string, trade_date date, settle_date date, broker_ref string, security_id string,"
          + " underlying_id string, quantity decimal(20,4), price decimal(20,6),"
          + " position decimal(20,4), file_id string, sheet_row int";

  private final Dataset<Row> silver =
      Tables.table(
          SILVER,
          "T1 | 2024-01-09 | 2024-01-11 | b1 | CALL | A | 10 | 1.5 | 10 | f | 5",
          "T2 | 2024-01-09 |  | b2 | CALL | A | -4 | 1.6 | 6 | f | 6",
          "T3 | 2024-01-17 | 2024-01-19 |  | A |  | 2 | 3 | 2 | f | 7");
  private final Dataset<Row> dimension =
      DimensionTable.rows(
          "dim_security",
          SECURITY,
          Map.of(
              "names",
              Tables.table(
                  "security_id string, as_of_date date, security_name string",
                  "A | 2024-01-08 | Alpha",
                  "A | 2024-01-17 | Alphabet",
                  "CALL | 2024-01-08 | Call on Alpha")),
          List.of(FactTable.businessKeys(TRADES, silver, "dim_security", SECURITY)));
  private final Dataset<Row> facts =
      FactTable.rows(
          "fact_trades",
          TRADES,
          silver,
          Map.of("dim_security", new DimensionRef("dim_security", SECURITY, dimension)),
          Optional.empty());

  @Test
  void eachRoleHasAKeyOfItsOwnAndFindsTheVersionOfTheBusinessDate() {
    assertThat(facts.columns())
        .containsExactly(
            "date_key",
            "settle_date_key",
            "security_key",
            "underlying_security_key",
            "trade_id",
            "broker_ref",
            "quantity",
            "price",
            "position",
            "file_id",
            "sheet_row");
    Dataset<Row> underlying =
        dimension.selectExpr("security_key as underlying_security_key", "security_name as under");
    assertThat(
            Tables.texts(
                facts.join(dimension, "security_key").join(underlying, "underlying_security_key"),
                "trade_id",
                "security_name",
                "under"))
        .containsExactly("T1|Call on Alpha|Alpha", "T2|Call on Alpha|Alpha", "T3|Alphabet|Unknown");
  }

  @Test
  void whereTheKeyOfARoleIsNullItRefersToTheUnknownMember() {
    assertThat(Tables.texts(facts.where("trade_id = 'T3'"), "underlying_security_key"))
        .containsExactly("-1");
  }

  @Test
  void aFurtherDateThatIsNotThereHasNoKey() {
    assertThat(Tables.texts(facts, "trade_id", "date_key", "settle_date_key"))
        .containsExactly("T1|20240109|20240111", "T2|20240109|", "T3|20240117|20240119");
  }

  @Test
  void aMemberThatOnlyARoleMentionsIsInferred() {
    Dataset<Row> keys = FactTable.businessKeys(TRADES, silver, "dim_security", SECURITY);
    assertThat(Tables.texts(keys)).containsExactly("A|2024-01-09", "CALL|2024-01-09");
  }

  @Test
  void columnsSayWhatTheyReferToAndHowTheyMayBeSummed() {
    assertThat(facts.schema().apply("underlying_security_key").getComment().get())
        .isEqualTo(
            "The version of dim_security as underlying on the business date; many facts to one");
    assertThat(facts.schema().apply("settle_date_key").getComment().get())
        .isEqualTo("settle_date as yyyymmdd; NULL where there is none");
    assertThat(facts.schema().apply("quantity").getComment().isEmpty()).isTrue();
    assertThat(facts.schema().apply("price").getComment().get())
        .isEqualTo("Non-additive: do not sum it");
    assertThat(facts.schema().apply("position").getComment().get())
        .isEqualTo("Semi-additive: do not sum it over date");
  }

  @Test
  void theGateHoldsEveryDateToTheCalendarAndEveryKeyToItsDimension() {
    GoldTable table = Pipelines.table("fact_trades", TRADES);
    GoldTable calendar =
        Pipelines.table(
            "dim_date",
            new GoldTable.Calendar(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31)));
    assertThat(
            BuiltInRulesTest.texts(
                BuiltInRules.forTable(
                    table,
                    Pipelines.of(calendar, Pipelines.table("dim_security", SECURITY), table))))
        .containsExactly(
            "COMPLETE [date_key] ",
            "COMPLETE [security_key] ",
            "COMPLETE [underlying_security_key] ",
            "UNIQUE [date_key, trade_id] ",
            "ROW [] date_key BETWEEN 20240101 AND 20240131",
            "ROW [] settle_date_key BETWEEN 20240101 AND 20240131");
  }
}
