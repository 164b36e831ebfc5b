package io.sluice.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;

import java.util.List;
import org.apache.spark.sql.Column;

/**
 * How a slice is written down, wherever one is named: in commits, in the ledger, in gate results.
 */
public final class Slices {
  private Slices() {}

  /**
   * The canonical text of the slice that a row belongs to: {@code
   * portfolio_id=P1/as_of_date=2024-01-15}, in the order given.
   *
   * <p>In values {@code %}, {@code /} and {@code =} are percent-encoded. A NULL is the column's
   * name without an equals sign, so that it differs from an empty text. Without columns the text is
   * empty: the whole table is one slice.
   */
  public static Column sliceText(List<String> columns) {
    return concat_ws("/", columns.stream().map(Slices::part).toArray(Column[]::new));
  }

  private static Column part(String column) {
    Column value = col("`" + column.replace("`", "``") + "`").cast("string");
    // The percent sign first, or the signs that the other two bring in would be encoded again.
    Column encoded =
        replace(
            replace(replace(value, lit("%"), lit("%25")), lit("/"), lit("%2F")),
            lit("="),
            lit("%3D"));
    return coalesce(concat(lit(column + "="), encoded), lit(column));
  }
}
