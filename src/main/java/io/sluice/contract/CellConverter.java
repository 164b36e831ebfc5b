package io.sluice.contract;

import io.sluice.config.Column;
import io.sluice.error.Reason;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The contract of one column. Safe for concurrent use. */
public final class CellConverter {
  private final Column column;
  private final int index;
  private final Set<String> nullTexts = new HashSet<>();
  private final Set<Object> allowed = new HashSet<>();
  private final Pattern pattern;
  private final ValueParser parser;
  private final ValueBounds bounds;

  /**
   * @param index what violations name the column by
   * @param zone where timestamps without a zone of their own were written
   */
  public CellConverter(Column column, int index, ZoneId zone) {
    this.column = column;
    this.index = index;
    this.parser = ValueParser.of(column, zone);
    this.bounds = new ValueBounds(column);
    this.pattern = column.pattern().isEmpty() ? null : Pattern.compile(column.pattern());
    column.nullTexts().forEach(text -> nullTexts.add(folded(text)));
    column.allowed().forEach(text -> allowed.add(allowedValue(text)));
  }

  /** Converts a single cell, for a slice's column or a cell above the table. */
  public static Conversion convert(Column column, ZoneId zone, String text, CellKind kind) {
    return new CellConverter(column, 0, zone).convert(text, kind);
  }

  /**
   * Converts one cell.
   *
   * @param text null or empty where the cell is blank
   */
  public Conversion convert(String text, CellKind kind) {
    String raw = text == null ? "" : text;
    if (kind == CellKind.FORMULA_WITHOUT_VALUE) {
      return broken(
          new BadValue(
              Reason.FORMULA_WITHOUT_VALUE,
              "type",
              "The formula has no stored value: calculate and save the workbook in Excel"),
          raw);
    }
    boolean error = kind == CellKind.ERROR;
    boolean none = nullTexts.contains(folded(raw)) || (!error && Blank.is(raw));
    if (none) {
      return column.required()
          ? broken(new BadValue(Reason.REQUIRED_MISSING, "required", missing(raw)), raw)
          : Conversion.to(null);
    }
    if (error) {
      return broken(
          new BadValue(
              Reason.ERROR_CELL, "type", "The cell shows the error " + raw + ", not a value"),
          raw);
    }
    try {
      Object parsed = parser.parse(raw, kind);
      Object value = parsed instanceof Decimals.Adjusted adjusted ? adjusted.value() : parsed;
      check(value, raw);
      return parsed instanceof Decimals.Adjusted adjusted
          ? Conversion.adjusted(value, adjusted.in(index))
          : Conversion.to(value);
    } catch (BadValue bad) {
      return broken(bad, raw);
    }
  }

  private void check(Object value, String raw) throws BadValue {
    String text = value instanceof String string ? string : Blank.trim(raw);
    bounds.check(value, text);
    if (pattern != null && !pattern.matcher(text).matches()) {
      throw new BadValue(
          Reason.PATTERN_MISMATCH,
          "pattern",
          BadValue.quoted(text) + " does not have the form " + column.pattern());
    }
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      throw new BadValue(
          Reason.NOT_ALLOWED,
          "allowed",
          BadValue.quoted(text) + " is not one of " + String.join(", ", column.allowed()));
    }
  }

  private Object allowedValue(String text) {
    try {
      Object parsed = parser.parse(text, CellKind.TEXT);
      return parsed instanceof Decimals.Adjusted adjusted ? adjusted.value() : parsed;
    } catch (BadValue unusable) {
      throw new IllegalArgumentException(
          "Column " + column.name() + " allows a value of another type: " + unusable.getMessage(),
          unusable);
    }
  }

  private Conversion broken(BadValue bad, String raw) {
    return Conversion.broken(new Violation(index, bad.reason(), bad.rule(), raw, bad.getMessage()));
  }

  private static String missing(String raw) {
    return Blank.is(raw)
        ? "The cell is blank, but a value is required"
        : BadValue.quoted(raw) + " stands for none, but a value is required";
  }

  static String folded(String text) {
    return Blank.trim(text).toLowerCase(Locale.ROOT);
  }
}
