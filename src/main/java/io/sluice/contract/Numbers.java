package io.sluice.contract;

import io.sluice.config.NumberText;
import io.sluice.error.Reason;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exact numbers, from cells that store them and from texts as a column writes them. */
final class Numbers {
  private static final Numbers USUAL = new Numbers(NumberText.USUAL);
  private static final Pattern DIGIT = Pattern.compile("\\d");

  private final NumberText written;
  private final List<String> symbols;
  private final String like;
  private final Pattern shape;
  private final Pattern grouping;

  Numbers(NumberText written) {
    this.written = written;
    this.symbols =
        written.symbols().stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    this.like = like(written);
    String group = grouping(written.grouping());
    this.grouping = Pattern.compile(group);
    String digits = group.isEmpty() ? "\\d++" : "\\d++|\\d{1,3}(?:" + group + "\\d{3})++";
    // Four digits of exponent are more than a double has, and keep a hostile one from filling the
    // memory.
    this.shape =
        Pattern.compile(
            "([+-]?)("
                + digits
                + ")?(?:"
                + Pattern.quote(String.valueOf(written.decimal()))
                + "(\\d*+))?([eE][+-]?\\d{1,4})?");
  }

  private static String like(NumberText written) {
    boolean usual =
        written.decimal() == NumberText.USUAL.decimal()
            && written.grouping() == NumberText.USUAL.grouping();
    String group = written.grouping() == NumberText.NONE ? "" : String.valueOf(written.grouping());
    return usual ? "" : " written like 1" + group + "234" + written.decimal() + "56";
  }

  /** What people use for one another: three kinds of blank, two kinds of apostrophe. */
  private static String grouping(char separator) {
    return switch (separator) {
      case NumberText.NONE -> "";
      case ' ' -> "[ \\u00A0\\u202F]";
      case '\'' -> "['\\u2019]";
      default -> Pattern.quote(String.valueOf(separator));
    };
  }

  /**
   * @param expected completes "… is not"
   */
  BigDecimal exact(String text, CellKind kind, String expected) throws BadValue {
    if (kind == CellKind.DATE) {
      throw new BadValue(
          Reason.TYPE_MISMATCH,
          "type",
          BadValue.quoted(text) + " is a date, not " + expected + ": the cell has a date format");
    }
    if (kind.number()) {
      return USUAL.parsed(Blank.trim(text), text, expected);
    }
    String body = Blank.trim(text);
    if (written.percent()) {
      // Nobody can tell whether 12.5 without the sign is 12.5 or 0.125.
      if (!body.contains("%")) {
        throw BadValue.type(text, expected + " with the sign %");
      }
      body = once(body, "%");
    }
    for (String symbol : symbols) {
      if (body.contains(symbol)) {
        body = once(body, symbol);
        break;
      }
    }
    BigDecimal number = parsed(body, text, expected);
    return written.percent() ? number.movePointLeft(2) : number;
  }

  /** Without a sign that stands before or after the digits, inside or outside of the minus. */
  private static String once(String text, String sign) {
    int at = text.indexOf(sign);
    String before = text.substring(0, at);
    String after = text.substring(at + sign.length());
    boolean between = DIGIT.matcher(before).find() && DIGIT.matcher(after).find();
    if (between || after.contains(sign)) {
      return text;
    }
    return Blank.trim(Blank.trim(before) + Blank.trim(after));
  }

  private BigDecimal parsed(String trimmed, String text, String expected) throws BadValue {
    boolean brackets = trimmed.startsWith("(") && trimmed.endsWith(")") && trimmed.length() > 2;
    String body = brackets ? Blank.trim(trimmed.substring(1, trimmed.length() - 1)) : trimmed;
    boolean trailing = written.trailingMinus() && body.endsWith("-") && body.length() > 1;
    if (trailing) {
      body = Blank.trim(body.substring(0, body.length() - 1));
    }
    Matcher parts = shape.matcher(body);
    boolean signed = parts.matches() && !parts.group(1).isEmpty();
    if (!parts.matches() || (brackets && (signed || trailing)) || (trailing && signed)) {
      throw BadValue.type(text, expected + like);
    }
    String integer = parts.group(2) == null ? "" : grouping.matcher(parts.group(2)).replaceAll("");
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    if (integer.isEmpty() && fraction.isEmpty()) {
      throw BadValue.type(text, expected + like);
    }
    String exponent = parts.group(4) == null ? "" : parts.group(4);
    String sign = brackets || trailing ? "-" : parts.group(1);
    return new BigDecimal(sign + integer + (fraction.isEmpty() ? "" : "." + fraction) + exponent);
  }
}
