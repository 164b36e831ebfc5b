package io.sluice.contract;

import io.sluice.config.Column.ScaleExcess;
import io.sluice.config.ColumnType;
import io.sluice.config.NumberText;
import io.sluice.contract.Adjustment.How;
import io.sluice.error.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers, exact from the text on. */
final class Decimals {
  /** A value that is not quite what the cell says. */
  record Adjusted(BigDecimal value, How how, BigDecimal exact) {
    Adjustment in(int column) {
      return new Adjustment(column, how, exact.subtract(value).abs());
    }
  }

  /**
   * What Excel shows of a double, and so what a person who reads the workbook takes its value for.
   */
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);

  private final ColumnType type;
  private final ScaleExcess excess;
  private final Numbers numbers;

  Decimals(ColumnType type, ScaleExcess excess, NumberText written) {
    this.type = type;
    this.excess = excess;
    this.numbers = new Numbers(written);
  }

  /** A decimal of the type's scale, or an {@link Adjusted} one where it took more than zeros. */
  Object parse(String text, CellKind kind) throws BadValue {
    BigDecimal exact = numbers.exact(text, kind, "a number");
    // Before any rescaling: a large exponent must not be written out.
    checkRange(exact, text);
    Object scaled = scaled(exact, text, kind);
    checkRange(scaled instanceof Adjusted adjusted ? adjusted.value() : (BigDecimal) scaled, text);
    return scaled;
  }

  /** A whole number between two bounds. */
  static long whole(
      Numbers numbers, String text, CellKind kind, long least, long most, String expected)
      throws BadValue {
    BigDecimal exact = numbers.exact(text, kind, "a whole number");
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

  private Object scaled(BigDecimal exact, String text, CellKind kind) throws BadValue {
    BigDecimal plain = exact.stripTrailingZeros();
    if (plain.scale() <= type.scale()) {
      return plain.setScale(type.scale());
    }
    if (kind == CellKind.NUMBER || kind == CellKind.UNKNOWN) {
      BigDecimal shown = new BigDecimal(exact.doubleValue()).round(SHOWN).stripTrailingZeros();
      if (shown.scale() <= type.scale()) {
        return new Adjusted(shown.setScale(type.scale()), How.AT_15_DIGITS, exact);
      }
    }
    return switch (excess) {
      case HALF_UP ->
          new Adjusted(exact.setScale(type.scale(), RoundingMode.HALF_UP), How.ROUNDED, exact);
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
}
