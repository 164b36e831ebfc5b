package io.sluice.workbook;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The shortest decimal that denotes a stored double, in plain notation. */
public final class StoredNumber {
  // Within these, no two decimals of at most 15 digits denote the same double, so one that denotes
  // it is the shortest.
  private static final int EXACT_DIGITS = 15;
  private static final int FLOAT_DIGITS = 9;
  private static final int LONGEST = 400;
  private static final double SMALLEST = 1e-290;
  private static final double LARGEST = 1e290;

  private StoredNumber() {}

  /**
   * From the bytes in the file.
   *
   * @throws NumberFormatException if it is no finite number
   */
  static String plain(XmlText stored) throws IOException {
    if (alreadyPlain(stored.bytes, stored.from, stored.to)) {
      return stored.string();
    }
    String quick = QuickNumber.plain(stored.bytes, stored.from, stored.to);
    return quick == null ? plain(stored.string()) : quick;
  }

  /**
   * From the text in the file.
   *
   * @throws NumberFormatException if it is no finite number
   */
  static String plain(String stored) {
    double value = Double.parseDouble(stored);
    // Beyond, the time that it takes to make a decimal of it grows faster than the text.
    if (ordinary(value) && stored.length() <= LONGEST) {
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
  public static String plain(double value) {
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("Not a finite number: " + value);
    }
    if (value == 0) {
      return "0";
    }
    // What JDK 17 writes denotes the double, if not always in the fewest digits.
    byte[] written = Double.toString(value).getBytes(StandardCharsets.US_ASCII);
    String quick = QuickNumber.plain(written, 0, written.length);
    return quick == null ? slow(value) : quick;
  }

  /**
   * The shortest decimal that denotes a stored float.
   *
   * @throws NumberFormatException if it is no finite number
   */
  static String plain(float value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < FLOAT_DIGITS; digits++) {
      // As with doubles, just below a power of two the nearest decimal may miss.
      for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
        BigDecimal candidate = exact.round(new MathContext(digits, mode));
        if (candidate.floatValue() == value) {
          return text(candidate);
        }
      }
    }
    return text(exact.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN)));
  }

  /** As {@link #plain(double)}, of any number but zero, with numbers of any size. */
  static String slow(double value) {
    return text(shortest(value));
  }

  /** Whether it is what would be made of it: few digits, no exponent, no zeros to drop. */
  private static boolean alreadyPlain(byte[] bytes, int from, int to) {
    int start = from < to && bytes[from] == '-' ? from + 1 : from;
    int point = -1;
    for (int i = start; i < to; i++) {
      if (bytes[i] == '.' && point < 0) {
        point = i;
      } else if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    int whole = (point < 0 ? to : point) - start;
    int digits = to - start - (point < 0 ? 0 : 1);
    if (whole == 0 || digits > EXACT_DIGITS || bytes[start] == '0' && whole > 1) {
      return false;
    }
    return point < 0
        ? bytes[start] != '0' || start == from
        : point < to - 1 && bytes[to - 1] != '0';
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
