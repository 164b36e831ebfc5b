package io.sluice.gold;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;

import io.sluice.config.SilverTable;
import io.sluice.lake.DriftHistory;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The silver and gold tables that gold is made from. A dimension that was made anew in this run is
 * read as it will be, without the superseded rows that stand beside it until the facts are
 * repointed.
 */
final class GoldInputs {
  private final RunScope scope;
  private final Map<String, Dataset<Row>> fresh = new HashMap<>();
  private final Map<String, String[]> added = new HashMap<>();

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

  /** Columns that silver got by itself are none of gold's, which has the declared ones. */
  Dataset<Row> all(String name) {
    if (fresh.containsKey(name)) {
      return fresh.get(name);
    }
    Dataset<Row> rows = table(name).read();
    SilverTable silver = scope.pipeline().silver().get(name);
    return silver == null ? rows : rows.drop(added(silver.from()));
  }

  private String[] added(String source) {
    return added.computeIfAbsent(
        source,
        of ->
            new DriftHistory(scope.lake())
                .added(scope.pipeline().sources().get(of))
                .toArray(String[]::new));
  }

  /** The rows of these dates by a column of silver, which need not partition the table. */
  Dataset<Row> on(String silver, String column, SortedSet<LocalDate> dates) {
    Dataset<Row> rows = all(silver).where(GoldDates.onDates(column, dates));
    return partitionedBy(silver, column) ? rows.where(LakeWrite.partitions(dates)) : rows;
  }

  /** The rows of a silver table from one date on until before another one. */
  Dataset<Row> between(String silver, String column, LocalDate from, LocalDate to) {
    Dataset<Row> rows =
        all(silver).where("%1$s >= date'%2$s' and %1$s < date'%3$s'".formatted(column, from, to));
    return partitionedBy(silver, column)
        ? rows.where(
            "concat(year, month, day) >= '%s' and concat(year, month, day) < '%s'"
                .formatted(from.format(BASIC_ISO_DATE), to.format(BASIC_ISO_DATE)))
        : rows;
  }

  private boolean partitionedBy(String silver, String column) {
    return scope
        .pipeline()
        .silver()
        .get(silver)
        .partitionByDate()
        .filter(column::equals)
        .isPresent();
  }

  /** The rows of these dates where the table is dated, else all rows. */
  Dataset<Row> on(String name, SortedSet<LocalDate> dates) {
    Optional<String> condition = GoldDates.condition(scope.pipeline(), name, dates);
    return condition.isEmpty() ? all(name) : all(name).where(condition.get());
  }
}
