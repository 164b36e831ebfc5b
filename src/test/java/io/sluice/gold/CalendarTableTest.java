package io.sluice.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkForTests;
import io.sluice.config.FiscalYear;
import io.sluice.config.GoldTable;
import io.sluice.config.Holidays;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
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

  @Test
  void aFiscalYearThatStartsInAprilHasTheNumberOfTheYearInWhichItEnds() {
    Dataset<Row> fiscal = fiscal(4, FiscalYear.NamedBy.END);
    assertThat(fiscal.schema().toDDL().replace(" NOT NULL", ""))
        .endsWith("fiscal_year INT,fiscal_quarter INT,fiscal_month INT");
    assertThat(months(fiscal, "2023-12-15", "2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01"))
        .containsExactly(
            "2023-12-15|2024|3|9",
            "2024-03-31|2024|4|12",
            "2024-04-01|2025|1|1",
            "2024-06-30|2025|1|3",
            "2024-07-01|2025|2|4");
  }

  @Test
  void orOfTheYearInWhichItStarts() {
    assertThat(
            months(fiscal(10, FiscalYear.NamedBy.START), "2023-09-30", "2023-10-01", "2024-01-01"))
        .containsExactly("2023-09-30|2022|4|12", "2023-10-01|2023|1|1", "2024-01-01|2023|2|4");
  }

  @Test
  void oneThatStartsInJanuaryIsTheCalendarsHoweverItIsNamed() {
    for (FiscalYear.NamedBy namedBy : FiscalYear.NamedBy.values()) {
      assertThat(
              fiscal(1, namedBy)
                  .where(
                      "fiscal_year <> year or fiscal_quarter <> quarter or fiscal_month <> month")
                  .count())
          .isZero();
    }
  }

  @Test
  void holidaysAreNoBusinessDays() {
    // 29 March 2024 is Good Friday, and 30 and 31 are a weekend.
    Dataset<Row> days =
        CalendarTable.rows(
            SparkForTests.session(),
            new GoldTable.Calendar(
                LocalDate.of(2024, 3, 27),
                LocalDate.of(2024, 4, 2),
                Optional.empty(),
                Optional.of(
                    new Holidays(
                        Path.of("us.csv"),
                        new TreeMap<>(
                            Map.of(
                                LocalDate.of(2024, 3, 29),
                                "Good Friday",
                                LocalDate.of(2024, 3, 31),
                                "Easter Sunday"))))));
    assertThat(days.columns())
        .endsWith(
            "is_month_end",
            "is_business_day",
            "is_holiday",
            "holiday_name",
            "is_month_end_business_day",
            "previous_business_day");
    assertThat(
            Tables.texts(
                days,
                "date",
                "is_business_day",
                "is_holiday",
                "holiday_name",
                "is_month_end",
                "is_month_end_business_day",
                "previous_business_day"))
        .containsExactly(
            "2024-03-27|true|false||false|false|",
            "2024-03-28|true|false||false|true|2024-03-27",
            "2024-03-29|false|true|Good Friday|false|false|2024-03-28",
            "2024-03-30|false|false||false|false|2024-03-28",
            "2024-03-31|false|true|Easter Sunday|true|false|2024-03-28",
            "2024-04-01|true|false||false|false|2024-03-28",
            "2024-04-02|true|false||false|false|2024-04-01");
  }

  private static Dataset<Row> fiscal(int start, FiscalYear.NamedBy namedBy) {
    return CalendarTable.rows(
        SparkForTests.session(),
        new GoldTable.Calendar(
            LocalDate.of(2023, 1, 1),
            LocalDate.of(2024, 12, 31),
            Optional.of(new FiscalYear(start, namedBy)),
            Optional.empty()));
  }

  private static List<String> months(Dataset<Row> calendar, Object... dates) {
    return Tables.texts(
        calendar.where(functions.col("date").cast("string").isin(dates)),
        "date",
        "fiscal_year",
        "fiscal_quarter",
        "fiscal_month");
  }
}
