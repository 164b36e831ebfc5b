package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.sluice.config.FiscalYear;
import io.sluice.config.GoldTable;
import io.sluice.config.Holidays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The date dimension. */
public final class CalendarTable {
  private static final List<String> OF_HOLIDAYS =
      List.of("is_holiday", "holiday_name", "is_month_end_business_day", "previous_business_day");

  private CalendarTable() {}

  /**
   * One row a day, both ends of the calendar included. Weeks are those of ISO 8601: day 1 is
   * Monday, and the first days of January may belong to the last week of the year before. Business
   * days are Monday to Friday, without the holidays.
   *
   * @return {@code date_key} (int, yyyymmdd), {@code date}, {@code day}, {@code day_of_week},
   *     {@code day_name}, {@code iso_week}, {@code iso_week_year}, {@code month}, {@code
   *     month_name}, {@code quarter}, {@code year}, {@code is_month_end}, {@code is_business_day};
   *     with a fiscal year {@code fiscal_year}, {@code fiscal_quarter} and {@code fiscal_month};
   *     with holidays {@code is_holiday}, {@code holiday_name}, {@code is_month_end_business_day}
   *     and {@code previous_business_day}
   */
  public static Dataset<Row> rows(SparkSession spark, GoldTable.Calendar calendar) {
    long days = ChronoUnit.DAYS.between(calendar.from(), calendar.to()) + 1;
    Dataset<Row> dates =
        spark
            .range(days)
            .select(expr("date_add(DATE'%s', CAST(id AS INT)) AS date".formatted(calendar.from())));
    if (calendar.holidays().isPresent()) {
      dates = dates.join(businessDays(spark, calendar, calendar.holidays().get()), "date");
    }
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Dates.key("date").as("date_key"),
                expr("date"),
                expr("day(date) AS day"),
                expr("weekday(date) + 1 AS day_of_week"),
                expr("date_format(date, 'EEEE') AS day_name"),
                expr("weekofyear(date) AS iso_week"),
                expr("extract(YEAROFWEEK FROM date) AS iso_week_year"),
                expr("month(date) AS month"),
                expr("date_format(date, 'MMMM') AS month_name"),
                expr("quarter(date) AS quarter"),
                expr("year(date) AS year"),
                expr("date = last_day(date) AS is_month_end"),
                calendar.holidays().isPresent()
                    ? col("is_business_day")
                    : expr("weekday(date) < 5 AS is_business_day")));
    calendar.fiscal().ifPresent(fiscal -> columns.addAll(fiscalColumns(fiscal)));
    if (calendar.holidays().isPresent()) {
      OF_HOLIDAYS.forEach(name -> columns.add(col(name)));
    }
    return dates.select(columns.toArray(Column[]::new));
  }

  /** A fiscal year that starts in January ends in the same year. */
  private static List<Column> fiscalColumns(FiscalYear fiscal) {
    int start = fiscal.startMonth();
    boolean ofNextYear = fiscal.namedBy() == FiscalYear.NamedBy.END && start > 1;
    String month = "((month(date) + 12 - %d) %% 12)".formatted(start);
    return List.of(
        expr(
            "year(date) + IF(month(date) < %d, -1, 0) + %d AS fiscal_year"
                .formatted(start, ofNextYear ? 1 : 0)),
        expr("CAST(%s DIV 3 AS INT) + 1 AS fiscal_quarter".formatted(month)),
        expr(month + " + 1 AS fiscal_month"));
  }

  private static Dataset<Row> businessDays(
      SparkSession spark, GoldTable.Calendar calendar, Holidays holidays) {
    BusinessDays business = new BusinessDays(holidays.days().keySet());
    List<Row> rows = new ArrayList<>();
    for (LocalDate day = calendar.from(); !day.isAfter(calendar.to()); day = day.plusDays(1)) {
      String holiday = holidays.days().get(day);
      LocalDate before = business.before(day);
      rows.add(
          RowFactory.create(
              day,
              business.contains(day),
              holiday != null,
              holiday,
              business.isLastOfMonth(day),
              // Which holidays there were before the calendar begins is not known.
              before.isBefore(calendar.from()) ? null : before));
    }
    StructType schema =
        new StructType()
            .add("date", DataTypes.DateType)
            .add("is_business_day", DataTypes.BooleanType)
            .add("is_holiday", DataTypes.BooleanType)
            .add("holiday_name", DataTypes.StringType)
            .add("is_month_end_business_day", DataTypes.BooleanType)
            .add("previous_business_day", DataTypes.DateType);
    return spark.createDataFrame(rows, schema);
  }
}
