package io.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a calendar and the file of its holidays. */
final class CalendarReader {
  private static final String HEADER = "date";

  private final Node node;
  private final Path folder;

  private CalendarReader(Node node, Path folder) {
    this.node = node;
    this.folder = folder;
  }

  /**
   * @param folder of the pipeline file
   */
  static GoldTable.Calendar read(Node calendar, Path folder) {
    return new CalendarReader(calendar, folder).read();
  }

  private GoldTable.Calendar read() {
    LocalDate from = node.value(TableKeys.CALENDAR_FROM);
    LocalDate to = node.value(TableKeys.CALENDAR_TO);
    boolean bounded =
        !node.wrong(TableKeys.CALENDAR_FROM)
            && !node.wrong(TableKeys.CALENDAR_TO)
            && !from.isAfter(to);
    if (!bounded && !node.wrong(TableKeys.CALENDAR_FROM) && !node.wrong(TableKeys.CALENDAR_TO)) {
      node.mistake(
          TableKeys.CALENDAR_TO,
          "the calendar ends on %s, before it begins on %s".formatted(to, from));
    }
    Optional<Integer> starts = node.optional(TableKeys.FISCAL_YEAR_STARTS);
    FiscalYear.NamedBy namedBy = node.value(TableKeys.FISCAL_YEAR_NAMED_BY);
    // The default is no mistake: the effective configuration, which shows it, can be loaded again.
    if (starts.isEmpty() && namedBy != FiscalYear.NamedBy.END) {
      node.mistake(
          TableKeys.FISCAL_YEAR_NAMED_BY,
          "fiscal-year-named-by has a meaning only with fiscal-year-starts");
    }
    GoldTable.Calendar plain = new GoldTable.Calendar(from, to);
    return new GoldTable.Calendar(
        from,
        to,
        starts.map(month -> new FiscalYear(month, namedBy)),
        node.optional(TableKeys.HOLIDAYS)
            .filter(name -> !node.wrong(TableKeys.HOLIDAYS))
            .map(name -> holidays(name, bounded ? Optional.of(plain) : Optional.empty())));
  }

  private Holidays holidays(String name, Optional<GoldTable.Calendar> within) {
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    node.shows(TableKeys.HOLIDAYS, file.toString());
    SortedMap<LocalDate, String> days = new TreeMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = (i == 0 ? lines.get(i).replace("\uFEFF", "") : lines.get(i)).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int comma = line.indexOf(',');
      String date = unquoted(comma < 0 ? line : line.substring(0, comma));
      if (i == 0 && date.equalsIgnoreCase(HEADER)) {
        continue;
      }
      Location place = new Location(file.toString(), i + 1);
      Optional<LocalDate> day = date(date);
      if (day.isEmpty()) {
        node.mistake(
            TableKeys.HOLIDAYS, place, date + " is not a date such as 2024-01-01 before a comma");
        continue;
      }
      if (within.isPresent()
          && (day.get().isBefore(within.get().from()) || day.get().isAfter(within.get().to()))) {
        node.mistake(
            TableKeys.HOLIDAYS,
            place,
            "%s is not in the calendar, which has %s to %s"
                .formatted(day.get(), within.get().from(), within.get().to()));
      }
      String holiday = comma < 0 ? "" : unquoted(line.substring(comma + 1));
      if (holiday.isEmpty()) {
        node.mistake(TableKeys.HOLIDAYS, place, day.get() + " has no name after its comma");
      }
      String other = days.putIfAbsent(day.get(), holiday);
      if (other != null) {
        node.mistake(
            TableKeys.HOLIDAYS,
            place,
            "%s stands above already, as %s".formatted(day.get(), other));
      }
    }
    return new Holidays(file, days);
  }

  private List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      node.mistake(
          TableKeys.HOLIDAYS,
          "the file of holidays %s %s"
              .formatted(file, Files.exists(file) ? "cannot be read as UTF-8" : "does not exist"));
      return List.of();
    }
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\"\"", "\"").strip()
        : text;
  }
}
