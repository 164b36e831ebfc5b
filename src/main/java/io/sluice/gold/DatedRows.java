package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.lake.Changes;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a SQL model makes of a change. Runs and the comparisons of {@code sluice test} both compute
 * it here.
 */
final class DatedRows {
  private final SparkSession spark;
  private final Pipeline pipeline;
  private final GoldTable table;
  private final GoldTable.SqlModel model;
  private String[] columns = {};

  /** The tables that a model reads. */
  interface Inputs {
    Dataset<Row> all(String name);

    /** The rows of these dates where the table is dated, else all rows. */
    Dataset<Row> on(String name, SortedSet<LocalDate> dates);
  }

  DatedRows(SparkSession spark, Pipeline pipeline, GoldTable table) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.table = table;
    this.model = (GoldTable.SqlModel) table.shape();
  }

  /** Whether the model is made by date, and not whole at every change. */
  boolean byDate() {
    return model.date().isPresent() && model.readsDaysBack() >= 0;
  }

  /** The dates to make anew: a change shows on its day, and on the days that look back at it. */
  Changes toMake(Changes changes) {
    if (changes.everything() || !byDate()) {
      return Changes.EVERYTHING;
    }
    return Changes.of(spread(changes.dates(), 0, model.readsDaysBack()));
  }

  /** The dates of its inputs that the model sees for these dates. */
  SortedSet<LocalDate> looksAt(SortedSet<LocalDate> dates) {
    return spread(dates, -model.readsDaysBack(), 0);
  }

  /**
   * The rows to put in the place of those of the given dates, or of all rows.
   *
   * @param make what {@link #toMake} found
   */
  Dataset<Row> rows(Changes make, Inputs inputs) {
    Map<String, Dataset<Row>> read = new HashMap<>();
    for (String input : SqlModels.inputs(spark, table, pipeline)) {
      read.put(
          input, make.everything() ? inputs.all(input) : inputs.on(input, looksAt(make.dates())));
    }
    Dataset<Row> rows = SqlModels.rows(spark, table, pipeline, read);
    columns = rows.columns();
    return make.everything()
        ? rows
        : rows.where(GoldDates.onDates(model.date().orElseThrow(), make.dates()));
  }

  /** The columns of what was made last. */
  String[] columns() {
    return columns.clone();
  }

  /** The same model, as if it looked back so many days. */
  DatedRows lookingBack(int days) {
    return new DatedRows(
        spark,
        pipeline,
        new GoldTable(
            table.name(),
            table.description(),
            table.owner(),
            new GoldTable.SqlModel(model.file(), model.sql(), model.date(), days),
            table.partitionByDate(),
            table.gate()));
  }

  /** The rows of one date, made of what the model may look at for it. */
  Dataset<Row> alone(LocalDate date, Inputs inputs) {
    return rows(Changes.of(new TreeSet<>(java.util.Set.of(date))), inputs);
  }

  private static SortedSet<LocalDate> spread(SortedSet<LocalDate> dates, int from, int to) {
    SortedSet<LocalDate> all = new TreeSet<>();
    for (LocalDate date : dates) {
      for (int days = from; days <= to; days++) {
        all.add(date.plusDays(days));
      }
    }
    return all;
  }
}
