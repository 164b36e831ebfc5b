package io.sluice.gold;

import io.sluice.config.ColumnType;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Which tables a model reads, and whether what it says about them is true. */
final class SqlInputs {
  /** Columns of every dimension that show how it is known now. */
  private static final Set<String> OF_TODAY = Set.of("valid_to", "is_current", "is_inferred");

  private final SqlPlan plan;
  private final GoldTable.SqlModel model;
  private final Pipeline pipeline;

  private SqlInputs(SqlPlan plan, GoldTable.SqlModel model, Pipeline pipeline) {
    this.plan = plan;
    this.model = model;
    this.pipeline = pipeline;
  }

  /** The tables read, as they are declared, in the order of the text. */
  static Set<String> of(SqlPlan plan, GoldTable.SqlModel model, Pipeline pipeline) {
    SqlInputs inputs = new SqlInputs(plan, model, pipeline);
    Map<String, String> declared = new TreeMap<>();
    pipeline.silver().keySet().forEach(name -> declared.put(SqlPlan.lower(name), name));
    pipeline.gold().keySet().forEach(name -> declared.put(SqlPlan.lower(name), name));
    Set<String> names = new LinkedHashSet<>();
    for (SqlPlan.Read read : plan.reads()) {
      String name = declared.get(read.table());
      if (name == null) {
        throw plan.invalid(
            read.line(),
            "it reads " + read.table() + ", which is not a silver or gold table of this pipeline",
            "Declare the table, or name one of: " + String.join(", ", declared.values()) + ".");
      }
      names.add(name);
    }
    for (SqlPlan.WithQuery query : plan.withQueries()) {
      if (declared.containsKey(query.name())) {
        throw plan.invalid(
            query.line(),
            "its WITH query " + query.name() + " has the name of a table of this pipeline",
            "Give the WITH query another name.");
      }
    }
    if (model.date().isPresent() && model.readsDaysBack() == 0) {
      inputs.requireOwnDatesOnly(declared);
    }
    return names;
  }

  /**
   * A dated model is given the rows of the changed dates only. What looks beyond the date of a row
   * would silently compute something else than a full rebuild.
   */
  private void requireOwnDatesOnly(Map<String, String> declared) {
    Set<String> dateColumns = new HashSet<>();
    dateColumns.add(SqlPlan.lower(model.date().orElseThrow()));
    Set<String> seen = new HashSet<>();
    for (SqlPlan.Read read : plan.reads()) {
      String name = declared.get(read.table());
      if (isAlwaysWhole(name)) {
        dateColumns.addAll(calendarDates(name));
        continue;
      }
      List<String> dates = dates(name);
      if (dates.isEmpty()) {
        throw undeclared(read.line(), "reads " + name + ", which has no business date", "");
      }
      dates.forEach(date -> dateColumns.add(SqlPlan.lower(date)));
      if (!seen.add(name)) {
        throw undeclared(read.line(), "reads " + name + " twice", "");
      }
    }
    for (SqlPlan.WindowUse window : plan.windows()) {
      if (window.partitionedBy().stream().noneMatch(dateColumns::contains)) {
        String date = model.date().orElseThrow();
        throw undeclared(
            window.line(),
            "has a window that is not partitioned by " + date,
            ", or add " + date + " to its PARTITION BY");
      }
    }
  }

  private RuntimeException undeclared(int line, String what, String otherRemedy) {
    return plan.invalid(
        line,
        "it sees the rows of changed dates only, but " + what,
        "Declare how far it looks with `reads = \"N days back\"` or `reads = all`"
            + otherRemedy
            + ".");
  }

  /**
   * Looks at what the SELECT of a dated model means, once it is resolved.
   *
   * @param resolved the plan, with the inputs as its outermost WITH queries
   * @throws io.sluice.error.SluiceException CONFIG_INVALID where rows of one date depend on those
   *     of another, or on what a dimension changes without a date
   */
  static void requireByDate(
      SqlPlan plan,
      GoldTable.SqlModel model,
      Pipeline pipeline,
      Set<String> names,
      LogicalPlan resolved) {
    if (model.date().isEmpty() || model.readsDaysBack() < 0) {
      return;
    }
    SqlInputs inputs = new SqlInputs(plan, model, pipeline);
    inputs.requireNothingOfToday(NeededColumns.of(resolved, names));
    if (model.readsDaysBack() > 0) {
      return;
    }
    Map<String, DateFlow.Input> tables = new HashMap<>();
    for (String name : names) {
      tables.put(
          name,
          inputs.isAlwaysWhole(name)
              ? new DateFlow.Input(DateFlow.Table.WHOLE, Set.copyOf(inputs.calendarDates(name)))
              : new DateFlow.Input(DateFlow.Table.DATED, Set.copyOf(inputs.dates(name))));
    }
    try {
      DateFlow.require(resolved, tables, model.date().get());
    } catch (DateFlow.LooksBeyond e) {
      throw inputs.undeclared(e.line(), e.getMessage(), "");
    }
  }

  /**
   * What a dimension changes without a date reaches no row that is there already: no date of it
   * changed.
   */
  private void requireNothingOfToday(Map<String, Set<String>> needed) {
    needed.forEach(
        (name, columns) -> {
          GoldTable table = pipeline.gold().get(name);
          if (table != null && table.shape() instanceof GoldTable.Dimension dimension) {
            Set<String> today = new TreeSet<>(dimension.overwrite());
            today.addAll(OF_TODAY);
            today.retainAll(columns);
            if (!today.isEmpty()) {
              throw plan.invalid(
                  plan.lineOf(today),
                  "it reads %s of %s, which changes without a date, and rows of other dates would keep"
                          .formatted(String.join(", ", today), name)
                      + " what it was",
                  "Leave it out, and join %s in a view or query for today's values".formatted(name)
                      + "; or make it an attribute of type 2 (history); or declare `reads = all`.");
            }
          }
        });
  }

  /** Dimensions and the calendar are small, and every model sees all of them. */
  private boolean isAlwaysWhole(String name) {
    GoldTable table = pipeline.gold().get(name);
    return table != null
        && (table.shape() instanceof GoldTable.Dimension
            || table.shape() instanceof GoldTable.Calendar);
  }

  private List<String> calendarDates(String name) {
    return pipeline.gold().get(name).shape() instanceof GoldTable.Calendar
        ? List.of("date", "date_key")
        : List.of();
  }

  /** The columns that hold a table's business date; none if it has no such date. */
  private List<String> dates(String name) {
    GoldTable gold = pipeline.gold().get(name);
    if (gold == null) {
      return silverDate(pipeline.silver().get(name));
    }
    if (gold.shape() instanceof GoldTable.Fact) {
      return List.of("date_key");
    }
    if (gold.shape() instanceof GoldTable.SqlModel other) {
      return other.date().stream().toList();
    }
    return List.of();
  }

  private List<String> silverDate(SilverTable silver) {
    if (silver.partitionByDate().isPresent()) {
      return List.of(silver.partitionByDate().get());
    }
    Source source = pipeline.sources().get(silver.from());
    if (source == null) {
      return List.of();
    }
    return source.contractColumns().stream()
        .filter(column -> column.type().kind() == ColumnType.Kind.DATE)
        .map(column -> column.name())
        .filter(source.slice()::contains)
        .toList();
  }
}
