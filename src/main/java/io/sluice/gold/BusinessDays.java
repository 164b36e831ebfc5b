package io.sluice.gold;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/** Days from Monday to Friday that are no holidays. */
final class BusinessDays {
  private final Set<LocalDate> holidays;

  BusinessDays(Set<LocalDate> holidays) {
    this.holidays = Set.copyOf(holidays);
  }

  boolean contains(LocalDate day) {
    return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 && !holidays.contains(day);
  }

  /** The last one before a day. */
  LocalDate before(LocalDate day) {
    LocalDate found = day.minusDays(1);
    while (!contains(found)) {
      found = found.minusDays(1);
    }
    return found;
  }

  /** Whether it is one, and none follows it in its month. */
  boolean isLastOfMonth(LocalDate day) {
    return contains(day) && before(day.with(TemporalAdjusters.firstDayOfNextMonth())).equals(day);
  }
}
