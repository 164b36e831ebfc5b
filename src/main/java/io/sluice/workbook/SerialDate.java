package io.sluice.workbook;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Excel's serial dates as ISO 8601, to the millisecond, whatever the machine's locale and zone. */
final class SerialDate {
  private static final long MILLIS_A_DAY = 86_400_000L;
  private static final LocalDate BEFORE_1900 = LocalDate.of(1899, 12, 31);
  private static final LocalDate START_1904 = LocalDate.of(1904, 1, 1);
  private static final double END = 2_958_466;

  /** The first serial after 29 February 1900, a day that only Excel knows. */
  private static final long AFTER_PHANTOM = 61;

  private SerialDate() {}

  /** Null if Excel has no date for the serial. */
  static String iso(double serial, boolean since1904) {
    if (!(serial >= 0 && serial < END)) {
      return null;
    }
    long days = (long) Math.floor(serial);
    long millis = Math.round((serial - days) * MILLIS_A_DAY);
    if (millis == MILLIS_A_DAY) {
      days++;
      millis = 0;
    }
    return text(date(days, since1904).atTime(LocalTime.ofNanoOfDay(millis * 1_000_000L)));
  }

  /** A date without a time of day as {@code 2024-01-15}, otherwise {@code 2024-01-15T10:30:00}. */
  static String text(LocalDateTime time) {
    if (time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return time.toLocalDate().toString();
    }
    String text = time.toString();
    return time.getSecond() == 0 && time.getNano() == 0 ? text + ":00" : text;
  }

  private static LocalDate date(long days, boolean since1904) {
    if (since1904) {
      return START_1904.plusDays(days);
    }
    return BEFORE_1900.plusDays(days < AFTER_PHANTOM ? days : days - 1);
  }
}
