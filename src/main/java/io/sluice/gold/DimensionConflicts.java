package io.sluice.gold;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import io.sluice.config.GoldTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where the rows that one source has for one member on one day disagree. */
public final class DimensionConflicts {
  private DimensionConflicts() {}

  /**
   * One row for each attribute of which a source has several values for one business key and date.
   * Sources that differ from each other are no conflict: their precedence is declared.
   *
   * @param silver as for {@link DimensionTable#rows}
   * @return {@code dimension}, {@code key} (parts joined by {@code |}), {@code as_of} (date),
   *     {@code source}, {@code attribute}, {@code chosen} (the value that counts) and {@code
   *     values} (all, in order, joined by {@code |}), as text
   */
  public static Dataset<Row> rows(
      String name, GoldTable.Dimension dimension, Map<String, Dataset<Row>> silver) {
    Dataset<Row> all = null;
    for (String source : dimension.from()) {
      Dataset<Row> found = ofSource(name, dimension, source, silver.get(source));
      all = all == null ? found : all.unionByName(found);
    }
    return all;
  }

  /** {@link #rows} of one source. */
  static Dataset<Row> ofSource(
      String name, GoldTable.Dimension dimension, String source, Dataset<Row> rows) {
    List<String> attributes =
        dimension.attributes().stream().filter(each -> Observations.has(rows, each)).toList();
    if (attributes.isEmpty()) {
      return ofSource(
          name, dimension, source, rows.limit(0).withColumn("__none", lit("")), "__none");
    }
    return ofSource(name, dimension, source, rows, attributes.toArray(String[]::new));
  }

  private static Dataset<Row> ofSource(
      String name,
      GoldTable.Dimension dimension,
      String source,
      Dataset<Row> rows,
      String... attributes) {
    List<Column> sets = new ArrayList<>();
    List<Column> entries = new ArrayList<>();
    for (String attribute : attributes) {
      // Sorted by the attribute's own type: the first one is the one that counts.
      sets.add(sort_array(collect_set(col(attribute))).cast("array<string>").as("__" + attribute));
      entries.add(struct(lit(attribute).as("attribute"), col("__" + attribute).as("found")));
    }
    Column[] key = dimension.key().stream().map(each -> col(each)).toArray(Column[]::new);
    return rows.where(Observations.identified(dimension))
        .groupBy(Observations.group(dimension))
        .agg(sets.get(0), sets.subList(1, sets.size()).toArray(Column[]::new))
        .select(
            concat_ws("|", key).as("key"),
            col(dimension.asOf()).as("as_of"),
            explode(array(entries.toArray(Column[]::new))).as("entry"))
        .where(size(col("entry.found")).gt(lit(1)))
        .select(
            lit(name).as("dimension"),
            col("key"),
            col("as_of"),
            lit(source).as("source"),
            col("entry.attribute"),
            col("entry.found").getItem(0).as("chosen"),
            array_join(col("entry.found"), "|").as("values"));
  }
}
