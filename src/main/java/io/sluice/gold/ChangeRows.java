package io.sluice.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.GoldTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The observations of a dimension's members without those that say what the one before them said:
 * for each source and business key the dates on which any attribute is another one than on the
 * observed date before. {@link DimensionTable} makes the same rows of them as of all observations,
 * since an observation without news starts no version.
 *
 * <p>While they are worked on, rows have the attributes in one struct, {@code __new}, or {@code
 * __old} for what was stored before; a null struct says that nothing was observed, one of nulls
 * that nothing was known.
 */
final class ChangeRows {
  /** Names the {@link DimensionSource}; no declared column has such a name. */
  static final String SOURCE = "_source";

  private static final String OLD = "__old";
  private static final String NEW = "__new";
  private static final String AFTER = "__after";
  private static final String NEXT = "__next";
  private static final String THERE = "__there";
  private static final String CONFLICT = "__conflict";

  private final GoldTable.Dimension dimension;
  private final List<DimensionSource> sources;
  private final Map<String, DataType> types;

  /**
   * @param types of the key, the date and the attributes
   */
  ChangeRows(
      GoldTable.Dimension dimension, List<DimensionSource> sources, Map<String, DataType> types) {
    this.dimension = dimension;
    this.sources = sources;
    this.types = types;
  }

  /** Source, key, date, attributes. */
  StructType schema() {
    StructType schema = new StructType().add(SOURCE, "string");
    for (String name : columns()) {
      schema = schema.add(name, types.get(name));
    }
    return schema;
  }

  /** All that a source's rows say, one row for each key and date. */
  Dataset<Row> observed(DimensionSource source, Dataset<Row> silver) {
    List<Column> identity = identity(source);
    List<Column> values = new ArrayList<>(List.of(lit(true).as(THERE)));
    List<Column> smallest = new ArrayList<>();
    List<Column> largest = new ArrayList<>();
    Column differs = lit(false);
    List<Column> selected = new ArrayList<>(identity);
    for (String attribute : dimension.attributes()) {
      if (source.declared() && Observations.has(silver, attribute)) {
        Column value = col(aside(attribute));
        selected.add(col(attribute).as(aside(attribute)));
        smallest.add(min(value).as(aside(attribute)));
        largest.add(max(value).as("__max" + aside(attribute)));
        values.add(value.as(attribute));
        differs = differs.or(coalesce(value.notEqual(col("__max" + aside(attribute))), lit(false)));
      } else {
        values.add(lit(null).cast(types.get(attribute)).as(attribute));
      }
    }
    Dataset<Row> rows =
        silver.select(selected.toArray(Column[]::new)).where(Observations.identified(dimension));
    Column[] group = Observations.group(dimension);
    smallest.addAll(largest);
    Dataset<Row> perDate =
        smallest.isEmpty()
            ? rows.distinct()
            : rows.groupBy(group)
                .agg(smallest.get(0), smallest.subList(1, smallest.size()).toArray(Column[]::new));
    return perDate.select(
        and(
            group,
            lit(source.name()).as(SOURCE),
            struct(values.toArray(Column[]::new)).as(NEW),
            differs.as(CONFLICT)));
  }

  /**
   * What is stored, and beside it what is observed now.
   *
   * @param stored rows as {@link #schema} has them
   * @param observed what {@link #observed} found where {@code redone} holds
   * @param redone of source and date, whether {@code observed} stands in the place of what is
   *     stored
   */
  Dataset<Row> events(Dataset<Row> stored, Dataset<Row> observed, Column redone) {
    List<Column> values = new ArrayList<>(List.of(lit(true).as(THERE)));
    for (String attribute : dimension.attributes()) {
      // The date of a reference may bear the name of an attribute.
      values.add(
          when(col(SOURCE).isin(declared()), col(attribute))
              .otherwise(lit(null).cast(types.get(attribute)))
              .as(attribute));
    }
    Column[] group = Observations.group(dimension);
    Column nothing = lit(null).cast(observed.schema().apply(NEW).dataType());
    Dataset<Row> before =
        stored.select(
            and(
                group,
                col(SOURCE),
                struct(values.toArray(Column[]::new)).as(OLD),
                nothing.as(NEW),
                lit(false).as(CONFLICT)));
    Dataset<Row> now =
        observed.select(and(group, col(SOURCE), nothing.as(OLD), col(NEW), col(CONFLICT)));
    return before
        .unionByName(now)
        .repartition(member())
        .groupBy(and(group, col(SOURCE)))
        .agg(
            first(col(OLD), true).as(OLD),
            first(col(NEW), true).as(NEW),
            max(col(CONFLICT)).as(CONFLICT))
        .withColumn(NEW, when(redone, col(NEW)).otherwise(col(OLD)));
  }

