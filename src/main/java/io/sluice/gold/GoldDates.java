package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.lake.LakeWrite;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
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

  /**
   * The column of a silver table whose dates its commits say to have changed: what partitions it,
   * else the first date of its slice. Empty where any change may be of any date.
   */
  static Optional<String> changesBy(Pipeline pipeline, String silver) {
    SilverTable table = pipeline.silver().get(silver);
    return table.dateColumn(pipeline.sources().get(table.from()));
  }

  /**
   * The column by which the rows of a date are found; empty for a table without a business date.
   */
  static Optional<String> column(Pipeline pipeline, String name) {
    SilverTable silver = pipeline.silver().get(name);
    if (silver != null) {
      return silver.partitionByDate();
    }
    GoldTable gold = pipeline.gold().get(name);
    if (gold.shape() instanceof GoldTable.Fact) {
      return Optional.of("date_key");
    }
    return gold.shape() instanceof GoldTable.SqlModel model ? model.date() : Optional.empty();
  }

  /** A business date, or the date key of one. */
  static LocalDate date(Object value) {
    return value instanceof LocalDate date
        ? date
        : LocalDate.parse(value.toString(), DateTimeFormatter.BASIC_ISO_DATE);
  }

  static String onDates(String column, SortedSet<LocalDate> dates) {
    return dates.isEmpty()
        ? "false"
        : dates.stream()
            .map(date -> "date'" + date + "'")
            .collect(Collectors.joining(", ", column + " in (", ")"));
  }
}
