package io.sluice.warehouse;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Changes;
import io.sluice.warehouse.Publications.Recorded;
import io.sluice.warehouse.TargetTable.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes tables of the lake: executors copy the changed rows into staging tables, then one
 * transaction makes all targets equal to them. Readers see every table as it was or every table as
 * it is; at a failure nothing changes and a rerun needs no cleaning up.
 */
public final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01");
  private static final int TRIES = 3;

  private final Warehouse warehouse;
  private final String pipeline;
  private final Connections connections;

  public Publisher(Warehouse warehouse, String pipeline, Connections connections) {
    this.warehouse = warehouse;
    this.pipeline = pipeline;
    this.connections = connections;
  }

  /**
   * Publishes what is new in the sources; touches nothing where all of them are published already.
   *
   * @param rebuild whether to compare every table whole, whatever was published before
   * @throws SluiceException FENCED if another publish of the pipeline came in between;
   *     WAREHOUSE_SHAPE if the tables are not as declared; WAREHOUSE_UNREACHABLE, WAREHOUSE_REFUSED
   *     or UNBALANCED for what else can go wrong
   */
  public PublishResult publish(List<PublishSource> sources, String runId, boolean rebuild) {
    try (Connection connection = connections.open()) {
      ShapeCheck.prepare(
          connection, warehouse, sources.stream().map(PublishSource::target).toList());
      Map<String, Recorded> recorded = Publications.read(connection, pipeline);
      connection.rollback();
      Map<PublishSource, Changes> work = new LinkedHashMap<>();
      for (PublishSource source : sources) {
        Recorded before = recorded.get(source.target().name());
        if (rebuild || !new Recorded(source.tableId(), source.version()).equals(before)) {
          work.put(source, changes(source, before, rebuild));
        }
      }
      if (work.isEmpty()) {
        return result(sources, Map.of(), Map.of());
      }
      return publish(connection, sources, work, recorded, runId);
    } catch (SQLException e) {
      throw Failures.translate(e, "The pipeline " + pipeline + " could not be published");
    }
  }

  private PublishResult publish(
      Connection connection,
      List<PublishSource> sources,
      Map<PublishSource, Changes> work,
      Map<String, Recorded> recorded,
      String runId)
      throws SQLException {
    long began = System.nanoTime();
    Staging staging = Staging.open(connection, pipeline, runId);
    try {
      Map<String, Staged> staged = stage(staging, work);
      Map<String, TableResult> done = tryToCommit(connection, work, staged, recorded, runId);
      PublishResult result = result(sources, done, recorded);
      LOG.info(
          "published pipeline={} run={} tables={} changed={} seconds={}",
          pipeline,
          runId,
          done.size(),
          result.changed(),
          (System.nanoTime() - began) / 1_000_000_000L);
      return result;
    } catch (SQLException | RuntimeException e) {
      Migration.rollback(connection, e);
      throw e;
    } finally {
      tidyUp(connection, staging, work);
    }
  }

  /**
   * Whole, unless the same table was published at an earlier version and its rows can be found by
   * date.
   */
  private static Changes changes(PublishSource source, Recorded before, boolean rebuild) {
    if (rebuild
        || before == null
        || !before.tableId().equals(source.tableId())
        || before.version() > source.version()) {
      return Changes.EVERYTHING;
    }
    Changes changes = source.changesSince(before.version());
    return changes.isEmpty() || source.target().scope().dated() ? changes : Changes.EVERYTHING;
  }

  private Map<String, Staged> stage(Staging staging, Map<PublishSource, Changes> work)
      throws SQLException {
    // One connection is the driver's.
    int parallel = Math.max(1, warehouse.maxConnections() - 1);
    Map<String, Staged> staged = new HashMap<>();
    for (Map.Entry<PublishSource, Changes> each : work.entrySet()) {
      TargetTable target = each.getKey().target();
      if (!each.getValue().isEmpty()) {
        try {
          staged.put(
              target.name(),
              staging.fill(target, each.getKey().rows(each.getValue()), connections, parallel));
        } catch (SluiceException | SQLException e) {
          throw e;
        } catch (Exception e) {
          // Spark throws checked exceptions that its signatures do not declare.
          throw Failures.fromSpark(e, "The rows of " + target.name() + " could not be sent");
        }
      }
    }
    return staged;
  }

  private Map<String, TableResult> tryToCommit(
      Connection connection,
      Map<PublishSource, Changes> work,
      Map<String, Staged> staged,
      Map<String, Recorded> recorded,
      String runId)
      throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return commit(connection, work, staged, recorded, runId);
      } catch (SQLException e) {
        if (attempt == TRIES || !WORTH_ANOTHER_TRY.contains(Objects.toString(e.getSQLState()))) {
          throw e;
        }
        connection.rollback();
        LOG.warn("publish of {} is tried again: {}", pipeline, e.getMessage());
      }
    }
  }

  private Map<String, TableResult> commit(
      Connection connection,
      Map<PublishSource, Changes> work,
      Map<String, Staged> staged,
      Map<String, Recorded> recorded,
      String runId)
      throws SQLException {
    fence(connection, work, recorded);
    Map<PublishSource, Difference> differences = new LinkedHashMap<>();
    work.forEach(
        (source, changes) -> {
          Staged rows = staged.get(source.target().name());
          if (rows != null) {
            differences.put(source, new Difference(rows, changes, connection));
          }
        });
    lock(connection, differences.values().stream().map(Difference::target).toList());
    // What is referred to comes before what refers to it, and goes after it: no key dangles in
    // between.
    for (Difference each : of(Kind.REFERENCED, differences)) {
      each.upsert();
    }
    for (Difference each : of(Kind.REFERRING, differences)) {
      each.deleteVanished();
      each.upsert();
    }
    for (Difference each : of(Kind.REFERENCED, differences)) {
      each.deleteVanished();
    }
    Map<String, TableResult> results = new HashMap<>();
    for (PublishSource source : work.keySet()) {
      Difference difference = differences.get(source);
      String table = source.target().name();
      results.put(
          table,
          difference == null
              ? new TableResult(table, 0, 0, 0, 0, 0, 0, source.version(), false)
              : difference.verified(source.version()));
      Publications.write(connection, pipeline, source, runId);
    }
    connection.commit();
    return results;
  }

  /** Publishes of one pipeline commit one after the other, and only onto what they started from. */
  private void fence(
      Connection connection, Map<PublishSource, Changes> work, Map<String, Recorded> recorded)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_xact_lock(" + Staging.number("publish", pipeline) + ")");
    }
    Map<String, Recorded> now = Publications.read(connection, pipeline);
    for (PublishSource source : work.keySet()) {
      String table = source.target().name();
      if (!Objects.equals(now.get(table), recorded.get(table))) {
        throw new SluiceException(
            Reason.FENCED,
            "Another publish of " + pipeline + " came first",
            "the warehouse's record of %s changed from %s to %s while this one was copying"
                .formatted(table, shown(recorded.get(table)), shown(now.get(table))),
            "Nothing was published. Run it again: it publishes what is still missing.");
      }
    }
  }

  private static String shown(Recorded recorded) {
    return recorded == null ? "none" : "version " + recorded.version();
  }

  private static void lock(Connection connection, List<TargetTable> targets) throws SQLException {
    if (targets.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE"
              .formatted(
                  targets.stream()
                      .map(TargetTable::qualified)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
  }

  private static List<Difference> of(Kind kind, Map<PublishSource, Difference> differences) {
    return differences.values().stream().filter(each -> each.target().kind() == kind).toList();
  }

  private static PublishResult result(
      List<PublishSource> sources, Map<String, TableResult> done, Map<String, Recorded> recorded) {
    List<TableResult> tables = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    for (PublishSource source : sources) {
      String table = source.target().name();
      tables.add(
          done.containsKey(table) ? done.get(table) : TableResult.skipped(table, source.version()));
      Recorded before = recorded.get(table);
      if (before != null && !before.tableId().equals(source.tableId())) {
        anew.add(table);
      }
    }
    return PublishResult.of(tables, anew);
  }

  /**
   * What fails here is no failure of the publish: the next one sweeps, and the server gathers
   * statistics by itself.
   */
  private static void tidyUp(
      Connection connection, Staging staging, Map<PublishSource, Changes> work) {
    try {
      connection.rollback();
      staging.close();
      try (Statement statement = connection.createStatement()) {
        for (Map.Entry<PublishSource, Changes> each : work.entrySet()) {
          if (each.getValue().everything()) {
            statement.execute("ANALYZE " + each.getKey().target().qualified());
          }
        }
      }
      connection.commit();
    } catch (SQLException e) {
      LOG.warn("staging tables are left to the next publish: {}", e.getMessage());
    }
  }
}
