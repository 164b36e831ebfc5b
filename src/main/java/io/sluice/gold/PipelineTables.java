package io.sluice.gold;

import io.sluice.config.Column;
import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a pipeline without a lake: some are given, gold tables that are not are computed of
 * the others, and silver tables that are not are empty. With nothing given they show what columns
 * each table has.
 */
final class PipelineTables {
  private final SparkSession spark;
  private final Pipeline pipeline;
  private final Map<String, Dataset<Row>> tables = new HashMap<>();

  PipelineTables(SparkSession spark, Pipeline pipeline) {
    this.spark = spark;
    this.pipeline = pipeline;
  }

  /** Makes the rows of a table known, instead of computing it. */
  void give(String name, Dataset<Row> rows) {
    tables.put(name, rows);
  }

  /** The columns of a table. */
  StructType schema(String name) {
    return table(name).schema();
  }

  Dataset<Row> table(String name) {
    Dataset<Row> known = tables.get(name);
    if (known == null) {
      known = compute(name);
      tables.put(name, known);
    }
    return known;
  }

  Map<String, Dataset<Row>> tables(Set<String> names) {
    Map<String, Dataset<Row>> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, table(name)));
    return all;
  }

  private Dataset<Row> compute(String name) {
    SilverTable silver = pipeline.silver().get(name);
    if (silver != null) {
      return spark.createDataFrame(List.of(), silverSchema(silver));
    }
    GoldTable table = pipeline.gold().get(name);
    GoldTable.Shape shape = table.shape();
    if (shape instanceof GoldTable.Calendar calendar) {
      return CalendarTable.rows(spark, calendar);
    }
    if (shape instanceof GoldTable.Dimension dimension) {
      return dimension(name, dimension);
    }
    if (shape instanceof GoldTable.Fact fact) {
      return fact(table, fact);
    }
    return SqlModels.rows(spark, table, pipeline, tables(SqlModels.inputs(spark, table, pipeline)));
  }

  private Dataset<Row> dimension(String name, GoldTable.Dimension dimension) {
    List<Dataset<Row>> referencing =
        pipeline.gold().values().stream()
            .map(GoldTable::shape)
            .filter(GoldTable.Fact.class::isInstance)
            .map(GoldTable.Fact.class::cast)
            .filter(fact -> fact.dimensions().contains(name))
            .map(fact -> FactTable.businessKeys(fact, table(fact.from()), name, dimension))
            .toList();
    return DimensionTable.rows(name, dimension, tables(Set.copyOf(dimension.from())), referencing);
  }

  private Dataset<Row> fact(GoldTable table, GoldTable.Fact fact) {
    Map<String, DimensionRef> dimensions = new HashMap<>();
    for (String name : fact.dimensions()) {
      dimensions.put(
          name,
          new DimensionRef(
              name, (GoldTable.Dimension) pipeline.gold().get(name).shape(), table(name)));
    }
    return FactTable.rows(
        table.name(), fact, table(fact.from()), dimensions, table.partitionByDate());
  }

  /** The columns that a contract declares; those that silver got by itself are none of gold's. */
  private StructType silverSchema(SilverTable table) {
    StructType schema = new StructType();
    for (Column column : pipeline.sources().get(table.from()).contractColumns()) {
      schema = schema.add(column.name(), DataType.fromDDL(column.type().sql()));
    }
    schema = schema.add("file_id", DataTypes.StringType).add("sheet_row", DataTypes.IntegerType);
    if (table.partitionByDate().isPresent()) {
      for (String part : Dates.PARTITION) {
        schema = schema.add(part, DataTypes.StringType);
      }
    }
    return schema;
  }
}
