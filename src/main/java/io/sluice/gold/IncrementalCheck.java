package io.sluice.gold;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.lake.Changes;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Whether a dated model, made date by date as runs make it, is the model made of everything. Each
 * date is made alone, as it is when it is the newest; and the dates arrive in groups, in several
 * orders, which leaves out of account what is not made anew though it should be.
 */
final class IncrementalCheck {
  private static final int SHOWN = 3;
  private static final int ORDERS = 3;
  private static final int GROUPS = 5;

  private final Pipeline pipeline;
  private final GoldTable.SqlModel model;
  private final DatedRows dated;
  private final DatedRows.Inputs inputs;
  private final SortedSet<LocalDate> inputDates;

  private IncrementalCheck(
      SparkSession spark, Pipeline pipeline, GoldTable table, DatedRows.Inputs inputs) {
    this.pipeline = pipeline;
    this.model = (GoldTable.SqlModel) table.shape();
    this.dated = new DatedRows(spark, pipeline, table);
    this.inputs = inputs;
    this.inputDates = new TreeSet<>();
    for (String name : SqlModels.inputs(spark, table, pipeline)) {
      GoldDates.column(pipeline, name)
          .filter(date -> !isCalendar(name))
          .ifPresent(date -> inputDates.addAll(distinct(inputs.all(name), date)));
    }
  }

  /** Over rows of a case, all of which are in memory. */
  static ModelReport.Comparison ofCase(
      SparkSession spark,
      Pipeline pipeline,
      GoldTable table,
      Map<String, Dataset<Row>> rows,
      String over) {
    DatedRows.Inputs inputs = inMemory(pipeline, rows);
    IncrementalCheck check = new IncrementalCheck(spark, pipeline, table, inputs);
    Map<LocalDate, List<Row>> full = check.byDate(check.whole().collectAsList());
    SortedSet<LocalDate> dates = new TreeSet<>(check.inputDates);
    dates.addAll(full.keySet());
    List<String> differences = new ArrayList<>();
    for (LocalDate date : dates) {
      List<Row> alone = check.dated.alone(date, inputs).collectAsList();
      check.compare(date, full.getOrDefault(date, List.of()), alone, differences);
    }
    for (int order = 0; differences.isEmpty() && order < ORDERS; order++) {
      differences.addAll(check.arrival(order, full));
    }
    return new ModelReport.Comparison(over, dates.size(), differences.isEmpty(), differences);
  }

  /**
   * Over the tables of a lake: of so many dates at most, spread over all of them. Rows are compared
   * where they are.
   */
  static ModelReport.Comparison ofLake(
      SparkSession spark, Pipeline pipeline, GoldTable table, DatedRows.Inputs inputs, int most) {
    IncrementalCheck check = new IncrementalCheck(spark, pipeline, table, inputs);
    SortedSet<LocalDate> dates = spread(check.inputDates, most);
    List<String> differences = new ArrayList<>();
    for (LocalDate date : dates) {
      Dataset<Row> full = check.onDate(check.whole(), date);
      Dataset<Row> alone = check.dated.alone(date, inputs);
      check.compare(
          date,
          full.exceptAll(alone).limit(SHOWN).collectAsList(),
          alone.exceptAll(full).limit(SHOWN).collectAsList(),
          differences);
    }
    return new ModelReport.Comparison("the lake", dates.size(), differences.isEmpty(), differences);
  }

  static DatedRows.Inputs inMemory(Pipeline pipeline, Map<String, Dataset<Row>> rows) {
    return new DatedRows.Inputs() {
      @Override
      public Dataset<Row> all(String name) {
        return rows.get(name);
      }

      @Override
      public Dataset<Row> on(String name, SortedSet<LocalDate> dates) {
        return GoldDates.condition(pipeline, name, dates)
            .map(rows.get(name)::where)
            .orElse(rows.get(name));
      }
    };
  }

  private Dataset<Row> whole() {
    return dated.rows(Changes.EVERYTHING, inputs);
  }

  private Dataset<Row> onDate(Dataset<Row> rows, LocalDate date) {
    return rows.where(GoldDates.onDates(model.date().orElseThrow(), new TreeSet<>(List.of(date))));
  }

  private void compare(LocalDate date, List<Row> full, List<Row> alone, List<String> differences) {
    List<RowDifference> different =
        RowDifference.between(List.of(dated.columns()), full, alone, false);
    if (different.isEmpty()) {
      return;
    }
    if (differences.size() < SHOWN) {
      differences.add(
          "%s, made alone (%s): %s%s"
              .formatted(
                  date,
                  model.readsDaysBack() == 0
                      ? "of its own rows"
                      : "with `reads = \"%d days back\"`".formatted(model.readsDaysBack()),
                  text(different.get(0)),
                  different.size() > 1
                      ? "; and %d more rows".formatted(different.size() - 1)
                      : ""));
      if (differences.size() == 1) {
        differences.set(0, differences.get(0) + why(date));
      }
    } else if (differences.size() == SHOWN) {
      differences.add("and more dates");
    }
  }

