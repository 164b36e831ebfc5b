package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.sluice.contract.Adjustment.How;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Adds up by how much values differ from their cells; exactly, which no decimal of Spark's can. */
final class Adjustments {
  private Adjustments() {}

  /** By column, in the columns' alphabetic order. */
  static List<AdjustedColumn> of(Dataset<Row> rows) {
    Map<String, AdjustedColumn> columns = new TreeMap<>();
    for (String part :
        rows.select(explode(col(ConvertedRows.ADJUSTMENTS)).as("a"))
            .select("a.column_name", "a.how", "a.difference")
            .mapPartitions(
                (MapPartitionsFunction<Row, String>) Adjustments::ofPartition, Encoders.STRING())
            .collectAsList()) {
      AdjustedColumn column = parse(part);
      columns.merge(column.column(), column, AdjustedColumn::plus);
    }
    return List.copyOf(columns.values());
  }

  private static Iterator<String> ofPartition(Iterator<Row> rows) {
    Map<String, AdjustedColumn> columns = new TreeMap<>();
    rows.forEachRemaining(
        row -> {
          BigDecimal by = new BigDecimal(row.getString(2));
          AdjustedColumn one =
              switch (How.valueOf(row.getString(1))) {
                case AT_15_DIGITS ->
                    new AdjustedColumn(row.getString(0), 1, by, 0, BigDecimal.ZERO);
                case ROUNDED -> new AdjustedColumn(row.getString(0), 0, BigDecimal.ZERO, 1, by);
              };
          columns.merge(one.column(), one, AdjustedColumn::plus);
        });
    return columns.values().stream().map(Adjustments::text).iterator();
  }

  private static String text(AdjustedColumn column) {
    return String.join(
        "|",
        column.column(),
        String.valueOf(column.at15Digits()),
        column.at15DigitsBy().toString(),
        String.valueOf(column.rounded()),
        column.roundedBy().toString());
  }

  private static AdjustedColumn parse(String text) {
    String[] parts = text.split("\\|");
    return new AdjustedColumn(
        parts[0],
        Long.parseLong(parts[1]),
        new BigDecimal(parts[2]),
        Long.parseLong(parts[3]),
        new BigDecimal(parts[4]));
  }
}
