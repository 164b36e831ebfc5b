package io.sluice.contract;

import io.sluice.error.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dates and timestamps: from cells with a date format, and from text in the declared formats or ISO
 * 8601.
 */
final class Dates {
  private static final int NANOS_A_MICRO = 1_000;

  private static final List<DateTimeFormatter> ISO =
      List.of(
          DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT),
          isoTimestamp("uuuu-MM-dd'T'HH:mm"),
          isoTimestamp("uuuu-MM-dd HH:mm"));

  private final List<DateTimeFormatter> formats = new ArrayList<>();
  private final String expected;
  private final ZoneId zone;

  Dates(List<String> patterns, ZoneId zone) {
    this.zone = zone;
    this.expected =
        patterns.isEmpty()
            ? "of the form yyyy-MM-dd"
            : "of the form " + String.join(" or ", patterns);
    patterns.forEach(pattern -> formats.add(formatter(pattern)));
    formats.addAll(ISO);
  }

  LocalDate date(String text, CellKind kind) throws BadValue {
    TemporalAccessor parsed = parsed(text, kind, "a date");
    if (parsed instanceof LocalDate date) {
      return inRange(date, text);
    }
    LocalDateTime local =
        parsed instanceof LocalDateTime time ? time : ZonedDateTime.from(parsed).toLocalDateTime();
    if (!local.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      throw BadValue.type(text, "a date: it has a time of day");
    }
    return inRange(local.toLocalDate(), text);
  }

  Instant timestamp(String text, CellKind kind) throws BadValue {
    TemporalAccessor parsed = parsed(text, kind, "a timestamp");
    boolean timed = parsed.isSupported(ChronoField.NANO_OF_SECOND);
    if (timed && parsed.get(ChronoField.NANO_OF_SECOND) % NANOS_A_MICRO != 0) {
      throw BadValue.type(text, "a timestamp to the microsecond, and no more is kept");
    }
    if (parsed instanceof ZonedDateTime zoned) {
      inRange(zoned.toLocalDate(), text);
      return zoned.toInstant();
    }
    LocalDateTime local =
        parsed instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(parsed);
    inRange(local.toLocalDate(), text);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw BadValue.type(text, "a time that exists in " + zone + ": clocks skipped it");
    }
    // When clocks go back an hour happens twice, and the workbook cannot say which: the earlier
    // one, as java.time has it.
    return local.toInstant(offsets.get(0));
  }

  private TemporalAccessor parsed(String text, CellKind kind, String what) throws BadValue {
    if (kind.number()) {
      throw new BadValue(
          Reason.TYPE_MISMATCH,
          "type",
          BadValue.quoted(text)
              + " is a number that is not formatted as a date, not "
              + what
              + ": give the cell a date format");
    }
    if (kind == CellKind.BOOLEAN) {
      throw BadValue.type(text, what);
    }
    String trimmed = Blank.trim(text);
    for (DateTimeFormatter format : formats) {
      try {
        return format.parseBest(trimmed, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
      } catch (DateTimeParseException other) {
        continue;
      }
    }
    throw BadValue.type(text, what + " " + expected);
  }

  private static LocalDate inRange(LocalDate date, String text) throws BadValue {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new BadValue(
          Reason.OUT_OF_RANGE, "range", BadValue.quoted(text) + " is not in the years 1 to 9999");
    }
    return date;
  }

  private static DateTimeFormatter isoTimestamp(String start) {
    return new DateTimeFormatterBuilder()
        .appendPattern(start)
        .optionalStart()
        .appendPattern(":ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .optionalEnd()
        .appendPattern("[XXX]")
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(prolepticYears(pattern))
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /**
   * A strict formatter takes 'y' for a year of an era and wants to know the era; people who write
   * yyyy mean uuuu.
   */
  private static String prolepticYears(String pattern) {
    StringBuilder translated = new StringBuilder(pattern.length());
    boolean quoted = false;
    boolean era = pattern.replaceAll("'[^']*'", "").indexOf('G') >= 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      translated.append(c == 'y' && !quoted && !era ? 'u' : c);
    }
    return translated.toString();
  }
}
