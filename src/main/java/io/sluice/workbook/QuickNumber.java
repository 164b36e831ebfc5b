package io.sluice.workbook;

import java.nio.charset.StandardCharsets;

/**
 * The shortest decimal of a stored number, for those of ordinary size and length; it says when it
 * is not sure.
 *
 * <p>The number is taken as w / 10^k with w of 17 digits. The doubles next to it lie 1 to 22 units
 * of w apart, so where the nearest one lies, and how far numbers denote it, can be said in such
 * units; in doubles the error of that is less than a billionth of a unit.
 */
final class QuickNumber {
  private static final int EXACT_DIGITS = 15;
  private static final int DIGITS = 17;
  private static final int MOST_ZEROS = 30;
  private static final double DOUBT = 1e-6;
  private static final long MANTISSA = (1L << 52) - 1;

  /** The powers of ten that doubles hold exactly. */
  private static final double[] TENS = new double[23];

  private static final long[] LONG_TENS = new long[19];

  static {
    long ten = 1;
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = Double.parseDouble("1E" + i);
      if (i < LONG_TENS.length) {
        LONG_TENS[i] = ten;
        ten *= 10;
      }
    }
  }

  private QuickNumber() {}

  /** The number in plain notation; null if it is none, or an unusual one. */
  static String plain(byte[] bytes, int from, int to) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (negative) {
      i++;
    }
    long value = 0;
    int digits = 0;
    int seen = 0;
    int scale = 0;
    boolean fraction = false;
    for (; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digits == DIGITS + 1) {
          return null;
        }
        value = value * 10 + digit;
        digits += value == 0 ? 0 : 1;
        seen++;
        scale += fraction ? 1 : 0;
      } else if (digit == '.' - '0' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return null;
    }
    if (i < to) {
      int exponent = exponent(bytes, i, to);
      if (exponent == Integer.MIN_VALUE) {
        return null;
      }
      scale -= exponent;
    }
    return plain(value, digits, scale, negative);
  }

  private static String plain(long stored, int length, int stated, boolean negative) {
    if (stored == 0) {
      return "0";
    }
    long value = stored;
    int digits = length;
    int scale = stated;
    while (value % 10 == 0) {
      value /= 10;
      digits--;
      scale--;
    }
    if (scale < -MOST_ZEROS || scale > MOST_ZEROS || digits > DIGITS) {
      return null;
    }
    if (digits > EXACT_DIGITS) {
      int missing = DIGITS - digits;
      scale += missing;
      if (scale < 0 || scale >= TENS.length) {
        return null;
      }
      value = shortest(value * LONG_TENS[missing], scale);
      if (value < 0) {
        return null;
      }
      while (value % 10 == 0) {
        value /= 10;
        scale--;
      }
    }
    return text(value, scale, negative);
  }

  /**
   * The number with the fewest digits that denotes the same double as {@code w / 10^scale}, in the
   * same units; -1 if in doubt.
   */
  private static long shortest(long w, int scale) {
    double ten = TENS[scale];
    double high = w;
    double low = w - (long) high;
    double quotient = high / ten;
    double rest = Math.fma(-quotient, ten, high) + low;
    double nearest = quotient + rest / ten;
    double offset = (nearest - quotient) * ten - rest;
    double reach = Math.ulp(nearest) / 2 * ten;
    boolean powerOfTwo = (Double.doubleToRawLongBits(nearest) & MANTISSA) == 0;
    if (powerOfTwo || Math.abs(offset) > reach - DOUBT) {
      return -1;
    }
    for (long step = 100; step > 0; step /= 10) {
      long over = w % step;
      double steps = (over + offset) / step;
      long candidate = w - over + step * (long) Math.rint(steps);
      double distance = Math.abs(candidate - w - offset);
      boolean between = Math.abs(steps - Math.floor(steps) - 0.5) < DOUBT;
      if (Math.abs(distance - reach) < DOUBT || between && distance < reach) {
        return -1;
      }
      if (distance < reach) {
        return candidate;
      }
    }
    return -1;
  }

  /** The smallest int if there is none. */
  private static int exponent(byte[] bytes, int from, int to) {
    if (bytes[from] != 'E' && bytes[from] != 'e') {
      return Integer.MIN_VALUE;
    }
    int start = from + 1;
    boolean signed = start < to && (bytes[start] == '-' || bytes[start] == '+');
    int exponent = XmlNumbers.digits(bytes, signed ? start + 1 : start, to);
    if (exponent < 0) {
      return Integer.MIN_VALUE;
    }
    return signed && bytes[start] == '-' ? -exponent : exponent;
  }

  private static String text(long value, int scale, boolean negative) {
    byte[] text = new byte[2 * MOST_ZEROS + DIGITS];
    int at = text.length;
    for (int zeros = scale; zeros < 0; zeros++) {
      text[--at] = '0';
    }
    int afterPoint = Math.max(scale, 0);
    long rest = value;
    while (rest > 0 || afterPoint >= 0) {
      if (afterPoint == 0 && scale > 0) {
        text[--at] = '.';
      }
      afterPoint--;
      if (rest > 0 || afterPoint >= -1) {
        text[--at] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    if (negative) {
      text[--at] = '-';
    }
    return new String(text, at, text.length - at, StandardCharsets.ISO_8859_1);
  }
}
