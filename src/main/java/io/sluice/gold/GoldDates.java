package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.lake.LakeWrite;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** How the rows of a business date are found in each kind of table. */
public final class GoldDates {
  private GoldDates() {}

  /** SQL that selects the dates of a table; empty for a table without a business date. */
  public static Optional<String> condition(
      Pipeline pipeline, String name, SortedSet<LocalDate> dates) {
    SilverTable silver = pipeline.silver().get(name);
    if (silver != null) {
      return silver.partitionByDate().map(date -> LakeWrite.partitions(dates));
    }
    GoldTable gold = pipeline.gold().get(name);
    if (gold.partitionByDate().isPresent()) {
      return Optional.of(LakeWrite.partitions(dates));
    }
    if (gold.shape() instanceof GoldTable.Fact) {
      return Optional.of(
          dates.isEmpty()
              ? "false"
              : dates.stream()
                  .map(date -> date.toString().replace("-", ""))
                  .collect(Collectors.joining(", ", "date_key in (", ")")));
    }
    if (gold.shape() instanceof GoldTable.SqlModel model && model.date().isPresent()) {
      return Optional.of(onDates(model.date().get(), dates));
    }
    return Optional.empty();
  }

  static String onDates(String column, SortedSet<LocalDate> dates) {
    return dates.isEmpty()
        ? "false"
        : dates.stream()
            .map(date -> "date'" + date + "'")
            .collect(Collectors.joining(", ", column + " in (", ")"));
  }
}
