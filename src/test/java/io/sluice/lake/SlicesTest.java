package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("portfolio_id STRING, as_of_date DATE, weight DECIMAL(10,4)");

  @Test
  void namesColumnsInTheOrderGivenAndDatesAsIso() {
    assertThat(text(List.of("portfolio_id", "as_of_date"), "P1"))
        .isEqualTo("portfolio_id=P1/as_of_date=2024-01-05");
    assertThat(text(List.of("as_of_date", "portfolio_id"), "P1"))
        .isEqualTo("as_of_date=2024-01-05/portfolio_id=P1");
  }

  @Test
  void encodesTheSignsThatTheTextIsMadeOf() {
    assertThat(text(List.of("portfolio_id"), "a/b=c%2F d"))
        .isEqualTo("portfolio_id=a%2Fb%3Dc%252F d");
  }

  @Test
  void tellsNullFromEmptyText() {
    assertThat(text(List.of("portfolio_id", "as_of_date"), null))
        .isEqualTo("portfolio_id/as_of_date=2024-01-05");
    assertThat(text(List.of("portfolio_id", "as_of_date"), ""))
        .isEqualTo("portfolio_id=/as_of_date=2024-01-05");
  }

  @Test
  void writesDecimalsInFull() {
    assertThat(text(List.of("weight"), "P1")).isEqualTo("weight=0.0000");
  }

  @Test
  void isEmptyWithoutColumns() {
    assertThat(text(List.of(), "P1")).isEmpty();
  }

  private static String text(List<String> columns, String portfolio) {
    Row row = RowFactory.create(portfolio, LocalDate.of(2024, 1, 5), new BigDecimal("0.0000"));
    return SparkForTests.session()
        .createDataFrame(List.of(row), SCHEMA)
        .select(Slices.sliceText(columns))
        .head()
        .getString(0);
  }
}
