package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.ModelCases;
import io.sluice.config.Pipeline;
import io.sluice.config.Suggestion;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.gold.ModelReport.Comparison;
import io.sluice.gold.ModelReport.Outcome;
import io.sluice.lake.Failures;
import io.sluice.lake.Lake;
import io.sluice.lake.RunScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The tests of SQL models: what they make of given rows, and whether made date by date they are
 * what they are over everything. Nothing is written anywhere.
 */
public final class ModelTests {
  /** So many dates of a lake are compared. */
  private static final int LAKE_DATES = 12;

  private final SparkSession spark;
  private final Pipeline pipeline;
  private final PipelineTables shapes;

  private ModelTests(SparkSession spark, Pipeline pipeline) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.shapes = new PipelineTables(spark, pipeline);
  }

  /**
   * Runs the tests.
   *
   * @param names of models; all of them if empty
   * @param withLake whether to compare over the tables of the lake, too, where there are any
   * @throws SluiceException CONFIG_INVALID for SQL or files of cases with mistakes, USAGE for a
   *     name that is not one of a model
   */
  public static ModelReport run(
      SparkSession spark, Pipeline pipeline, Collection<String> names, boolean withLake) {
    return new ModelTests(spark, pipeline).run(names, withLake);
  }

  private ModelReport run(Collection<String> names, boolean withLake) {
    List<GoldTable> models = models(names);
    ModelCheck.require(spark, pipeline);
    Map<GoldTable, ModelCases> cases = cases(models);
    Optional<DatedRows.Inputs> lake = withLake ? lake() : Optional.empty();
    List<ModelReport.Model> reports = new ArrayList<>();
    for (GoldTable model : models) {
      Optional<ModelCases> written = Optional.ofNullable(cases.get(model));
      List<Outcome> outcomes = new ArrayList<>();
      List<Comparison> comparisons = new ArrayList<>();
      for (ModelCases.Case each : written.map(ModelCases::cases).orElse(List.of())) {
        run(model, each, outcomes, comparisons);
      }
      lake.filter(inputs -> byDate(model) && isThere(model))
          .ifPresent(
              inputs ->
                  comparisons.add(
                      IncrementalCheck.ofLake(spark, pipeline, model, inputs, LAKE_DATES)));
      reports.add(
          new ModelReport.Model(
              model.name(),
              written.map(file -> file.file().toString()).orElse(""),
              outcomes,
              comparisons));
    }
    return new ModelReport(pipeline.name(), reports);
  }

  private List<GoldTable> models(Collection<String> names) {
    Map<String, GoldTable> models = new LinkedHashMap<>();
    pipeline.gold().values().stream()
        .filter(table -> table.shape() instanceof GoldTable.SqlModel)
        .forEach(table -> models.put(table.name(), table));
    for (String name : names) {
      if (!models.containsKey(name)) {
        throw new SluiceException(
            Reason.USAGE,
            "There is no table by SQL called " + name,
            models.isEmpty()
                ? "the pipeline has none"
                : "those of the pipeline are " + String.join(", ", models.keySet()),
            "Name one of these, or none for all of them.");
      }
    }
    if (!names.isEmpty()) {
      models.keySet().retainAll(names);
    }
    return List.copyOf(models.values());
  }

  /** All files are read before any case is run, so that all mistakes are said at once. */
  private Map<GoldTable, ModelCases> cases(List<GoldTable> models) {
    Map<GoldTable, ModelCases> all = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    for (GoldTable model : models) {
      ModelCases.of((GoldTable.SqlModel) model.shape())
          .ifPresent(
              cases -> {
                all.put(model, cases);
                mistakes.addAll(cases.mistakes());
                cases.cases().forEach(each -> check(model, each, mistakes));
              });
    }
    if (!mistakes.isEmpty()) {
      throw new SluiceException(
          Reason.CONFIG_INVALID,
          mistakes.size() == 1
              ? "The tests of the models have a mistake"
              : "The tests of the models have " + mistakes.size() + " mistakes",
          mistakes.size() == 1 ? mistakes.get(0) : "\n" + String.join("\n", mistakes),
          "Correct what is written there; docs/gold.md shows how a case is written.");
    }
    return all;
  }

  private void check(GoldTable model, ModelCases.Case each, List<String> mistakes) {
    Set<String> upstream = upstream(model.name());
    CaseRows rows = new CaseRows(pipeline.zone(), mistakes);
    each.given()
        .forEach(
            (name, table) -> {
              if (!upstream.contains(name)) {
                mistakes.add(
                    "%s: %s is given, which %s is not made of%s"
                        .formatted(
                            each.at(),
                            name,
                            model.name(),
                            Suggestion.orList(name, upstream, "it is made of")));
              } else if (rows.knows(table, shapes.schema(name), name, each.at())) {
                rows.whole(table, shapes.schema(name));
              }
            });
    StructType result = shapes.schema(model.name());
    if (rows.knows(each.expect(), result, model.name(), each.at())) {
      rows.narrow(each.expect(), result);
    }
  }

  /** All tables that a table is made of, however far. */
  private Set<String> upstream(String name) {
    Set<String> all = new LinkedHashSet<>();
    if (pipeline.gold().containsKey(name)) {
      for (String input : SqlModels.inputs(spark, pipeline.gold().get(name), pipeline)) {
        all.add(input);
        all.addAll(upstream(input));
      }
    }
    return all;
  }

  private void run(
      GoldTable model, ModelCases.Case each, List<Outcome> outcomes, List<Comparison> comparisons) {
    try {
      Map<String, Dataset<Row>> inputs = inputs(model, each);
      Dataset<Row> made = SqlModels.rows(spark, model, pipeline, inputs);
      List<String> columns = each.expect().columns();
      List<Row> actual =
          made.select(columns.stream().map(made::col).toArray(Column[]::new)).collectAsList();
      List<Row> expected =
          new CaseRows(pipeline.zone(), new ArrayList<>()).narrow(each.expect(), made.schema());
      List<RowDifference> differences =
          RowDifference.between(columns, expected, actual, each.ordered());
      outcomes.add(
          new Outcome(each.name(), each.at(), differences.isEmpty(), actual.size(), differences));
      if (byDate(model)) {
        comparisons.add(
            IncrementalCheck.ofCase(spark, pipeline, model, inputs, "case " + each.name()));
      }
    } catch (Exception e) {
      // Scala does not declare what Spark throws where the data do not fit the SQL.
      if (!(e instanceof SparkException) && !(e instanceof ArithmeticException)) {
        throw e;
      }
      outcomes.add(
          new Outcome(
              each.name(),
              each.at(),
              false,
              0,
              List.of(new RowDifference("failed", Failures.summary(e), List.of()))));
    }
  }

  /** What the model reads, in memory, so that nothing is computed again for every comparison. */
  private Map<String, Dataset<Row>> inputs(GoldTable model, ModelCases.Case each) {
    PipelineTables tables = new PipelineTables(spark, pipeline);
    CaseRows rows = new CaseRows(pipeline.zone(), new ArrayList<>());
    each.given()
        .forEach(
            (name, written) -> {
              StructType schema = shapes.schema(name);
              List<Row> given =
                  CaseRows.partitioned(rows.whole(written, schema), schema, name, pipeline);
              tables.give(name, spark.createDataFrame(given, schema.asNullable()));
            });
    Map<String, Dataset<Row>> inputs = new LinkedHashMap<>();
    for (String name : SqlModels.inputs(spark, model, pipeline)) {
      Dataset<Row> table = tables.table(name);
      boolean small = each.given().containsKey(name) || pipeline.silver().containsKey(name);
      inputs.put(
          name,
          small
              ? table
              : spark.createDataFrame(table.collectAsList(), table.schema().asNullable()));
    }
    return inputs;
  }

  private boolean byDate(GoldTable model) {
    return new DatedRows(spark, pipeline, model).byDate();
  }

  private Optional<DatedRows.Inputs> lake() {
    return pipeline.lake() == null
        ? Optional.empty()
        : Optional.of(new GoldInputs(new RunScope(pipeline, new Lake(spark, pipeline), "test")));
  }

  private boolean isThere(GoldTable model) {
    GoldInputs tables = new GoldInputs(new RunScope(pipeline, new Lake(spark, pipeline), "test"));
    return SqlModels.inputs(spark, model, pipeline).stream()
        .allMatch(name -> tables.state(name).isPresent());
  }
}
