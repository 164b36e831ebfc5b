package io.sluice.sample;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The sample's business days, Monday to Friday, and when the workbooks of a day arrive. */
final class BusinessDays {
  /** Puts 2024-01-15, the day of the star query, among the default fifteen days. */
  static final LocalDate FIRST = LocalDate.of(2024, 1, 2);

  private BusinessDays() {}

  static List<LocalDate> first(int count) {
    return Stream.iterate(FIRST, day -> after(day, 1)).limit(count).toList();
  }

  /** The days on which masters are sent: the first one, and every Monday. */
  static List<LocalDate> weekly(List<LocalDate> days) {
    List<LocalDate> weekly = new ArrayList<>();
    for (LocalDate day : days) {
      if (weekly.isEmpty() || day.getDayOfWeek() == DayOfWeek.MONDAY) {
        weekly.add(day);
      }
    }
    return weekly;
  }

  static LocalDate after(LocalDate day, int businessDays) {
    LocalDate next = day;
    int left = businessDays;
    while (left > 0) {
      next = next.plusDays(1);
      if (next.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue()) {
        left--;
      }
    }
    return next;
  }

  /** When a workbook of this day is delivered: the next business morning from six o'clock on. */
  static Instant arrival(LocalDate day, Duration offset) {
    return after(day, 1).atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC).plus(offset);
  }
}
