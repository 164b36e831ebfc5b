package io.sluice.contract;

import io.sluice.config.Column.ScaleExcess;
import io.sluice.config.ColumnType;
import io.sluice.error.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, exact from the text on. */
final class Decimals {
  // Four digits of exponent are more than a double has, and keep a hostile one from filling the
  // memory.
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)(\\d++|\\d{1,3}(?:,\\d{3})++)?(?:\\.(\\d*+))?([eE][+-]?\\d{1,4})?");

  /**
   * What Excel shows of a double, and so what a person who reads the workbook takes its value for.
   */
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

  private final ColumnType type;
  private final ScaleExcess excess;

  Decimals(ColumnType type, ScaleExcess excess) {
    this.type = type;
    this.excess = excess;
  }

  BigDecimal parse(String text, CellKind kind) throws BadValue {
    BigDecimal exact = number(text, kind, "a number");
    // Before any rescaling: a large exponent must not be written out.
    checkRange(exact, text);
    BigDecimal scaled = scaled(exact, text, kind);
    checkRange(scaled, text);
    return scaled;
  }

  /** A whole number between two bounds. */
  static long whole(String text, CellKind kind, long least, long most, String expected)
      throws BadValue {
    BigDecimal exact = number(text, kind, "a whole number");
    if (exact.signum() != 0 && exact.precision() - (long) exact.scale() > 19) {
      throw outOfRange(text, expected + " from " + least + " to " + most);
    }
    if (exact.stripTrailingZeros().scale() > 0) {
      throw BadValue.type(text, "a whole number");
    }
    BigInteger integer = exact.toBigIntegerExact();
    if (integer.compareTo(BigInteger.valueOf(least)) < 0
        || integer.compareTo(BigInteger.valueOf(most)) > 0) {
      throw outOfRange(text, expected + " from " + least + " to " + most);
    }
    return integer.longValueExact();
  }

  private BigDecimal scaled(BigDecimal exact, String text, CellKind kind) throws BadValue {
    BigDecimal plain = exact.stripTrailingZeros();
    if (plain.scale() <= type.scale()) {
      return plain.setScale(type.scale());
    }
    if (kind == CellKind.NUMBER || kind == CellKind.UNKNOWN) {
      BigDecimal shown = new BigDecimal(exact.doubleValue()).round(SHOWN).stripTrailingZeros();
      if (shown.scale() <= type.scale()) {
        return shown.setScale(type.scale());
      }
    }
    return switch (excess) {
      case HALF_UP -> exact.setScale(type.scale(), RoundingMode.HALF_UP);
      case REJECT ->
          throw new BadValue(
              Reason.SCALE_EXCESS,
              "scale",
              BadValue.quoted(text)
                  + " has more digits after the point than "
                  + type.sql()
                  + " keeps");
    };
  }

  private void checkRange(BigDecimal value, String text) throws BadValue {
    if (value.signum() != 0
        && value.precision() - (long) value.scale() > type.precision() - type.scale()) {
      throw outOfRange(text, type.sql());
    }
  }

  private static BadValue outOfRange(String text, String range) {
    return new BadValue(
        Reason.OUT_OF_RANGE, "range", BadValue.quoted(text) + " is too large for " + range);
  }

  private static BigDecimal number(String text, CellKind kind, String expected) throws BadValue {
    if (kind == CellKind.DATE) {
      throw new BadValue(
          Reason.TYPE_MISMATCH,
          "type",
          BadValue.quoted(text) + " is a date, not " + expected + ": the cell has a date format");
    }
    String trimmed = Blank.trim(text);
    boolean negated = trimmed.startsWith("(") && trimmed.endsWith(")") && trimmed.length() > 2;
    String body = negated ? Blank.trim(trimmed.substring(1, trimmed.length() - 1)) : trimmed;
    Matcher parts = NUMBER.matcher(body);
    if (!parts.matches() || (negated && !parts.group(1).isEmpty())) {
      throw BadValue.type(text, expected);
    }
    String integer = parts.group(2) == null ? "" : parts.group(2);
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    if (integer.isEmpty() && fraction.isEmpty()) {
      throw BadValue.type(text, expected);
    }
    String exponent = parts.group(4) == null ? "" : parts.group(4);
    String sign = negated ? "-" : parts.group(1);
    return new BigDecimal(
        sign + integer.replace(",", "") + (fraction.isEmpty() ? "" : "." + fraction) + exponent);
  }
}
