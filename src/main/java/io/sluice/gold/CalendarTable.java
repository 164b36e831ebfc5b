package io.sluice.gold;

import static org.apache.spark.sql.functions.expr;

import io.sluice.config.GoldTable;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The date dimension. */
public final class CalendarTable {
  private CalendarTable() {}

  /**
   * One row a day, both ends of the calendar included. Weeks are those of ISO 8601: day 1 is
   * Monday, and the first days of January may belong to the last week of the year before. Business
   * days are Monday to Friday.
   *
   * @return {@code date_key} (int, yyyymmdd), {@code date}, {@code day}, {@code day_of_week},
   *     {@code day_name}, {@code iso_week}, {@code iso_week_year}, {@code month}, {@code
   *     month_name}, {@code quarter}, {@code year}, {@code is_month_end}, {@code is_business_day}
   */
  public static Dataset<Row> rows(SparkSession spark, GoldTable.Calendar calendar) {
    long days = ChronoUnit.DAYS.between(calendar.from(), calendar.to()) + 1;
    return spark
        .range(days)
        .select(expr("date_add(DATE'%s', CAST(id AS INT)) AS date".formatted(calendar.from())))
        .select(
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
            expr("weekday(date) < 5 AS is_business_day"));
  }
}
