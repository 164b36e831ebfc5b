package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;

/**
 * Holds a fact table to its silver table, date by date: the same number of rows, and the same sum
 * of every measure, in exact decimals.
 */
final class FactControl {
  private final GoldTable table;
  private final GoldTable.Fact fact;
  private final SortedMap<String, String> differences = new TreeMap<>();
  private final List<Integer> multiplied = new ArrayList<>();
  private long sourceRows;
  private long factRows;

  private FactControl(GoldTable table) {
    this.table = table;
    this.fact = (GoldTable.Fact) table.shape();
  }

  /** Compares both by one aggregation. */
  static FactControl of(GoldTable table, Dataset<Row> silver, Dataset<Row> facts) {
    FactControl control = new FactControl(table);
    List<Column> totals = new ArrayList<>();
    totals.add(sum("silver_rows"));
    totals.add(sum("fact_rows"));
    for (int i = 0; i < control.fact.measures().size(); i++) {
      totals.add(sum("silver_" + i));
      totals.add(sum("fact_" + i));
    }
    control
        .side(silver, Dates.key(control.fact.date()), true)
        .unionByName(control.side(facts, col(FactTable.DATE_KEY), false))
        .groupBy(FactTable.DATE_KEY)
        .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new))
        .collectAsList()
        .forEach(control::compare);
    return control;
  }

  /** How many silver rows the facts were made from. */
  long sourceRows() {
    return sourceRows;
  }

  /** By slice, the sums that differ. */
  SortedMap<String, String> differences() {
    return differences;
  }

  /**
   * A lookup adds a column and no row: each row finds at most one version of a member, since the
   * versions of a member do not overlap. No lookup loses a row, so that as many facts as silver
   * rows prove it of all of them at once.
   *
   * @throws SluiceException LOOKUP_MULTIPLIES naming the lookup whose dimension has versions that
   *     overlap; UNBALANCED if rows were multiplied by none
   */
  void requireNoMore(Dataset<Row> silver, Map<String, DimensionRef> dimensions) {
    if (multiplied.isEmpty() && factRows == sourceRows) {
      return;
    }
    Dataset<Row> concerned = silver.where(Dates.key(fact.date()).isInCollection(multiplied));
    for (Lookup lookup : fact.lookups()) {
      refuseOverlap(concerned, lookup, dimensions.get(lookup.dimension()));
    }
    throw new SluiceException(
        Reason.UNBALANCED,
        "The rows of " + table.name() + " do not add up",
        "%s has %d rows for the dates in question and %d facts came of them"
            .formatted(fact.from(), sourceRows, factRows),
        "Nothing of it was committed. Report this as a defect.");
  }

  private Dataset<Row> side(Dataset<Row> rows, Column dateKey, boolean ofSilver) {
    List<Column> columns = new ArrayList<>();
    columns.add(dateKey.as(FactTable.DATE_KEY));
    columns.add(lit(ofSilver ? 1L : 0L).as("silver_rows"));
    columns.add(lit(ofSilver ? 0L : 1L).as("fact_rows"));
    for (int i = 0; i < fact.measures().size(); i++) {
      String measure = fact.measures().get(i).column();
      DataType type = rows.schema().apply(measure).dataType();
      Column none = lit(null).cast(type);
      columns.add((ofSilver ? col(measure) : none).as("silver_" + i));
      columns.add((ofSilver ? none : col(measure)).as("fact_" + i));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private void compare(Row totals) {
    sourceRows += totals.getLong(1);
    factRows += totals.getLong(2);
    if (totals.isNullAt(0)) {
      return;
    }
    if (totals.getLong(1) != totals.getLong(2)) {
      multiplied.add(totals.getInt(0));
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < fact.measures().size(); i++) {
      Object expected = totals.get(3 + 2 * i);
      Object made = totals.get(4 + 2 * i);
      if (!Objects.equals(expected, made)) {
        found.add(
            "the sum of %s is %s in %s and %s in %s"
                .formatted(
                    fact.measures().get(i).column(), expected, fact.from(), made, table.name()));
      }
    }
    if (!found.isEmpty()) {
      differences.put(FactTable.DATE_KEY + "=" + totals.getInt(0), String.join("; ", found));
    }
  }

  private void refuseOverlap(Dataset<Row> silver, Lookup lookup, DimensionRef dimension) {
    List<String> keys = dimension.dimension().key();
    String surrogate = Keys.surrogateName(dimension.name());
    WindowSpec ofMember =
        Window.partitionBy(keys.stream().map(key -> col(key)).toArray(Column[]::new))
            .orderBy(col("valid_from"), col("valid_to"), col(surrogate));
    Dataset<Row> overlapping =
        FactTable.members(dimension)
            .withColumn("__next_key", lead(surrogate, 1).over(ofMember))
            .withColumn("__next_from", lead("valid_from", 1).over(ofMember))
            .withColumn("__next_to", lead("valid_to", 1).over(ofMember))
            .where(col("__next_from").lt(col("valid_to")));
    Column same = lit(true);
    List<String> own = lookup.columns(keys);
    for (int i = 0; i < keys.size(); i++) {
      same = same.and(overlapping.col(keys.get(i)).equalTo(silver.col(own.get(i))));
    }
    List<Row> first = overlapping.join(silver, same, "left_semi").limit(1).collectAsList();
    if (first.isEmpty()) {
      return;
    }
    Row row = first.get(0);
    List<String> member = new ArrayList<>();
    keys.forEach(key -> member.add(key + "=" + row.getAs(key)));
    throw new SluiceException(
        Reason.LOOKUP_MULTIPLIES,
        "The lookup of %s in %s multiplies rows".formatted(lookup.title(), table.name()),
        "it is many to one, but %s has two versions that overlap: key %s from %s to %s, and key %s from %s to %s"
            .formatted(
                String.join(", ", member),
                row.getAs(surrogate),
                row.getAs("valid_from"),
                row.getAs("valid_to"),
                row.getAs("__next_key"),
                row.getAs("__next_from"),
                row.getAs("__next_to")),
        "Nothing of it was committed. `sluice rebuild %s` makes the dimension anew; if its versions"
                .formatted(dimension.name())
            + " overlap again, report it as a defect.");
  }
}
