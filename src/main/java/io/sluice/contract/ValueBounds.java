package io.sluice.contract;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType.Kind;
import io.sluice.error.Reason;
import java.math.BigDecimal;
import java.time.LocalDate;

/** Between what a column's values must lie; both ends are allowed. */
final class ValueBounds {
  private final Bounds bounds;
  private final Comparable<?> min;
  private final Comparable<?> max;

  ValueBounds(Column column) {
    this.bounds = column.bounds();
    this.min = bound(column.type().kind(), bounds.min());
    this.max = bound(column.type().kind(), bounds.max());
  }

  /**
   * @param shown how the value stands in the cell
   */
  void check(Object value, String shown) throws BadValue {
    if (value instanceof String text) {
      checkLength(text);
      return;
    }
    if (min != null && compare(value, min) < 0) {
      throw new BadValue(
          Reason.OUT_OF_RANGE,
          "min",
          BadValue.quoted(shown) + " is less than " + bounds.min() + ", the least allowed");
    }
    if (max != null && compare(value, max) > 0) {
      throw new BadValue(
          Reason.OUT_OF_RANGE,
          "max",
          BadValue.quoted(shown) + " is more than " + bounds.max() + ", the most allowed");
    }
  }

  private void checkLength(String text) throws BadValue {
    int length = text.codePointCount(0, text.length());
    if (length < bounds.minLength()) {
      throw new BadValue(
          Reason.TOO_SHORT,
          "min-length",
          "%s has %s, and must have %d at least"
              .formatted(BadValue.quoted(text), characters(length), bounds.minLength()));
    }
    if (length > bounds.maxLength()) {
      throw new BadValue(
          Reason.TOO_LONG,
          "max-length",
          "%s has %s, and may have %d at most"
              .formatted(BadValue.quoted(text), characters(length), bounds.maxLength()));
    }
  }

  private static String characters(int count) {
    return count == 1 ? "1 character" : count + " characters";
  }

  private static int compare(Object value, Comparable<?> bound) {
    return bound instanceof LocalDate date
        ? ((LocalDate) value).compareTo(date)
        : decimal(value).compareTo((BigDecimal) bound);
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal exact
        ? exact
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  private static Comparable<?> bound(Kind kind, String written) {
    if (written.isEmpty()) {
      return null;
    }
    return switch (kind) {
      case DECIMAL, INTEGER, LONG -> new BigDecimal(written);
      case DATE -> LocalDate.parse(written);
      case STRING, TIMESTAMP, BOOLEAN -> null;
    };
  }
}
