package io.sluice.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import io.sluice.config.GoldTable;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Two members, or versions, whose derived keys are the same. Among a million keys of 64 bits that
 * happens in one of 37 million dimensions; were it overlooked, the facts of one member would be
 * those of the other.
 */
final class KeyCollisions {
  private KeyCollisions() {}

  /**
   * @param rows of the dimension, with its keys
   * @throws SluiceException KEY_COLLISION that names two business keys with one surrogate or
   *     durable key
   */
  static void require(String name, GoldTable.Dimension dimension, Dataset<Row> rows) {
    List<String> version = new ArrayList<>(dimension.key());
    version.add("valid_from");
    require(name, rows, Keys.durableName(name), dimension.key());
    require(name, rows, Keys.surrogateName(name), version);
  }

  private static void require(String name, Dataset<Row> rows, String key, List<String> identity) {
    Column of = struct(identity.stream().map(each -> col(each)).toArray(Column[]::new));
    List<Row> found =
        rows.where(col(key).notEqual(lit(Keys.UNKNOWN)))
            .groupBy(col(key))
            .agg(min(of).as("one"), max(of).as("other"))
            .where(not(col("one").eqNullSafe(col("other"))))
            .orderBy(key)
            .limit(1)
            .collectAsList();
    if (!found.isEmpty()) {
      throw collision(name, found.get(0), identity);
    }
  }

  private static SluiceException collision(String name, Row found, List<String> identity) {
    return new SluiceException(
        Reason.KEY_COLLISION,
        "Two members of %s have the same key %d".formatted(name, found.getLong(0)),
        "its keys are hashes of 64 bits, and that of %s is that of %s"
            .formatted(text(found.getStruct(1), identity), text(found.getStruct(2), identity)),
        "Nothing of %1$s was committed. Add a column that tells them apart to gold.%1$s.dimension.key, or have one of them spelled otherwise in its source; then rebuild %1$s and the facts that refer to it."
            .formatted(name));
  }

  private static String text(Row identity, List<String> names) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      parts.add(names.get(i) + " " + identity.get(i));
    }
    return String.join(", ", parts);
  }
}
