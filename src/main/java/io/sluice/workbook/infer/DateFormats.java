package io.sluice.workbook.infer;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.NumberText;
import io.sluice.contract.CellConverter;
import io.sluice.contract.CellKind;
import io.sluice.contract.Conversion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The patterns under which the contract reads all of some texts as dates or timestamps. Ask it with
 * every text.
 */
final class DateFormats {
  private static final List<String> DATES =
      List.of(
          "",
          "dd-MMM-yyyy",
          "d-MMM-yyyy",
          "dd-MMM-yy",
          "dd MMM yyyy",
          "d MMM yyyy",
          "d MMMM yyyy",
          "MMM d, yyyy",
          "MMMM d, yyyy",
          "MM/dd/yyyy",
          "M/d/yyyy",
          "dd/MM/yyyy",
          "d/M/yyyy",
          "dd.MM.yyyy",
          "d.M.yyyy",
          "yyyy/MM/dd",
          "MM-dd-yyyy",
          "dd-MM-yyyy",
          "MM/dd/yy",
          "dd/MM/yy");
  private static final List<String> TIMESTAMPS =
      List.of(
          "",
          "dd-MMM-yyyy HH:mm",
          "dd-MMM-yyyy HH:mm:ss",
          "MM/dd/yyyy HH:mm",
          "MM/dd/yyyy HH:mm:ss",
          "dd/MM/yyyy HH:mm",
          "dd/MM/yyyy HH:mm:ss",
          "dd.MM.yyyy HH:mm",
          "dd.MM.yyyy HH:mm:ss",
          "yyyy/MM/dd HH:mm:ss");

  private record Candidate(String pattern, CellConverter converter) {}

  private final List<Candidate> dates = candidates(DATES, ColumnType.Kind.DATE);
  private final List<Candidate> timestamps = candidates(TIMESTAMPS, ColumnType.Kind.TIMESTAMP);

  void take(String text) {
    dates.removeIf(candidate -> !reads(candidate, text));
    timestamps.removeIf(candidate -> !reads(candidate, text));
  }

  /** Patterns that read all texts as dates, the likeliest first; an empty one is ISO 8601. */
  List<String> dates() {
    return dates.stream().map(Candidate::pattern).toList();
  }

  List<String> timestamps() {
    return timestamps.stream().map(Candidate::pattern).toList();
  }

  private static boolean reads(Candidate candidate, String text) {
    Conversion conversion = candidate.converter().convert(text, CellKind.TEXT);
    if (conversion.violation().isPresent()) {
      return false;
    }
    int year =
        conversion.value() instanceof LocalDate date
            ? date.getYear()
            : ((Instant) conversion.value()).atOffset(ZoneOffset.UTC).getYear();
    return year >= 1900 && year <= 2200;
  }

  private static List<Candidate> candidates(List<String> patterns, ColumnType.Kind kind) {
    List<Candidate> candidates = new ArrayList<>();
    for (String pattern : patterns) {
      List<String> formats = pattern.isEmpty() ? List.of() : List.of(pattern);
      candidates.add(
          new Candidate(
              pattern, new CellConverter(column(ColumnType.of(kind), formats), 0, ZoneOffset.UTC)));
    }
    return candidates;
  }

  private static Column column(ColumnType type, List<String> formats) {
    return new Column(
        "candidate",
        "",
        List.of(),
        type,
        false,
        formats,
        List.of(),
        "",
        List.of(),
        Column.ScaleExcess.REJECT,
        Column.Blanks.KEEP,
        NumberText.USUAL,
        Bounds.NONE,
        null);
  }
}
