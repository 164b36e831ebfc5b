package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Changes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the scope of a target equal to what was staged, touching only rows that differ. Runs while
 * the target is locked against other writers, which is why plain UPDATE and INSERT are exact; ON
 * CONFLICT would lock, and so rewrite, rows that stay.
 */
final class Difference {
  private final TargetTable target;
  private final Staged staged;
  private final Changes changes;
  private final Connection connection;
  private long inserted;
  private long updated;
  private long deleted;

  Difference(Staged staged, Changes changes, Connection connection) {
    this.target = staged.target();
    this.staged = staged;
    this.changes = changes;
    this.connection = connection;
  }

  TargetTable target() {
    return target;
  }

  /** Deletes the rows of the scope that are not staged. */
  void deleteVanished() throws SQLException {
    deleted +=
        run(
            target.primaryKey().isEmpty()
                ? deleteSurplus()
                : "DELETE FROM %s t WHERE %s AND NOT EXISTS (SELECT 1 FROM %s s WHERE %s AND %s)"
                    .formatted(
                        target.qualified(),
                        scope("t"),
                        staged.name(),
                        staged.condition("s"),
                        sameKey()));
  }

  /** Updates the rows that differ and adds those that are missing. */
  void upsert() throws SQLException {
    if (target.primaryKey().isEmpty()) {
      inserted += run(insertLacking());
      return;
    }
    List<String> values = target.valueColumns();
    if (!values.isEmpty()) {
      updated +=
          run(
              "UPDATE %s t SET %s FROM %s s WHERE %s AND %s AND ROW(%s) IS DISTINCT FROM ROW(%s)"
                  .formatted(
                      target.qualified(),
                      values.stream()
                          .map(column -> Sql.name(column) + " = s." + Sql.name(column))
                          .collect(Collectors.joining(", ")),
                      staged.name(),
                      staged.condition("s"),
                      sameKey(),
                      Sql.names("t", values),
                      Sql.names("s", values)));
    }
    inserted +=
        run(
            "INSERT INTO %s (%s) SELECT %s FROM %s s WHERE %s AND NOT EXISTS (SELECT 1 FROM %s t WHERE %s)"
                .formatted(
                    target.qualified(),
                    Sql.names(target.columnNames()),
                    Sql.names("s", target.columnNames()),
                    staged.name(),
                    staged.condition("s"),
                    target.qualified(),
                    sameKey()));
  }

  /** Counts the scope, and fails unless it holds as many rows as were staged. */
  TableResult verified(long version) throws SQLException {
    long strays =
        changes.everything()
            ? 0
            : count(
                "SELECT count(*) FROM %s s WHERE %s AND (%s) IS NOT TRUE"
                    .formatted(staged.name(), staged.condition("s"), scope("s")));
    long inScope =
        count("SELECT count(*) FROM %s t WHERE %s".formatted(target.qualified(), scope("t")));
    if (strays != 0 || inScope != staged.rows()) {
      throw new SluiceException(
          Reason.UNBALANCED,
          "The published table %s would hold %d rows where the lake has %d"
              .formatted(target.name(), inScope, staged.rows()),
          strays == 0
              ? "a trigger, a rule or a row policy changed what was written"
              : strays + " rows belong to other business dates than the changed ones",
          "Nothing was published. Look at the table's triggers and policies, or publish with"
              + " --rebuild.");
    }
    return new TableResult(
        target.name(),
        staged.rows(),
        inserted,
        updated,
        deleted,
        staged.rows() - inserted - updated,
        inScope,
        version,
        false);
  }

  /** A table without a key is a bag of rows: each staged row as often as it is staged. */
  private String deleteSurplus() {
    return """
    DELETE FROM %1$s d USING (
      SELECT t.ctid AS place
      FROM (SELECT t.ctid, ROW(%2$s)::text AS content,
                   row_number() OVER (PARTITION BY ROW(%2$s)::text) AS copy
            FROM %1$s t WHERE %3$s) t
      LEFT JOIN (SELECT ROW(%4$s)::text AS content, count(*) AS copies
                 FROM %5$s s WHERE %6$s GROUP BY 1) s ON s.content = t.content
      WHERE t.copy > coalesce(s.copies, 0)) surplus
    WHERE d.ctid = surplus.place\
    """
        .formatted(
            target.qualified(),
            Sql.names("t", target.columnNames()),
            scope("t"),
            Sql.names("s", target.columnNames()),
            staged.name(),
            staged.condition("s"));
  }

  private String insertLacking() {
    return """
    INSERT INTO %1$s (%2$s)
    SELECT %3$s
    FROM (SELECT s.*, ROW(%3$s)::text AS sluice_content,
                 row_number() OVER (PARTITION BY ROW(%3$s)::text) AS sluice_copy
          FROM %4$s s WHERE %5$s) s
    LEFT JOIN (SELECT ROW(%6$s)::text AS content, count(*) AS copies
               FROM %1$s t WHERE %7$s GROUP BY 1) there ON there.content = s.sluice_content
    WHERE s.sluice_copy > coalesce(there.copies, 0)\
    """
        .formatted(
            target.qualified(),
            Sql.names(target.columnNames()),
            Sql.names("s", target.columnNames()),
            staged.name(),
            staged.condition("s"),
            Sql.names("t", target.columnNames()),
            scope("t"));
  }

  private String sameKey() {
    return target.primaryKey().stream()
        .map(column -> "t." + Sql.name(column) + " = s." + Sql.name(column))
        .collect(Collectors.joining(" AND "));
  }

  private String scope(String alias) {
    return changes.everything() ? "true" : target.scope().condition(alias, changes.dates());
  }

  private long run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
