package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The silver and gold tables that gold is made from. A dimension that was made anew in this run is read as it will be, without
 * the superseded rows that stand beside it until the facts are repointed.
 */
final class GoldInputs {
  private final RunScope scope;
  private final Map<String, Dataset<Row>> fresh = new HashMap<>();

  GoldInputs(RunScope scope) {
    this.scope = scope;
  }

  void putFresh(String dimension, Dataset<Row> rows) {
    fresh.put(dimension, rows);
  }

  LakeTable table(String name) {
    boolean silver = scope.pipeline().silver().containsKey(name);
    return scope.lake().table(silver ? Layer.SILVER : Layer.GOLD, name);
  }

  Optional<LakeState> state(String name) {
    return table(name).state();
  }

  Dataset<Row> all(String name) {
    return fresh.containsKey(name) ? fresh.get(name) : table(name).read();
  }

  /** The rows of these dates where the table is dated, else all rows. */
  Dataset<Row> on(String name, SortedSet<LocalDate> dates) {
    Optional<String> condition = dateCondition(scope.pipeline(), name, dates);
    return condition.isEmpty() ? all(name) : all(name).where(condition.get());
  }

  /** SQL that selects the dates of a table; empty for a table without a business date. */
  static Optional<String> dateCondition(
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
