package io.sluice.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Dimension rows as a function of the set of all observations; the order in which they arrived
 * plays no part.
 *
 * <p>An observation is what one source's rows say about a business key on one date. Rows with a
 * null in the key, or without a date, observe nothing. Of several values that a source has for one
 * attribute of one key on one date the smallest counts (see {@link DimensionConflicts}), and a null
 * says nothing.
 *
 * <p>The effective value of an attribute on a date is the last one known on or before that date,
 * else the first one known after it; of the first source, in declared order, that knows the
 * attribute of that key on any date. So a value that arrives late fills the time before it, and
 * neither it nor a null makes a version.
 */
public final class DimensionTable {
  static final String UNKNOWN_TEXT = "Unknown";

  private static final String VALID_FROM = "valid_from";
  private static final String VALID_TO = "valid_to";
  private static final String IS_CURRENT = "is_current";
  private static final String IS_INFERRED = "is_inferred";
  private static final String STARTS = "__starts";
  private static final String FIRST = "__first";

  private final String name;
  private final GoldTable.Dimension dimension;
  private final Observations observations;

  private DimensionTable(String name, GoldTable.Dimension dimension, Observations observations) {
    this.name = name;
    this.dimension = dimension;
    this.observations = observations;
  }

  /**
   * All rows of a dimension: the unknown member, and the versions of every member.
   *
   * <p>A version starts on each observed date whose effective type 2 attributes differ from those
   * of the date before; the first one starts at {@link Keys#BEGINNING}, the last one ends at {@link
   * Keys#OPEN_END}, ends excluded. Type 1 attributes have their newest value in every version, type
   * 0 attributes their oldest. A member that only facts refer to is inferred: one version,
   * attributes null, flagged; its key is the one it keeps once a source knows it.
   *
   * <p>The versions of a member depend on the observations of its key alone, so a caller may
   * restrict all arguments to the keys that it wants to compute.
   *
   * @param silver the tables of {@link GoldTable.Dimension#from}, by name
   * @param referencing for each fact that refers to the dimension what {@link
   *     FactTable#businessKeys} returns
   * @return {@code X_key}, {@code X_durable_key}, business key, attributes (fixed, history,
   *     overwrite), {@code valid_from}, {@code valid_to}, {@code is_current}, {@code is_inferred}
   * @throws io.sluice.error.SluiceException CONFIG_INVALID if a column is missing or has different
   *     types in two tables
   */
  public static Dataset<Row> rows(
      String name,
      GoldTable.Dimension dimension,
      Map<String, Dataset<Row>> silver,
      List<Dataset<Row>> referencing) {
    Observations observations = Observations.of(name, dimension, silver, referencing);
    DimensionTable table = new DimensionTable(name, dimension, observations);
    Dataset<Row> members = table.members();
    return table.unknownMember(members).unionByName(members);
  }

  private Dataset<Row> members() {
    WindowSpec byKey = Window.partitionBy(columns(dimension.key()));
    WindowSpec inTime = byKey.orderBy(col(dimension.asOf()));
    WindowSpec always =
        inTime.rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    WindowSpec untilNow = inTime.rowsBetween(Window.unboundedPreceding(), Window.currentRow());

    // Where nothing is known until now, the first value after now is the first of all. A frame from
    // now on would say the same
    // in quadratic time.
    UnaryOperator<Column> oldest = value -> first(value, true).over(always);
    UnaryOperator<Column> newest = value -> last(value, true).over(always);
    UnaryOperator<Column> onDate =
        value -> coalesce(last(value, true).over(untilNow), first(value, true).over(always));

    List<Column> effective = new ArrayList<>(List.of(columns(dimension.key())));
    effective.add(col(dimension.asOf()));
    dimension.fixed().forEach(each -> effective.add(observations.preferred(each, oldest)));
    dimension.history().forEach(each -> effective.add(observations.preferred(each, onDate)));
    dimension.overwrite().forEach(each -> effective.add(observations.preferred(each, newest)));
    effective.add(max(col(Observations.DECLARED)).over(always).equalTo(lit(false)).as(IS_INFERRED));
    effective.add(row_number().over(inTime).equalTo(lit(1)).as(FIRST));

    Dataset<Row> versions =
        observations
            .rows()
            .select(effective.toArray(Column[]::new))
            .withColumn(STARTS, col(FIRST).or(differsFromDateBefore(inTime)))
            .where(col(STARTS))
            .withColumn(
                VALID_FROM, when(col(FIRST), lit(Keys.BEGINNING)).otherwise(col(dimension.asOf())))
            .withColumn(VALID_TO, lead(col(dimension.asOf()), 1).over(inTime))
            .withColumn(IS_CURRENT, col(VALID_TO).isNull())
            .withColumn(VALID_TO, coalesce(col(VALID_TO), lit(Keys.OPEN_END)));

    List<Column> output = new ArrayList<>();
    output.add(Keys.surrogate(dimension.key(), col(VALID_FROM)).as(Keys.surrogateName(name)));
    output.add(Keys.durable(dimension.key()).as(Keys.durableName(name)));
    output.addAll(List.of(columns(dimension.key())));
    output.addAll(List.of(columns(dimension.attributes())));
    output.addAll(List.of(columns(List.of(VALID_FROM, VALID_TO, IS_CURRENT, IS_INFERRED))));
    return versions.select(output.toArray(Column[]::new));
  }

  private Column differsFromDateBefore(WindowSpec inTime) {
    if (dimension.history().isEmpty()) {
      return lit(false);
    }
    Column now = struct(columns(dimension.history()));
    return lag(now, 1).over(inTime).eqNullSafe(now).equalTo(lit(false));
  }

  private Dataset<Row> unknownMember(Dataset<Row> members) {
    List<Column> values = new ArrayList<>();
    values.add(lit(Keys.UNKNOWN).as(Keys.surrogateName(name)));
    values.add(lit(Keys.UNKNOWN).as(Keys.durableName(name)));
    for (String each : dimension.key()) {
      values.add(unknown(members, each));
    }
    for (String each : dimension.attributes()) {
      values.add(unknown(members, each));
    }
    values.add(lit(Keys.BEGINNING).as(VALID_FROM));
    values.add(lit(Keys.OPEN_END).as(VALID_TO));
    values.add(lit(true).as(IS_CURRENT));
    values.add(lit(false).as(IS_INFERRED));
    return members.sparkSession().range(1).select(values.toArray(Column[]::new));
  }

  private static Column unknown(Dataset<Row> members, String column) {
    DataType type = members.schema().apply(column).dataType();
    return lit(type.equals(DataTypes.StringType) ? UNKNOWN_TEXT : null).cast(type).as(column);
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(each -> col(each)).toArray(Column[]::new);
  }
}
