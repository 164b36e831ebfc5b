package io.sluice.workbook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The shortest decimal that denotes a stored double, in plain notation. */
final class StoredNumber {
  // Within these, no two decimals of at most 15 digits denote the same double, so one that denotes
  // it is the shortest.
  private static final int EXACT_DIGITS = 15;
  private static final double SMALLEST = 1e-290;
  private static final double LARGEST = 1e290;

  private StoredNumber() {}

  /**
   * From the text in the file.
   *
   * @throws NumberFormatException if it is no finite number
   */
  static String plain(String stored) {
    double value = Double.parseDouble(stored);
    if (ordinary(value)) {
      BigDecimal exact = new BigDecimal(stored.trim());
      if (exact.precision() <= EXACT_DIGITS) {
        return text(exact);
      }
    }
    return plain(value);
  }

  /**
   * From the double.
   *
   * @throws NumberFormatException if it is no finite number
   */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("Not a finite number: " + value);
    }
    return value == 0 ? "0" : text(shortest(value));
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = ordinary(value) ? EXACT_DIGITS : 1; digits < 17; digits++) {
      BigDecimal candidate = denoting(value, exact, digits);
      if (candidate != null) {
        return candidate;
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal denoting(double value, BigDecimal exact, int digits) {
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearest.doubleValue() == value) {
      return nearest;
    }
    // Below a power of two doubles lie twice as dense: there the nearest decimal may miss where one
    // on the other side hits.
    BigDecimal outer = exact.round(new MathContext(digits, RoundingMode.UP));
    return outer.doubleValue() == value ? outer : null;
  }

  private static boolean ordinary(double value) {
    double size = Math.abs(value);
    return size > SMALLEST && size < LARGEST;
  }

  private static String text(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
