package io.sluice.gold;

import io.sluice.config.ColumnType;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
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

  /**
   * The column of a silver table whose dates its commits say to have changed: what partitions it,
   * else the first date of its slice. Empty where any change may be of any date.
   */
  static Optional<String> changesBy(Pipeline pipeline, String silver) {
    SilverTable table = pipeline.silver().get(silver);
    Source source = pipeline.sources().get(table.from());
    return table
        .partitionByDate()
        .or(
            () ->
                source.slice().stream()
                    .filter(
                        name ->
                            source.contractColumns().stream()
                                .filter(column -> column.name().equals(name))
                                .anyMatch(c -> c.type().kind() == ColumnType.Kind.DATE))
                    .findFirst());
  }

  static String onDates(String column, SortedSet<LocalDate> dates) {
    return dates.isEmpty()
        ? "false"
        : dates.stream()
            .map(date -> "date'" + date + "'")
            .collect(Collectors.joining(", ", column + " in (", ")"));
  }
}
