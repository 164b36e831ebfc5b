package io.sluice.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a column, in the table or above it, and checks that its keys go together. */
final class ColumnReader {
  private static final ZonedDateTime SOME_TIME =
      ZonedDateTime.of(2024, 3, 19, 13, 45, 0, 0, ZoneOffset.UTC);

  private final Node node;
  private final ColumnType type;

  private ColumnReader(Node node, ColumnType type) {
    this.node = node;
    this.type = type;
  }

  /**
   * @param known whether the type could be read, so that what does not go with it is a mistake
   */
  static Column read(
      Node node, ColumnType type, boolean known, List<String> headers, Key<Boolean> required) {
    return new ColumnReader(node, type).read(known, headers, required);
  }

  /** Whether the column is declared to be left out. */
  static boolean dropped(Node node) {
    return node.optional(SourceKeys.SENSITIVE).filter(Sensitive::dropped).isPresent()
        && !node.wrong(SourceKeys.SENSITIVE);
  }

  private Column read(boolean known, List<String> headers, Key<Boolean> required) {
    if (known) {
      checkFits();
    }
    Optional<Sensitive> sensitive = node.optional(SourceKeys.SENSITIVE);
    if (sensitive.isPresent() && !node.wrong(SourceKeys.SENSITIVE)) {
      checkSensitive(sensitive.get(), known);
    }
    NumberText written = node.value(SourceKeys.NUMBER);
    return new Column(
        node.name(),
        node.value(PlaceKeys.DESCRIPTION),
        headers,
        type,
        node.value(required),
        formats(),
        node.value(SourceKeys.NULL_TEXT),
        node.value(SourceKeys.PATTERN),
        node.value(SourceKeys.ALLOWED),
        node.value(SourceKeys.SCALE_EXCESS),
        node.value(SourceKeys.BLANKS),
        new NumberText(
            written.decimal(),
            written.grouping(),
            node.value(SourceKeys.PERCENT),
            node.value(SourceKeys.TRAILING_MINUS),
            node.value(SourceKeys.SYMBOLS)),
        bounds(known),
        sensitive.map(Sensitive::key).orElse(null));
  }

  private void checkFits() {
    boolean text = type.kind() == ColumnType.Kind.STRING;
    boolean decimal = type.kind() == ColumnType.Kind.DECIMAL;
    boolean ordered = number() || type.kind() == ColumnType.Kind.DATE;
    fits(temporal(), SourceKeys.FORMAT, List.of(), "dates and timestamps");
    fits(decimal, SourceKeys.SCALE_EXCESS, Column.ScaleExcess.REJECT, "decimals");
    fits(decimal, SourceKeys.PERCENT, false, "decimals");
    fits(number(), SourceKeys.NUMBER, NumberText.USUAL, "numbers");
    fits(number(), SourceKeys.TRAILING_MINUS, false, "numbers");
    fits(number(), SourceKeys.SYMBOLS, List.of(), "numbers");
    fits(ordered, SourceKeys.MIN, "", "numbers and dates");
    fits(ordered, SourceKeys.MAX, "", "numbers and dates");
    fits(text, SourceKeys.MIN_LENGTH, 0, "text (type string)");
    fits(text, SourceKeys.MAX_LENGTH, 0, "text (type string)");
  }

  private <T> void fits(boolean fitting, Key<T> key, T usual, String what) {
    if (!fitting && node.declares(key) && !node.value(key).equals(usual) && !node.wrong(key)) {
      node.mistake(
          key, node.pathOf(key.name()) + " is for " + what + ", but the type is " + type.sql());
    }
  }

  private void checkSensitive(Sensitive sensitive, boolean known) {
    String path = node.pathOf(SourceKeys.SENSITIVE.name());
    if (sensitive.dropped()) {
      return;
    }
    if (known && type.kind() != ColumnType.Kind.STRING) {
      node.mistake(
          SourceKeys.SENSITIVE,
          path + " makes a text of every value, so the type must be string, not " + type.sql());
    }
    unchecked(SourceKeys.PATTERN, !node.value(SourceKeys.PATTERN).isEmpty());
    unchecked(SourceKeys.ALLOWED, !node.value(SourceKeys.ALLOWED).isEmpty());
    unchecked(SourceKeys.MIN_LENGTH, node.optional(SourceKeys.MIN_LENGTH).isPresent());
    unchecked(SourceKeys.MAX_LENGTH, node.optional(SourceKeys.MAX_LENGTH).isPresent());
  }

