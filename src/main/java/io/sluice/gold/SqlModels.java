package io.sluice.gold;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;

/** Tables by SQL, and the order in which the tables of gold are built. */
public final class SqlModels {
  private SqlModels() {}

  /**
   * All gold tables, each after what it reads; otherwise in declared order.
   *
   * @throws SluiceException CONFIG_INVALID for SQL that is not one SELECT, an unknown table, a
   *     cycle, or a dated model that reads more than its dates without saying so
   */
  public static List<GoldTable> order(SparkSession spark, Pipeline pipeline) {
    Map<String, Set<String>> inputs = new LinkedHashMap<>();
    pipeline.gold().forEach((name, table) -> inputs.put(name, inputs(spark, table, pipeline)));
    List<GoldTable> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (String name : pipeline.gold().keySet()) {
      visit(name, inputs, pipeline, new ArrayList<>(), done, ordered);
    }
    return List.copyOf(ordered);
  }

  /**
   * Names of the silver and gold tables that a gold table is computed from. A dimension reads,
   * beside its own silver tables, those of the facts that refer to it, for the members that only
   * they know.
   */
  public static Set<String> inputs(SparkSession spark, GoldTable table, Pipeline pipeline) {
    Set<String> inputs = new LinkedHashSet<>();
    GoldTable.Shape shape = table.shape();
    if (shape instanceof GoldTable.Dimension dimension) {
      inputs.addAll(dimension.from());
      for (GoldTable other : pipeline.gold().values()) {
        if (other.shape() instanceof GoldTable.Fact fact
            && fact.dimensions().contains(table.name())) {
          inputs.add(fact.from());
        }
      }
      requireSilver(table, inputs, pipeline);
    } else if (shape instanceof GoldTable.Fact fact) {
      requireSilver(table, Set.of(fact.from()), pipeline);
      inputs.add(fact.from());
      for (String dimension : fact.dimensions()) {
        GoldTable target = pipeline.gold().get(dimension);
        if (target == null || !(target.shape() instanceof GoldTable.Dimension)) {
          throw invalid(
              table, "it refers to " + dimension + ", which is not a dimension of this pipeline");
        }
        inputs.add(dimension);
      }
      pipeline.gold().values().stream()
          .filter(other -> other.shape() instanceof GoldTable.Calendar)
          .forEach(calendar -> inputs.add(calendar.name()));
    } else if (shape instanceof GoldTable.SqlModel model) {
      inputs.addAll(SqlInputs.of(plan(spark, table, pipeline), model, pipeline));
      // What it is held to must be there before it.
      model.control().forEach(total -> inputs.add(total.fact()));
    }
    return Collections.unmodifiableSet(inputs);
  }

  /**
   * The result of a model's SELECT over the given inputs, which are all that it can see.
   *
   * @param pipeline for the metrics that it uses
   * @param inputs by table name, at least those that {@link #inputs} names
   * @return the SELECT's columns, then year, month and day if the table is partitioned
   * @throws SluiceException CONFIG_INVALID if the SELECT does not fit the inputs, names a column
   *     twice, or lacks the date
   */
  public static Dataset<Row> rows(
      SparkSession spark, GoldTable table, Pipeline pipeline, Map<String, Dataset<Row>> inputs) {
    if (!(table.shape() instanceof GoldTable.SqlModel model)) {
      throw new IllegalArgumentException(table.name() + " is not computed by SQL");
    }
    SqlPlan plan = plan(spark, table, pipeline);
    Set<String> given = new HashSet<>();
    inputs.keySet().forEach(name -> given.add(SqlPlan.lower(name)));
    for (SqlPlan.Read read : plan.reads()) {
      if (!given.contains(read.table())) {
        throw new IllegalArgumentException(table.name() + " needs " + read.table());
      }
    }
    Dataset<Row> result = plan.over(spark, inputs);
    requireColumns(table, model, plan, result);
    LogicalPlan resolved = result.queryExecution().analyzed();
    plan.requireRepeatable(resolved);
    SqlInputs.requireByDate(plan, model, pipeline, inputs.keySet(), resolved);
    if (table.partitionByDate().isEmpty()) {
      return result;
    }
    List<Column> columns = new ArrayList<>();
    for (String column : result.columns()) {
      columns.add(col("`" + column + "`"));
    }
    columns.addAll(Dates.partition(table.partitionByDate().get()));
    return result.select(columns.toArray(Column[]::new));
  }

