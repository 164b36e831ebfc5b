package io.sluice.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What all sources of a dimension say, one row for each business key and date, with a column for
 * each attribute of each source that has it.
 */
final class Observations {
  /** Whether a declared source, and not only a fact, observed the key on the date. */
  static final String DECLARED = "__declared";

  private final Dataset<Row> rows;
  private final Map<String, List<String>> columnsByAttribute;

  private Observations(Dataset<Row> rows, Map<String, List<String>> columnsByAttribute) {
    this.rows = rows;
    this.columnsByAttribute = columnsByAttribute;
  }

  static Observations of(
      String name,
      GoldTable.Dimension dimension,
      Map<String, Dataset<Row>> silver,
      List<Dataset<Row>> referencing) {
    Map<String, DataType> types = types(name, dimension, silver);
    Map<String, List<String>> columnsByAttribute = new LinkedHashMap<>();
    Map<String, DataType> typesByColumn = new LinkedHashMap<>();
    for (String attribute : dimension.attributes()) {
      List<String> columns = new ArrayList<>();
      for (String source : dimension.from()) {
        if (has(silver.get(source), attribute)) {
          columns.add(column(source, attribute));
          typesByColumn.put(column(source, attribute), types.get(attribute));
        }
      }
      columnsByAttribute.put(attribute, columns);
    }

    List<Column> identity = new ArrayList<>();
    dimension.key().forEach(each -> identity.add(col(each).cast(types.get(each)).as(each)));
    identity.add(col(dimension.asOf()));

    Dataset<Row> all = null;
    for (String source : dimension.from()) {
      List<Column> columns = new ArrayList<>(identity);
      columns.add(lit(true).as(DECLARED));
      for (String attribute : dimension.attributes()) {
        if (has(silver.get(source), attribute)) {
          columns.add(col(attribute).as(column(source, attribute)));
        }
      }
      Dataset<Row> observed = silver.get(source).select(columns.toArray(Column[]::new));
      all = all == null ? observed : all.unionByName(observed, true);
    }
    for (Dataset<Row> keys : referencing) {
      List<Column> columns = new ArrayList<>(identity);
      columns.add(lit(false).as(DECLARED));
      all = all.unionByName(keys.select(columns.toArray(Column[]::new)), true);
    }
    Column[] perDate = group(dimension);
    Column[] smallest =
        typesByColumn.keySet().stream().map(each -> min(col(each)).as(each)).toArray(Column[]::new);
    Dataset<Row> rows =
        all.where(identified(dimension))
            .groupBy(perDate)
            .agg(max(col(DECLARED)).as(DECLARED), smallest);
    return new Observations(rows, columnsByAttribute);
  }

  Dataset<Row> rows() {
    return rows;
  }

  /** The value, as {@code choose} finds it in one source, of the first source that has one. */
  Column preferred(String attribute, UnaryOperator<Column> choose) {
    Column[] inOrder =
        columnsByAttribute.get(attribute).stream()
            .map(each -> choose.apply(col(each)))
            .toArray(Column[]::new);
    return coalesce(inOrder).as(attribute);
  }

  /** Key columns and date. */
  static Column[] group(GoldTable.Dimension dimension) {
    List<Column> columns = new ArrayList<>();
    dimension.key().forEach(each -> columns.add(col(each)));
    columns.add(col(dimension.asOf()));
    return columns.toArray(Column[]::new);
  }

  /** Whether key and date are all there. */
  static Column identified(GoldTable.Dimension dimension) {
    return Arrays.stream(group(dimension)).map(Column::isNotNull).reduce(Column::and).orElseThrow();
  }

  static boolean has(Dataset<Row> table, String column) {
    return Arrays.asList(table.columns()).contains(column);
  }

  private static String column(String source, String attribute) {
    return "__" + source + "__" + attribute;
  }

  /** The types of key, date and attributes, checked to be the same in every source. */
  static Map<String, DataType> types(
      String name, GoldTable.Dimension dimension, Map<String, Dataset<Row>> silver) {
    Map<String, DataType> types = new LinkedHashMap<>();
    Map<String, String> typedBy = new LinkedHashMap<>();
    for (String source : dimension.from()) {
      Dataset<Row> table = silver.get(source);
      if (table == null) {
        throw invalid(
            name,
            "its table " + source + " is not a silver table of this pipeline",
            "Correct `from` of gold." + name + ".");
      }
      List<String> mandatory = new ArrayList<>(dimension.key());
      mandatory.add(dimension.asOf());
      for (String column : mandatory) {
        if (!has(table, column)) {
          throw invalid(
              name,
              source + " has no column " + column,
              "Every table of `from` needs the key and the as-of date under the same names.");
        }
      }
      List<String> columns = new ArrayList<>(mandatory);
      columns.addAll(dimension.attributes());
      for (String column : columns) {
        if (has(table, column)) {
          DataType type = table.schema().apply(column).dataType();
          DataType known = types.putIfAbsent(column, type);
          String first = typedBy.computeIfAbsent(column, any -> source);
          if (known != null && !known.equals(type)) {
            throw invalid(
                name,
                column
                    + " is %s in %s, and %s in %s"
                        .formatted(known.sql(), first, type.sql(), source),
                "Give the column one type in both sources.");
          }
        }
      }
    }
    if (!DataTypes.DateType.equals(types.get(dimension.asOf()))) {
      throw invalid(
          name,
          "its as-of column " + dimension.asOf() + " is not a date",
          "Name a date column in `as-of` of gold." + name + ".");
    }
    for (String attribute : dimension.attributes()) {
      if (!types.containsKey(attribute)) {
        throw invalid(
            name,
            "none of " + String.join(", ", dimension.from()) + " has a column " + attribute,
            "Correct the attributes of gold." + name + ", or declare the column in a source.");
      }
    }
    return types;
  }

  private static SluiceException invalid(String name, String why, String remedy) {
    return new SluiceException(
        Reason.CONFIG_INVALID, "Dimension " + name + " cannot be built", why, remedy);
  }
}
