package io.sluice.run;

import io.sluice.config.ColumnType;
import io.sluice.config.Source;
import io.sluice.contract.SliceText;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Whether every source that is expected has an accepted file for each business day of a range. */
final class Expectations {
  private Expectations() {}

  /**
   * What is missing, a line each.
   *
   * @param from first business date
   * @param to first business date that is not in the range
   */
  static List<String> missing(RunScope scope, LocalDate from, LocalDate to) {
    List<String> missing = new ArrayList<>();
    for (Source source : scope.pipeline().sources().values()) {
      Optional<String> date = dateColumn(source);
      if (source.expectedBy() == null || date.isEmpty()) {
        continue;
      }
      Set<LocalDate> there = dates(scope, source, date.get());
      for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
        if (isBusinessDay(day) && !there.contains(day)) {
          missing.add("%s: no accepted file for %s".formatted(source.name(), day));
        }
      }
    }
    return missing;
  }

  private static Set<LocalDate> dates(RunScope scope, Source source, String column) {
    Ledger ledger = new Ledger(scope.lake());
    Set<LocalDate> dates = new HashSet<>();
    if (ledger.state().isPresent()) {
      for (Row row : ledger.winners(source.name()).select("slice").collectAsList()) {
        SliceText.date(row.getString(0), column).ifPresent(dates::add);
      }
    }
    return dates;
  }

  private static Optional<String> dateColumn(Source source) {
    return source.contractColumns().stream()
        .filter(column -> source.slice().contains(column.name()))
        .filter(column -> column.type().kind() == ColumnType.Kind.DATE)
        .map(io.sluice.config.Column::name)
        .findFirst();
  }

  private static boolean isBusinessDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }
}
