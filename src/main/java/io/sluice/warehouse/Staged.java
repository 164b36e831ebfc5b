package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * A filled staging table.
 *
 * @param name qualified and quoted
 * @param counts rows that Spark counted, by the task attempt that it took
 */
record Staged(TargetTable target, String name, Map<Long, Long> counts) {
  static Staged of(TargetTable target, String name, List<Row> taken) {
    return new Staged(
        target,
        name,
        taken.stream().collect(Collectors.toMap(row -> row.getLong(0), row -> row.getLong(1))));
  }

  long rows() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Leaves out rows of attempts that Spark did not take, even those that arrive later. */
  String condition(String alias) {
    return counts.isEmpty()
        ? "false"
        : "%s.%s IN (%s)"
            .formatted(
                alias,
                Staging.ATTEMPT,
                counts.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
  }

  /** Holds what arrived against what Spark counted, and the key against being a key. */
  void verifyArrived(Connection connection) throws SQLException {
    Map<Long, Long> arrived = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT s.%s, count(*) FROM %s s WHERE %s GROUP BY 1"
                    .formatted(Staging.ATTEMPT, name, condition("s")))) {
      while (row.next()) {
        arrived.put(row.getLong(1), row.getLong(2));
      }
    }
    counts.forEach(
        (attempt, counted) -> {
          if (arrived.getOrDefault(attempt, 0L).longValue() != counted) {
            throw new SluiceException(
                Reason.WAREHOUSE_REFUSED,
                "Of %d rows of %s only %d arrived in the staging table"
                    .formatted(counted, target.name(), arrived.getOrDefault(attempt, 0L)),
                "the server lost them, as an unlogged table is emptied by a crash",
                "Run it again; the old rows keep serving.");
          }
        });
    verifyKey(connection);
  }

  private void verifyKey(Connection connection) throws SQLException {
    if (target.primaryKey().isEmpty()) {
      return;
    }
    String key = Sql.names("s", target.primaryKey());
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ROW(%s)::text, count(*) FROM %s s WHERE %s GROUP BY %s HAVING count(*) > 1 LIMIT 1"
                    .formatted(key, name, condition("s"), key))) {
      if (row.next()) {
        throw new SluiceException(
            Reason.WAREHOUSE_REFUSED,
            "The table " + target.name() + " cannot be published",
            "its key (%s) is not unique: %s stands in %d rows"
                .formatted(
                    String.join(", ", target.primaryKey()), row.getString(1), row.getLong(2)),
            "Add a gate with unique over the table's real key; the old rows keep serving.");
      }
    }
  }
}
