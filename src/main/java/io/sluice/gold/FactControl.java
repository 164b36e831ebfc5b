package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Holds a fact table to its silver table: the same number of rows, and the same sum of every
 * measure.
 */
final class FactControl {
  private FactControl() {}

  /**
   * Compares in exact decimals.
   *
   * @return how many rows both have
   * @throws SluiceException UNBALANCED if they differ, e.g. because a lookup multiplied rows
   */
  static long check(GoldTable table, Dataset<Row> silver, Dataset<Row> facts) {
    GoldTable.Fact fact = (GoldTable.Fact) table.shape();
    Row expected = totals(fact, silver);
    Row made = totals(fact, facts);
    if (expected.getLong(0) != made.getLong(0)) {
      throw unbalanced(
          table,
          "%s has %d rows for the dates in question and %d facts came of them"
              .formatted(fact.from(), expected.getLong(0), made.getLong(0)));
    }
    for (int i = 0; i < fact.measures().size(); i++) {
      if (!Objects.equals(expected.get(i + 1), made.get(i + 1))) {
        throw unbalanced(
            table,
            "the sum of %s is %s in %s and %s in the facts"
                .formatted(
                    fact.measures().get(i), expected.get(i + 1), fact.from(), made.get(i + 1)));
      }
    }
    return expected.getLong(0);
  }

  private static Row totals(GoldTable.Fact fact, Dataset<Row> rows) {
    List<Column> sums = new ArrayList<>();
    fact.measures().forEach(measure -> sums.add(sum(col(measure))));
    return rows.agg(count(lit(1)), sums.toArray(Column[]::new)).head();
  }

  private static SluiceException unbalanced(GoldTable table, String why) {
    return new SluiceException(
        Reason.UNBALANCED,
        "The rows of " + table.name() + " do not add up",
        why,
        "Nothing of it was committed. Look for a dimension whose versions overlap.");
  }
}
