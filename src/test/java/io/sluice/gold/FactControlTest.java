package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FactControlTest {
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
          "stg_holdings",
          GoldTable.Fact.Kind.SNAPSHOT,
          List.of("security_id", "day"),
          "day",
          List.of(),
          List.of(
              new Lookup("dim_security", "held", List.of("id"), Lookup.Cardinality.MANY_TO_ONE)),
          List.of(),
          List.of(
              io.sluice.config.Measure.of("quantity"),
              io.sluice.config.Measure.of("market_value")));
  private static final GoldTable TABLE = Pipelines.table("fact_holdings", FACT);

  private final Dataset<Row> silver =
      Tables.table(
          "id string, security_id string, day date, quantity int, market_value decimal(20,4),"
              + " file_id string, sheet_row int",
          "A | A | 2024-01-09 | 1 | 0.1000 | f | 5",
          "B | B | 2024-01-09 | 2 | 0.2000 | f | 6",
          "A | A | 2024-01-10 | 3 | 12345678901234.5678 | f | 7",
          "B | B | 2024-01-11 |  |  | f | 8");

  @Test
  void sumsAreComparedDateByDateAndToTheLastDigit() {
    Dataset<Row> facts =
        Tables.table(
            "date_key int, quantity int, market_value decimal(20,4)",
            "20240109 | 2 | 0.2000",
            "20240109 | 1 | 0.1000",
            "20240110 | 4 | 12345678901234.5679",
            "20240111 |  | 0.0000");

    FactControl control = FactControl.of(TABLE, silver, facts);

    assertThat(control.sourceRows()).isEqualTo(4);
    assertThat(control.differences())
        .containsExactly(
            Map.entry(
                "date_key=20240110",
                "the sum of quantity is 3 in stg_holdings and 4 in fact_holdings; the sum of"
                    + " market_value is 12345678901234.5678 in stg_holdings and 12345678901234.5679"
                    + " in fact_holdings"),
            Map.entry(
                "date_key=20240111",
                "the sum of market_value is null in stg_holdings and 0.0000 in fact_holdings"));
  }

  @Test
  void aLookupThatMultipliesRowsIsNamedWithTheVersionsThatOverlap() {
    Dataset<Row> versions =
        dimension(
            "-1 | Unknown | 0001-01-01 | 9999-12-31",
            "10 | A | 0001-01-01 | 2024-01-10",
            "11 | A | 2024-01-09 | 9999-12-31",
            "20 | B | 0001-01-01 | 9999-12-31",
            "30 | C | 0001-01-01 | 9999-12-31",
            "31 | C | 0001-01-01 | 9999-12-31");

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class,
            () ->
                FactControl.of(TABLE, silver, facts(versions))
                    .requireNoMore(silver, dimensions(versions)));

    assertThat(refusal.reason()).isEqualTo(Reason.LOOKUP_MULTIPLIES);
    assertThat(refusal.reason().exitCode()).isEqualTo(ExitCode.DEFECT);
    assertThat(refusal)
        .hasMessageContaining(
            "The lookup of dim_security as held in fact_holdings multiplies rows");
    assertThat(refusal.why())
        .isEqualTo(
            "it is many to one, but security_id=A has two versions that overlap: key 10 from"
                + " 0001-01-01 to 2024-01-10, and key 11 from 2024-01-09 to 9999-12-31");
  }

  @Test
  void oneVersionForEachRowOnItsDateMultipliesNothing() {
    Dataset<Row> versions =
        dimension(
            "10 | A | 0001-01-01 | 2024-01-10",
            "11 | A | 2024-01-10 | 9999-12-31",
            "20 | B | 0001-01-01 | 9999-12-31");

    FactControl control = FactControl.of(TABLE, silver, facts(versions));
    control.requireNoMore(silver, dimensions(versions));

    assertThat(control.differences()).isEmpty();
    assertThat(Tables.texts(facts(versions), "date_key", "held_security_key"))
        .containsExactly("20240109|10", "20240109|20", "20240110|11", "20240111|20");
  }

  private Dataset<Row> facts(Dataset<Row> versions) {
    return FactTable.rows("fact_holdings", FACT, silver, dimensions(versions), Optional.empty());
  }

  private static Map<String, DimensionRef> dimensions(Dataset<Row> versions) {
    return Map.of("dim_security", new DimensionRef("dim_security", SECURITY, versions));
  }

  private static Dataset<Row> dimension(String... versions) {
    return Tables.table(
        "security_key bigint, security_id string, valid_from date, valid_to date", versions);
  }
}