  private static String text(RowDifference difference) {
    return switch (difference.kind()) {
      case RowDifference.DIFFERENT ->
          String.join(", ", difference.cells()) + " over everything, where " + difference.row();
      case RowDifference.MISSING ->
          "the row " + difference.row() + " is only there over everything";
      default -> "the row " + difference.row() + " is not there over everything";
    };
  }

  /** How far back it would have to look for this date. */
  private String why(LocalDate date) {
    List<Integer> distances =
        new ArrayList<>(
            inputDates.headSet(date).stream()
                .map(earlier -> (int) ChronoUnit.DAYS.between(earlier, date))
                .filter(days -> days > model.readsDaysBack())
                .toList());
    Collections.sort(distances);
    if (distances.isEmpty() || !sameLookingBack(date, distances.get(distances.size() - 1))) {
      return ". It looks at other dates than those before it: declare reads = all";
    }
    int low = 0;
    int high = distances.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sameLookingBack(date, distances.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return ". `reads` is too small: for this date it takes reads = \"%d days back\""
        .formatted(distances.get(low));
  }

  private boolean sameLookingBack(LocalDate date, int days) {
    Dataset<Row> full = onDate(whole(), date);
    Dataset<Row> alone = dated.lookingBack(days).alone(date, inputs);
    return full.exceptAll(alone).isEmpty() && alone.exceptAll(full).isEmpty();
  }

  /** The dates come in groups; each makes anew what runs would make anew for it. */
  private List<String> arrival(int seed, Map<LocalDate, List<Row>> full) {
    Random random = new Random(seed);
    List<LocalDate> order = new ArrayList<>(inputDates);
    Collections.shuffle(order, random);
    Map<LocalDate, List<Row>> table = new TreeMap<>();
    SortedSet<LocalDate> here = new TreeSet<>();
    int size = Math.max(1, (order.size() + GROUPS - 1) / GROUPS);
    for (int from = 0; from < order.size(); from += size) {
      SortedSet<LocalDate> arrived =
          new TreeSet<>(order.subList(from, Math.min(order.size(), from + size)));
      here.addAll(arrived);
      Changes make = dated.toMake(Changes.of(arrived));
      Map<LocalDate, List<Row>> made = byDate(dated.rows(make, arrivedOnly(here)).collectAsList());
      table.keySet().removeAll(make.dates());
      table.putAll(made);
    }
    SortedSet<LocalDate> dates = new TreeSet<>(full.keySet());
    dates.addAll(table.keySet());
    for (LocalDate date : dates) {
      List<RowDifference> different =
          RowDifference.between(
              List.of(dated.columns()),
              full.getOrDefault(date, List.of()),
              table.getOrDefault(date, List.of()),
              false);
      if (!different.isEmpty()) {
        return List.of(
            "%s, after the dates came as %s: %s. `reads` is too small, or reads = all is needed"
                .formatted(date, order, text(different.get(0))));
      }
    }
    return List.of();
  }

  private DatedRows.Inputs arrivedOnly(SortedSet<LocalDate> here) {
    return new DatedRows.Inputs() {
      @Override
      public Dataset<Row> all(String name) {
        return inputs.on(name, here);
      }

      @Override
      public Dataset<Row> on(String name, SortedSet<LocalDate> dates) {
        SortedSet<LocalDate> both = new TreeSet<>(dates);
        both.retainAll(here);
        return inputs.on(name, both);
      }
    };
  }

  private Map<LocalDate, List<Row>> byDate(List<Row> rows) {
    Map<LocalDate, List<Row>> dates = new TreeMap<>();
    for (Row row : rows) {
      Object date = row.getAs(model.date().orElseThrow());
      if (date != null) {
        dates.computeIfAbsent((LocalDate) date, any -> new ArrayList<>()).add(row);
      }
    }
    return dates;
  }

  private boolean isCalendar(String name) {
    GoldTable gold = pipeline.gold().get(name);
    return gold != null && gold.shape() instanceof GoldTable.Calendar;
  }

  private static SortedSet<LocalDate> distinct(Dataset<Row> rows, String date) {
    SortedSet<LocalDate> dates = new TreeSet<>();
    rows.select(col(date)).where(col(date).isNotNull()).distinct().collectAsList().stream()
        .map(row -> GoldDates.date(row.get(0)))
        .forEach(dates::add);
    return dates;
  }

  private static SortedSet<LocalDate> spread(SortedSet<LocalDate> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<LocalDate> list = List.copyOf(all);
    SortedSet<LocalDate> some = new TreeSet<>();
    for (int i = 0; i < most; i++) {
      some.add(list.get((int) ((long) i * (list.size() - 1) / (most - 1))));
    }
    return some;
  }
}
