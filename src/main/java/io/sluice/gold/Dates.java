package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.dayofmonth;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.year;

import java.util.List;
import org.apache.spark.sql.Column;

/** Columns derived from a business date. */
final class Dates {
  /** The columns that partition a table by date. */
  static final List<String> PARTITION = List.of("year", "month", "day");

  private Dates() {}

  /** The date as the number yyyymmdd. */
  static Column key(String date) {
    Column value = col(date);
    return year(value)
        .multiply(lit(10_000))
        .plus(month(value).multiply(lit(100)))
        .plus(dayofmonth(value));
  }

  /** The date of a number yyyymmdd. */
  static Column ofKey(Column key) {
    return to_date(key.cast("string"), "yyyyMMdd");
  }

  /** Year, month and day as zero-padded text, in the order of {@link #PARTITION}. */
  static List<Column> partition(String date) {
    // The text of a date is yyyy-MM-dd in every session, while date_format would ask the session's
    // zone.
    Column text = col(date).cast("string");
    return List.of(
        text.substr(1, 4).as("year"), text.substr(6, 2).as("month"), text.substr(9, 2).as("day"));
  }
}