  /**
   * The hash of what shapes a gold table's rows. The metrics that a model uses are part of it, so
   * that a changed metric is a changed definition of the models that use it, and of no other.
   */
  public static String definition(SparkSession spark, GoldTable table, Pipeline pipeline) {
    return table.shape() instanceof GoldTable.SqlModel
        ? Definitions.gold(table, plan(spark, table, pipeline).metrics())
        : Definitions.gold(table);
  }

  static SqlPlan plan(SparkSession spark, GoldTable table, Pipeline pipeline) {
    return SqlPlan.parse(
        spark, table.name(), (GoldTable.SqlModel) table.shape(), pipeline.metrics());
  }

  private static void requireColumns(
      GoldTable table, GoldTable.SqlModel model, SqlPlan plan, Dataset<Row> result) {
    Set<String> seen = new HashSet<>();
    for (String column : result.columns()) {
      if (!seen.add(SqlPlan.lower(column))) {
        throw plan.invalid(
            0,
            "its result has two columns " + column,
            "Name the columns one by one instead of with *, or rename one with AS.");
      }
    }
    if (table.partitionByDate().isPresent()) {
      for (String column : Dates.PARTITION) {
        if (seen.contains(column)) {
          throw plan.invalid(
              0,
              "its result has a column " + column + ", which partitioning adds",
              "Leave the column out, or rename it with AS.");
        }
      }
    }
    Set<String> dates = new LinkedHashSet<>();
    model.date().ifPresent(dates::add);
    table.partitionByDate().ifPresent(dates::add);
    for (String date : dates) {
      if (!List.of(result.columns()).contains(date)) {
        throw plan.invalid(
            0,
            "its result has no column " + date + ", which is declared as its date",
            "Select the column under this name, or correct `date` of gold." + table.name() + ".");
      }
      if (!result.schema().apply(date).dataType().equals(DataTypes.DateType)) {
        throw plan.invalid(
            0,
            "its column "
                + date
                + " is "
                + result.schema().apply(date).dataType().sql()
                + ", not a date",
            "Select a DATE under this name.");
      }
    }
  }

  private static void visit(
      String name,
      Map<String, Set<String>> inputs,
      Pipeline pipeline,
      List<String> path,
      Set<String> done,
      List<GoldTable> ordered) {
    if (done.contains(name)) {
      return;
    }
    if (path.contains(name)) {
      List<String> cycle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
      cycle.add(name);
      throw new SluiceException(
          Reason.CONFIG_INVALID,
          "The tables of gold cannot be put in order",
          "they read each other in a circle: "
              + String.join(" reads ", cycle)
              + files(cycle, pipeline),
          "Let one of them read what the other one reads, instead of the other one.");
    }
    path.add(name);
    for (String input : inputs.get(name)) {
      if (pipeline.gold().containsKey(input)) {
        visit(input, inputs, pipeline, path, done, ordered);
      }
    }
    path.remove(path.size() - 1);
    done.add(name);
    ordered.add(pipeline.gold().get(name));
  }

  private static String files(List<String> cycle, Pipeline pipeline) {
    List<String> files = new ArrayList<>();
    for (String name : new LinkedHashSet<>(cycle)) {
      if (pipeline.gold().get(name).shape() instanceof GoldTable.SqlModel model) {
        files.add(model.file().toString());
      }
    }
    return " (" + String.join(", ", files) + ")";
  }

  private static void requireSilver(GoldTable table, Set<String> names, Pipeline pipeline) {
    for (String name : names) {
      if (!pipeline.silver().containsKey(name)) {
        throw invalid(table, "it reads " + name + ", which is not a silver table of this pipeline");
      }
    }
  }

  private static SluiceException invalid(GoldTable table, String why) {
    return new SluiceException(
        Reason.CONFIG_INVALID,
        "Gold table " + table.name() + " is not valid",
        why,
        "Correct gold." + table.name() + ", or declare the table.");
  }
}