  /**
   * Where what is in effect after a redone date is not what it was. Observations that follow had no
   * news, and were not stored; the first of them has some now.
   *
   * @return source, key, {@code __after} and {@code __next}, the dates between which they lie, both
   *     excluded, and what they say
   */
  Dataset<Row> gaps(Dataset<Row> events, Column redone) {
    WindowSpec inTime = Window.partitionBy(member()).orderBy(col(dimension.asOf()));
    WindowSpec untilNow = inTime.rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return events
        .withColumn(NEXT, coalesce(lead(col(dimension.asOf()), 1).over(inTime), lit(Keys.OPEN_END)))
        .withColumn(OLD, last(col(OLD), true).over(untilNow))
        .withColumn(NEW, last(col(NEW), true).over(untilNow))
        .where(redone.and(col(OLD).isNotNull()).and(not(col(OLD).eqNullSafe(col(NEW)))))
        .select(and(member(), col(dimension.asOf()).as(AFTER), col(NEXT), col(OLD).as(NEW)));
  }

  /** Source, key and date of the events whose rows disagree on an attribute. */
  Dataset<Row> conflicts(Dataset<Row> events) {
    return events.where(col(CONFLICT)).select(and(Observations.group(dimension), col(SOURCE)));
  }

  /** The first and the last date at which {@link #boundaries} has to look, of all gaps. */
  static Row bounds(Dataset<Row> gaps) {
    return gaps.selectExpr("date_add(min(" + AFTER + "), 1)", "max(" + NEXT + ")").head();
  }

  /** A source's business key and date, under the dimension's names. */
  private List<Column> identity(DimensionSource source) {
    List<Column> identity = new ArrayList<>();
    for (int i = 0; i < dimension.key().size(); i++) {
      String part = dimension.key().get(i);
      identity.add(col(source.key().get(i)).cast(types.get(part)).as(part));
    }
    identity.add(col(source.date()).as(dimension.asOf()));
    return identity;
  }

  /** The first observations within gaps, as events. */
  Dataset<Row> boundaries(Dataset<Row> gaps, DimensionSource source, Dataset<Row> silver) {
    List<Column> identity = identity(source);
    Dataset<Row> dates = silver.select(identity.toArray(Column[]::new));
    Dataset<Row> of = gaps.where(col(SOURCE).equalTo(lit(source.name())));
    Column within = col(dimension.asOf()).gt(col(AFTER)).and(col(dimension.asOf()).lt(col(NEXT)));
    List<Column> group = new ArrayList<>(List.of(member()));
    group.add(col(AFTER));
    return of.join(dates, dimension.key().toArray(String[]::new))
        .where(within)
        .groupBy(group.toArray(Column[]::new))
        .agg(min(col(dimension.asOf())).as(dimension.asOf()), first(col(NEW)).as(NEW))
        .select(
            and(
                Observations.group(dimension),
                col(SOURCE),
                lit(null).cast(gaps.schema().apply(NEW).dataType()).as(OLD),
                col(NEW),
                lit(false).as(CONFLICT)));
  }

  /** What is stored of each event from now on: {@code __new} is null where it has no news. */
  Dataset<Row> decided(Dataset<Row> events) {
    WindowSpec before =
        Window.partitionBy(member())
            .orderBy(col(dimension.asOf()))
            .rowsBetween(Window.unboundedPreceding(), -1);
    return events
        .withColumn("__before", last(col(NEW), true).over(before))
        .withColumn(NEW, when(not(col("__before").eqNullSafe(col(NEW))), col(NEW)))
        .drop("__before");
  }

  /** The rows to store. */
  Dataset<Row> rows(Dataset<Row> decided) {
    List<Column> columns = new ArrayList<>(List.of(col(SOURCE)));
    for (String name : columns()) {
      boolean attribute = !name.equals(dimension.asOf()) && dimension.attributes().contains(name);
      columns.add(attribute ? col(NEW + "." + name).as(name) : col(name));
    }
    return decided.where(col(NEW).isNotNull()).select(columns.toArray(Column[]::new));
  }

  /** The keys of which other rows are stored than before, each once. */
  Dataset<Row> changedKeys(Dataset<Row> decided) {
    return decided
        .where(not(col(OLD).eqNullSafe(col(NEW))))
        .select(dimension.key().stream().map(each -> col(each)).toArray(Column[]::new))
        .distinct();
  }

  /** The keys of which two versions of the stored rows differ, each once. */
  Dataset<Row> changedKeys(Dataset<Row> before, Dataset<Row> after) {
    Column[] key = dimension.key().stream().map(each -> col(each)).toArray(Column[]::new);
    Column[] all = Stream.of(schema().fieldNames()).map(each -> col(each)).toArray(Column[]::new);
    return before
        .select(all)
        .withColumn("__side", lit(-1))
        .unionByName(after.select(all).withColumn("__side", lit(1)))
        .groupBy(all)
        .sum("__side")
        .where("`sum(__side)` <> 0")
        .select(key)
        .distinct();
  }

  private Object[] declared() {
    return sources.stream().filter(DimensionSource::declared).map(DimensionSource::name).toArray();
  }

  /** Key, date and attributes, of which one may be the date. */
  private List<String> columns() {
    return Stream.of(dimension.key(), List.of(dimension.asOf()), dimension.attributes())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private Column[] member() {
    List<Column> columns = new ArrayList<>(List.of(col(SOURCE)));
    dimension.key().forEach(each -> columns.add(col(each)));
    return columns.toArray(Column[]::new);
  }

  private static Column[] and(Column[] columns, Column... more) {
    return Stream.of(columns, more).flatMap(Arrays::stream).toArray(Column[]::new);
  }

  private static String aside(String attribute) {
    return "__" + attribute;
  }
}
