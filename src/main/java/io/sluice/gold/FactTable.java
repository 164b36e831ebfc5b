package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
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
import org.apache.spark.sql.types.MetadataBuilder;

/** Fact rows: silver rows with the business keys looked up. */
public final class FactTable {
  /** Where a fact row stands in its workbook. */
  static final List<String> PROVENANCE = List.of("file_id", "sheet_row");

  static final String DATE_KEY = "date_key";

  /** The business date in {@link #references}, under a name that no business key has. */
  static final String BUSINESS_DATE = "__business_date";

  private FactTable() {}

  /**
   * One fact row for each silver row, with the key of the dimension version that is valid on the
   * business date: {@code valid_from <= date < valid_to}. A business key with a null in it refers
   * to the unknown member. A key that no version covers stays null, for the gate to find: the
   * dimension was built without the keys of {@link #businessKeys}. A further date that is null has
   * a null key, since no row of the calendar stands for no date.
   *
   * @param silver the rows to turn into facts; the caller restricts them to the dates it works on
   * @param dimensions by table name, at least those the fact declares
   * @param partitionByDate the date column whose year, month and day partition the table
   * @return {@code date_key}, the keys of further dates, a key for each lookup in declared order,
   *     the degenerate dimensions, the measures, {@code file_id}, {@code sheet_row}, then year,
   *     month and day if partitioned
   */
  public static Dataset<Row> rows(
      String name,
      GoldTable.Fact fact,
      Dataset<Row> silver,
      Map<String, DimensionRef> dimensions,
      Optional<String> partitionByDate) {
    requireColumns(name, fact, silver, dimensions);
    Dataset<Row> joined = silver;
    for (Lookup lookup : fact.lookups()) {
      joined = lookUp(joined, fact.date(), lookup, dimensions.get(lookup.dimension()));
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Dates.key(fact.date()).as(DATE_KEY));
    fact.dates()
        .forEach(
            date ->
                columns.add(
                    described(
                        Dates.key(date),
                        GoldTable.Fact.dateKey(date),
                        date + " as yyyymmdd; NULL where there is none")));
    for (Lookup lookup : fact.lookups()) {
      columns.add(key(lookup, dimensions.get(lookup.dimension())));
    }
    fact.carried(each -> dimensions.get(each).dimension().key())
        .forEach(each -> columns.add(col(each)));
    fact.measures()
        .forEach(
            measure ->
                columns.add(
                    measure.advice().isEmpty()
                        ? col(measure.column())
                        : described(col(measure.column()), measure.column(), measure.advice())));
    PROVENANCE.forEach(each -> columns.add(col(each)));
    partitionByDate.ifPresent(date -> columns.addAll(Dates.partition(date)));
    return joined.select(columns.toArray(Column[]::new));
  }

  /**
   * What the fact refers to in a dimension, in whatever role: its rows' business dates, and the
   * business keys under the dimension's own names for them.
   */
  static Dataset<Row> references(
      GoldTable.Fact fact, Dataset<Row> silver, String name, GoldTable.Dimension dimension) {
    return fact.lookups().stream()
        .filter(lookup -> lookup.dimension().equals(name))
        .map(
            lookup -> {
              List<Column> columns = new ArrayList<>();
              columns.add(col(fact.date()).as(BUSINESS_DATE));
              List<String> own = lookup.columns(dimension.key());
              for (int i = 0; i < own.size(); i++) {
                columns.add(col(own.get(i)).as(dimension.key().get(i)));
              }
              return silver.select(columns.toArray(Column[]::new));
            })
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  /**
   * The business keys of {@code dimension} that the fact refers to, each with the first date on
   * which it does, under the dimension's name for that date. One date is enough: a reference proves
   * that the member exists, and has no attributes that could start a version.
   *
   * @param name of the dimension
   */
  public static Dataset<Row> businessKeys(
      GoldTable.Fact fact, Dataset<Row> silver, String name, GoldTable.Dimension dimension) {
    Column[] keys = dimension.key().stream().map(key -> col(key)).toArray(Column[]::new);
    Column complete =
        Arrays.stream(keys).map(Column::isNotNull).reduce(Column::and).orElse(lit(true));
    return references(fact, silver, name, dimension)
        .where(complete.and(col(BUSINESS_DATE).isNotNull()))
        .groupBy(keys)
        .agg(min(col(BUSINESS_DATE)).as(dimension.asOf()));
  }

  private static Dataset<Row> lookUp(
      Dataset<Row> facts, String date, Lookup lookup, DimensionRef dimension) {
    List<String> keys = dimension.dimension().key();
    List<String> own = lookup.columns(keys);
    List<Column> version = new ArrayList<>();
    Column condition =
        col(date)
            .geq(col(aside(lookup, "valid_from")))
            .and(col(date).lt(col(aside(lookup, "valid_to"))));
    for (int i = 0; i < keys.size(); i++) {
      version.add(col(keys.get(i)).as(aside(lookup, keys.get(i))));
      condition = col(own.get(i)).equalTo(col(aside(lookup, keys.get(i)))).and(condition);
    }
    for (String other : List.of(Keys.surrogateName(dimension.name()), "valid_from", "valid_to")) {
      version.add(col(other).as(aside(lookup, other)));
    }
    return facts.join(members(dimension).select(version.toArray(Column[]::new)), condition, "left");
  }

  /** Without the unknown member, whose business key is readable text that a real one could have. */
  static Dataset<Row> members(DimensionRef dimension) {
    return dimension
        .rows()
        .where(col(Keys.surrogateName(dimension.name())).notEqual(lit(Keys.UNKNOWN)));
  }

  private static Column key(Lookup lookup, DimensionRef dimension) {
    Column incomplete =
        lookup.columns(dimension.dimension().key()).stream()
            .map(name -> col(name).isNull())
            .reduce(Column::or)
            .orElse(lit(false));
    return described(
        when(incomplete, lit(Keys.UNKNOWN))
            .otherwise(col(aside(lookup, Keys.surrogateName(dimension.name())))),
        lookup.keyName(),
        "The version of %s on the business date; %s"
            .formatted(
                lookup.title(),
                lookup.cardinality() == Lookup.Cardinality.ONE_TO_ONE
                    ? "one fact to a member"
                    : "many facts to one"));
  }

  private static Column described(Column column, String name, String comment) {
    return column.as(name, new MetadataBuilder().putString("comment", comment).build());
  }

  /** A name for a dimension's column that no column of silver has. */
  private static String aside(Lookup lookup, String column) {
    return "__" + lookup.keyName() + "__" + column;
  }

  private static void requireColumns(
      String name, GoldTable.Fact fact, Dataset<Row> silver, Map<String, DimensionRef> dimensions) {
    Set<String> needed = new LinkedHashSet<>(fact.grain());
    needed.add(fact.date());
    needed.addAll(fact.dates());
    needed.addAll(fact.degenerate());
    needed.addAll(fact.measureColumns());
    for (Lookup lookup : fact.lookups()) {
      String dimension = lookup.dimension();
      if (!dimensions.containsKey(dimension)) {
        throw new SluiceException(
            Reason.CONFIG_INVALID,
            "Fact table " + name + " cannot be built",
            "it refers to " + dimension + ", which is not a dimension of this pipeline",
            "Declare gold." + dimension + " as a dimension, or leave it out of gold." + name + ".");
      }
      needed.addAll(lookup.columns(dimensions.get(dimension).dimension().key()));
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
