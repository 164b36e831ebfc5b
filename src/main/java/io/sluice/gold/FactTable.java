package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fact rows: silver rows with the business keys looked up. */
public final class FactTable {
  /** Where a fact row stands in its workbook. */
  static final List<String> PROVENANCE = List.of("file_id", "sheet_row");

  private static final String DATE_KEY = "date_key";

  private FactTable() {}

  /**
   * One fact row for each silver row, with the key of the dimension version that is valid on the
   * business date: {@code valid_from <= date < valid_to}. A business key with a null in it refers
   * to the unknown member. A key that no version covers stays null, for the gate to find: the
   * dimension was built without the keys of {@link #businessKeys}.
   *
   * @param silver the rows to turn into facts; the caller restricts them to the dates it works on
   * @param dimensions by table name, at least those the fact declares
   * @param partitionByDate the date column whose year, month and day partition the table
   * @return {@code date_key}, a key for each dimension in declared order, the degenerate dimensions
   *     (columns of the grain that stand for neither), the measures, {@code file_id}, {@code
   *     sheet_row}, then year, month and day if partitioned
   */
  public static Dataset<Row> rows(
      String name,
      GoldTable.Fact fact,
      Dataset<Row> silver,
      Map<String, DimensionRef> dimensions,
      Optional<String> partitionByDate) {
    requireColumns(name, fact, silver, dimensions);
    Dataset<Row> joined = silver;
    for (String dimension : fact.dimensions()) {
      joined = lookUp(joined, fact.date(), dimensions.get(dimension));
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Dates.key(fact.date()).as(DATE_KEY));
    for (String dimension : fact.dimensions()) {
      columns.add(key(dimensions.get(dimension)).as(Keys.surrogateName(dimension)));
    }
    List<GoldTable.Dimension> declared =
        fact.dimensions().stream().map(each -> dimensions.get(each).dimension()).toList();
    degenerate(fact, declared).forEach(each -> columns.add(col(each)));
    fact.measures().forEach(each -> columns.add(col(each)));
    PROVENANCE.forEach(each -> columns.add(col(each)));
    partitionByDate.ifPresent(date -> columns.addAll(Dates.partition(date)));
    return joined.select(columns.toArray(Column[]::new));
  }

  /**
   * The business keys of {@code dimension} that the fact refers to, each with the first date on
   * which it does, under the dimension's name for that date. One date is enough: a reference proves
   * that the member exists, and has no attributes that could start a version.
   */
  public static Dataset<Row> businessKeys(
      GoldTable.Fact fact, Dataset<Row> silver, GoldTable.Dimension dimension) {
    Column[] keys = dimension.key().stream().map(name -> col(name)).toArray(Column[]::new);
    Column complete =
        Arrays.stream(keys).map(Column::isNotNull).reduce(Column::and).orElse(lit(true));
    return silver
        .where(complete.and(col(fact.date()).isNotNull()))
        .groupBy(keys)
        .agg(min(col(fact.date())).as(dimension.asOf()));
  }

  /**
   * The columns of the grain that neither the date, nor a dimension's whole key, nor a measure
   * stands for.
   */
  static List<String> degenerate(GoldTable.Fact fact, List<GoldTable.Dimension> dimensions) {
    Set<String> rest = new LinkedHashSet<>(fact.grain());
    rest.remove(fact.date());
    fact.measures().forEach(rest::remove);
    dimensions.stream()
        .filter(each -> fact.grain().containsAll(each.key()))
        .forEach(each -> each.key().forEach(rest::remove));
    return List.copyOf(rest);
  }

  private static Dataset<Row> lookUp(Dataset<Row> facts, String date, DimensionRef dimension) {
    List<String> keys = dimension.dimension().key();
    List<Column> version = new ArrayList<>();
    Column condition =
        col(date)
            .geq(col(aside(dimension, "valid_from")))
            .and(col(date).lt(col(aside(dimension, "valid_to"))));
    for (String key : keys) {
      version.add(col(key).as(aside(dimension, key)));
      condition = col(key).equalTo(col(aside(dimension, key))).and(condition);
    }
    for (String other : List.of(Keys.surrogateName(dimension.name()), "valid_from", "valid_to")) {
      version.add(col(other).as(aside(dimension, other)));
    }
    Dataset<Row> versions =
        dimension
            .rows()
            // Its business key is readable text that a real member could have.
            .where(col(Keys.surrogateName(dimension.name())).notEqual(lit(Keys.UNKNOWN)))
            .select(version.toArray(Column[]::new));
    return facts.join(versions, condition, "left");
  }

  private static Column key(DimensionRef dimension) {
    Column incomplete =
        dimension.dimension().key().stream()
            .map(name -> col(name).isNull())
            .reduce(Column::or)
            .orElse(lit(false));
    return when(incomplete, lit(Keys.UNKNOWN))
        .otherwise(col(aside(dimension, Keys.surrogateName(dimension.name()))));
  }

  /** A name for a dimension's column that no column of silver has. */
  private static String aside(DimensionRef dimension, String column) {
    return "__" + dimension.name() + "__" + column;
  }

  private static void requireColumns(
      String name, GoldTable.Fact fact, Dataset<Row> silver, Map<String, DimensionRef> dimensions) {
    Set<String> needed = new LinkedHashSet<>(fact.grain());
    needed.add(fact.date());
    needed.addAll(fact.measures());
    for (String dimension : fact.dimensions()) {
      if (!dimensions.containsKey(dimension)) {
        throw new SluiceException(
            Reason.CONFIG_INVALID,
            "Fact table " + name + " cannot be built",
            "it refers to " + dimension + ", which is not a dimension of this pipeline",
            "Declare gold." + dimension + " as a dimension, or leave it out of gold." + name + ".");
      }
      needed.addAll(dimensions.get(dimension).dimension().key());
    }
    needed.removeAll(Arrays.asList(silver.columns()));
    if (!needed.isEmpty()) {
      throw new SluiceException(
          Reason.CONFIG_INVALID,
          "Fact table " + name + " cannot be built",
          "its silver table " + fact.from() + " has no column " + String.join(", ", needed),
          "Correct gold." + name + ", or declare the column in the source of " + fact.from() + ".");
    }
  }
}
