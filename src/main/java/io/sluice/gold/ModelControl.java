package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sluice.config.ControlTotal;
import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Holds a table by SQL to the sums of measures of facts, date by date, in exact decimals. */
final class ModelControl {
  private ModelControl() {}

  /**
   * By slice ({@code as_of_date=2024-01-15}), the sums that differ; found by one aggregation. A sum
   * of no rows is nothing, and differs from one that is not 0.
   *
   * @param facts the rows of the facts on the dates that {@code rows} are of, by table name
   * @throws SluiceException CONFIG_INVALID if the table has no such column, or one that is no exact
   *     number
   */
  static SortedMap<String, String> differences(
      GoldTable table, Dataset<Row> rows, Map<String, Dataset<Row>> facts) {
    GoldTable.SqlModel model = (GoldTable.SqlModel) table.shape();
    String date = model.date().orElseThrow();
    requireExact(table, model, rows);
    Dataset<Row> sides = side(model, rows, col(date).cast("string"), "", facts);
    for (Map.Entry<String, Dataset<Row>> fact : facts.entrySet()) {
      Column day = Dates.ofKey(col(FactTable.DATE_KEY)).cast("string");
      sides = sides.unionByName(side(model, fact.getValue(), day, fact.getKey(), facts));
    }
    List<Column> sums = new ArrayList<>();
    for (int i = 0; i < model.control().size(); i++) {
      sums.add(sum("made_" + i));
      sums.add(sum("expected_" + i));
    }
    SortedMap<String, String> differences = new TreeMap<>();
    for (Row row :
        sides
            .groupBy("day")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
            .where(col("day").isNotNull())
            .collectAsList()) {
      List<String> found = new ArrayList<>();
      for (int i = 0; i < model.control().size(); i++) {
        ControlTotal total = model.control().get(i);
        Object made = row.get(1 + 2 * i);
        Object expected = row.get(2 + 2 * i);
        if (number(made).compareTo(number(expected)) != 0) {
          found.add(
              "the sum of %s is %s, and that of %s.%s is %s"
                  .formatted(
                      total.column(), text(made), total.fact(), total.measure(), text(expected)));
        }
      }
      if (!found.isEmpty()) {
        differences.put(date + "=" + row.getString(0), String.join("; ", found));
      }
    }
    return differences;
  }

  /**
   * @param fact whose rows these are; empty for those of the model
   */
  private static Dataset<Row> side(
      GoldTable.SqlModel model,
      Dataset<Row> rows,
      Column day,
      String fact,
      Map<String, Dataset<Row>> facts) {
    List<Column> columns = new ArrayList<>();
    columns.add(day.as("day"));
    for (int i = 0; i < model.control().size(); i++) {
      ControlTotal total = model.control().get(i);
      Column made = fact.isEmpty() ? col(total.column()) : lit(null).cast(DataTypes.LongType);
      DataType type = facts.get(total.fact()).schema().apply(total.measure()).dataType();
      Column expected = fact.equals(total.fact()) ? col(total.measure()) : lit(null).cast(type);
      columns.add(made.as("made_" + i));
      columns.add(expected.as("expected_" + i));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static void requireExact(GoldTable table, GoldTable.SqlModel model, Dataset<Row> rows) {
    for (ControlTotal total : model.control()) {
      String why = "";
      if (!Arrays.asList(rows.columns()).contains(total.column())) {
        why = "its result has no column " + total.column();
      } else {
        DataType type = rows.schema().apply(total.column()).dataType();
        if (!(type instanceof DecimalType)
            && !type.equals(DataTypes.LongType)
            && !type.equals(DataTypes.IntegerType)) {
          why = "its column %s is %s, which has no exact sum".formatted(total.column(), type.sql());
        }
      }
      if (!why.isEmpty()) {
        throw new SluiceException(
            Reason.CONFIG_INVALID,
            "The table " + table.name() + " cannot be held to " + total.fact(),
            why,
            "Correct gold.%s.control, or %s.".formatted(table.name(), model.file()));
      }
    }
  }

  private static BigDecimal number(Object sum) {
    return sum == null ? BigDecimal.ZERO : new BigDecimal(sum.toString());
  }

  private static String text(Object sum) {
    return sum == null ? "nothing" : sum.toString();
  }
}
