package io.sluice.sample;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which portfolio's workbook of which day carries which mess. Both count from 0. In a sample too
 * small to have a place its mess is left out. No two share a workbook, and 2024-01-15 (day 9) stays
 * whole.
 */
final class MessPlan {
  private record Position(int portfolio, int day) {}

  private static final Map<MessKind, Position> POSITIONS = new EnumMap<>(MessKind.class);

  static {
    POSITIONS.put(MessKind.DECLARED_ALIAS, new Position(1, 2));
    POSITIONS.put(MessKind.UNDECLARED_HEADER, new Position(4, 5));
    POSITIONS.put(MessKind.SHUFFLED_COLUMNS, new Position(2, 3));
    POSITIONS.put(MessKind.NUMBERS_AS_TEXT, new Position(1, 4));
    POSITIONS.put(MessKind.ERROR_CELL, new Position(0, 4));
    POSITIONS.put(MessKind.DASH_FOR_NONE, new Position(2, 6));
    POSITIONS.put(MessKind.DUPLICATE_ROWS, new Position(0, 6));
    POSITIONS.put(MessKind.CORRECTED_RESEND, new Position(0, 7));
    POSITIONS.put(MessKind.RESENT_UNDER_ANOTHER_DATE, new Position(3, 6));
    POSITIONS.put(MessKind.LATE_DAY, new Position(1, 8));
    POSITIONS.put(MessKind.HEADER_ONLY, new Position(4, 10));
    POSITIONS.put(MessKind.TRUNCATED, new Position(5, 11));
    POSITIONS.put(MessKind.LOCK_FILE, new Position(3, 12));
    POSITIONS.put(MessKind.BROKEN_VALUE_RULE, new Position(3, 8));
  }

  private MessPlan() {}

  static Set<MessKind> at(int portfolio, int day) {
    Set<MessKind> kinds = EnumSet.noneOf(MessKind.class);
    POSITIONS.forEach(
        (kind, position) -> {
          if (position.portfolio() == portfolio && position.day() == day) {
            kinds.add(kind);
          }
        });
    return kinds;
  }
}
