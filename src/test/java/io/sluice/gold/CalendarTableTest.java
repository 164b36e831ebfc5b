package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.GoldTable;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class CalendarTableTest {
  private final Dataset<Row> calendar =
      CalendarTable.rows(
          SparkForTests.session(),
          new GoldTable.Calendar(LocalDate.of(2023, 1, 1), LocalDate.of(2024, 12, 31)));

  @Test
  void describesADay() {
    assertThat(Tables.texts(calendar.where("date_key = 20240115")))
        .containsExactly("20240115|2024-01-15|15|1|Monday|3|2024|1|January|1|2024|false|true");
  }

  @Test
  void theLastDaysOfDecemberMayBelongToTheFirstIsoWeekOfTheNextYear() {
    assertThat(Tables.texts(calendar.where("date_key = 20241230"), "iso_week", "iso_week_year"))
        .containsExactly("1|2025");
  }

  @Test
  void theFirstDaysOfJanuaryMayBelongToTheLastIsoWeekOfTheYearBefore() {
    assertThat(
            Tables.texts(
                calendar.where("date_key = 20230101"),
                "day_of_week",
                "day_name",
                "iso_week",
                "iso_week_year",
                "is_business_day"))
        .containsExactly("7|Sunday|52|2022|false");
  }

  @Test
  void knowsLeapDaysAndMonthEnds() {
    assertThat(
            Tables.texts(
                calendar.where("month = 2 and day >= 28"), "date", "is_month_end", "quarter"))
        .containsExactly("2023-02-28|true|1", "2024-02-28|false|1", "2024-02-29|true|1");
  }

  @Test
  void hasOneRowForEachDayWithBothEnds() {
    assertThat(calendar.count()).isEqualTo(365 + 366);
    assertThat(Tables.texts(calendar, "count(distinct date_key)", "min(date)", "max(date)"))
        .containsExactly("731|2023-01-01|2024-12-31");
  }

  @Test
  void numbersAreInts() {
    assertThat(calendar.schema().toDDL())
        .contains("date_key INT", "day_of_week INT", "iso_week_year INT", "quarter INT");
  }
}
