package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The staging tables of one run: unlogged, filled by executors, dropped at the end. The run holds
 * an advisory lock as long as its connection lives; a staging table whose lock is free was left by
 * a dead run.
 */
final class Staging {
  static final String ATTEMPT = "sluice_attempt";

  private static final int NAME_LIMIT = 63;
  private static final String MARK = "sluice staging ";

  private final Connection connection;
  private final String pipeline;
  private final String runId;
  private final long lock;
  private final List<String> created = new ArrayList<>();

  private Staging(Connection connection, String pipeline, String runId) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.runId = runId;
    this.lock = number("run", pipeline, runId);
  }

  /** Takes the run's lock and sweeps what dead runs of the pipeline left. */
  static Staging open(Connection connection, String pipeline, String runId) throws SQLException {
    Staging staging = new Staging(connection, pipeline, runId);
    if (!tryLock(connection, staging.lock)) {
      throw new SluiceException(
          Reason.FENCED,
          "The run " + runId + " already publishes " + pipeline,
          "another connection holds the lock of this run",
          "Wait for it to end; its connection is shown as 'sluice "
              + runId
              + "' in pg_stat_activity.");
    }
    staging.sweep();
    connection.commit();
    return staging;
  }

  /**
   * Copies the rows into a staging table of their own, over at most so many connections at once.
   */
  Staged fill(TargetTable target, Dataset<Row> rows, Connections connections, int parallel)
      throws SQLException {
    String name = Sql.name(Migration.STAGING, tableName(target.name()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + name);
      statement.execute(
          "CREATE UNLOGGED TABLE %s (%s, %s bigint)"
              .formatted(
                  name,
                  target.columns().stream()
                      .map(column -> Sql.name(column.name()) + " " + column.type())
                      .collect(Collectors.joining(", ")),
                  ATTEMPT));
      statement.execute("COMMENT ON TABLE " + name + " IS " + Sql.text(mark() + lock));
    }
    connection.commit();
    created.add(name);
    Column[] columns =
        target.columnNames().stream()
            .map(
                column -> org.apache.spark.sql.functions.col("`" + column.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    String copy =
        "COPY %s (%s, %s) FROM STDIN WITH (FORMAT text, ENCODING 'UTF8')"
            .formatted(name, Sql.names(target.columnNames()), ATTEMPT);
    List<Row> taken =
        rows.select(columns)
            .coalesce(parallel)
            .mapPartitions(new CopyTask(connections, target, copy), Encoders.row(CopyTask.RESULT))
            .collectAsList();
    Staged staged = Staged.of(target, name, taken);
    staged.verifyArrived(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE " + name);
    }
    connection.commit();
    return staged;
  }

  /** Drops this run's tables and gives its lock back. */
  void close() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String name : created) {
        statement.execute("DROP TABLE IF EXISTS " + name);
      }
      statement.execute("SELECT pg_advisory_unlock(" + lock + ")");
    }
    connection.commit();
  }

  /** A lock of 64 bits derived from words. */
  static long number(String... words) {
    return ByteBuffer.wrap(digest(String.join("\0", words))).getLong();
  }

  private void sweep() throws SQLException {
    String sql =
        """
        SELECT c.relname, obj_description(c.oid, 'pg_class')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relkind = 'r' AND obj_description(c.oid, 'pg_class') LIKE 'sluice staging %'
        """;
    List<String> dead = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, Migration.STAGING);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getString(2).startsWith(mark())) {
            long theirs = Long.parseLong(row.getString(2).substring(mark().length()));
            // Our own lock is held, by us: what stands under it was left by a run of the same id.
            if (theirs == lock || tryLock(connection, theirs)) {
              dead.add(row.getString(1));
              if (theirs != lock) {
                unlock(theirs);
              }
            }
          }
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String name : dead) {
        statement.execute("DROP TABLE IF EXISTS " + Sql.name(Migration.STAGING, name));
      }
    }
  }

  private String mark() {
    return MARK + pipeline + " ";
  }

  private String tableName(String table) {
    String name = pipeline + "_" + runId + "_" + table;
    if (name.getBytes(StandardCharsets.UTF_8).length <= NAME_LIMIT) {
      return name;
    }
    String hash = HexFormat.of().formatHex(digest(name)).substring(0, 16);
    String readable = name.replaceAll("[^A-Za-z0-9_]", "_");
    return readable.substring(0, NAME_LIMIT - hash.length() - 1) + "_" + hash;
  }

  private void unlock(long number) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock(" + number + ")");
    }
  }

  private static boolean tryLock(Connection connection, long number) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + number + ")")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