  /** What a person who reads the contract would believe to be checked. */
  private void unchecked(Key<?> key, boolean asked) {
    if (asked) {
      node.mistake(
          key,
          "%s cannot be checked beside %s: only a hash is left to look at"
              .formatted(node.pathOf(key.name()), node.pathOf(SourceKeys.SENSITIVE.name())));
    }
  }

  private Bounds bounds(boolean known) {
    Bounds bounds =
        new Bounds(
            node.optional(SourceKeys.MIN).orElse(""),
            node.optional(SourceKeys.MAX).orElse(""),
            node.optional(SourceKeys.MIN_LENGTH).orElse(0),
            node.optional(SourceKeys.MAX_LENGTH).orElse(Integer.MAX_VALUE));
    if (bounds.minLength() > bounds.maxLength()) {
      crossed(SourceKeys.MIN_LENGTH, SourceKeys.MAX_LENGTH);
    }
    if (known && (number() || type.kind() == ColumnType.Kind.DATE)) {
      boolean readable = readable(SourceKeys.MIN, bounds.min());
      readable &= readable(SourceKeys.MAX, bounds.max());
      if (readable && !bounds.min().isEmpty() && !bounds.max().isEmpty() && reversed(bounds)) {
        crossed(SourceKeys.MIN, SourceKeys.MAX);
      }
    }
    return bounds;
  }

  private boolean reversed(Bounds bounds) {
    return number()
        ? new BigDecimal(bounds.min()).compareTo(new BigDecimal(bounds.max())) > 0
        : LocalDate.parse(bounds.min()).isAfter(LocalDate.parse(bounds.max()));
  }

  private void crossed(Key<?> least, Key<?> most) {
    node.mistake(
        least,
        "%s is more than %s: no value would do"
            .formatted(node.pathOf(least.name()), node.pathOf(most.name())));
  }

  private boolean readable(Key<String> key, String bound) {
    if (bound.isEmpty()) {
      return true;
    }
    try {
      if (number()) {
        new BigDecimal(bound);
      } else {
        LocalDate.parse(bound);
      }
      return true;
    } catch (NumberFormatException | DateTimeException e) {
      node.mistake(
          key,
          "%s is \"%s\", but must be a %s, as the column is"
              .formatted(
                  node.pathOf(key.name()), bound, number() ? "number" : "date such as 2024-01-31"));
      return false;
    }
  }

  private boolean number() {
    return switch (type.kind()) {
      case DECIMAL, INTEGER, LONG -> true;
      case STRING, DATE, TIMESTAMP, BOOLEAN -> false;
    };
  }

  private boolean temporal() {
    return type.kind() == ColumnType.Kind.DATE || type.kind() == ColumnType.Kind.TIMESTAMP;
  }

  private List<String> formats() {
    List<String> formats = node.value(SourceKeys.FORMAT);
    boolean date = type.kind() == ColumnType.Kind.DATE;
    for (String format : temporal() ? formats : List.<String>of()) {
      if (!usable(format, date)) {
        String better = format.replace("mm", "MM").replace('Y', 'y').replace('D', 'd');
        boolean suggest = date && !better.equals(format) && usable(better, true);
        node.mistake(
            SourceKeys.FORMAT,
            format,
            node.pathOf("format")
                + " has \""
                + format
                + "\", which is not a pattern of java.time for a "
                + (date ? "date" : "timestamp")
                + (suggest ? "; did you mean " + better + "?" : " such as dd-MMM-yyyy"));
      }
    }
    return formats;
  }

  /** A pattern is usable if what it writes is what it reads. */
  private static boolean usable(String format, boolean date) {
    try {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
      if (!date) {
        formatter.format(SOME_TIME);
        return true;
      }
      String text = formatter.format(SOME_TIME.toLocalDate());
      return LocalDate.parse(text, formatter).equals(SOME_TIME.toLocalDate());
    } catch (IllegalArgumentException | DateTimeException e) {
      return false;
    }
  }
}
