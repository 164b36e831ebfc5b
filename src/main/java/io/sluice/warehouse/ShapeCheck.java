package io.sluice.warehouse;

import io.sluice.config.Warehouse;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.warehouse.MigrationPlan.ByHand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What publish does about the shape of the warehouse. The embedded server, and a server where
 * nothing of the pipeline exists yet and we may create it, are migrated; otherwise a difference
 * stops the publish, because changing tables is the owner's to decide.
 */
final class ShapeCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ShapeCheck.class);
  private static final int SHOWN = 5;

  private ShapeCheck() {}

  static void prepare(Connection connection, Warehouse warehouse, List<TargetTable> tables)
      throws SQLException {
    MigrationPlan plan = Migration.plan(connection, tables);
    for (ByHand each : plan.byHand()) {
      LOG.warn("warehouse shape: {}; for a person: {}", each.why(), each.statement());
    }
    if (!plan.blocking().isEmpty()) {
      throw new SluiceException(
          Reason.WAREHOUSE_SHAPE,
          "The tables of the warehouse are not as declared",
          plan.blocking().stream().map(ByHand::why).collect(Collectors.joining("; ")),
          "As the owner, after looking at what depends on it, run: "
              + plan.blocking().stream().map(ByHand::statement).collect(Collectors.joining("; "))
              + ".");
    }
    if (plan.additive().isEmpty()) {
      return;
    }
    if (warehouse.embedded() || firstUse(connection, tables)) {
      LOG.info("migrating the warehouse: {} statements", plan.additive().size());
      Migration.apply(connection, plan);
      return;
    }
    List<String> first = plan.additive().stream().limit(SHOWN).toList();
    int more = plan.additive().size() - first.size();
    throw new SluiceException(
        Reason.WAREHOUSE_SHAPE,
        "The warehouse lacks something that is declared",
        "migrate would run: "
            + String.join("; ", first)
            + (more > 0 ? "; and " + more + " more" : ""),
        "Run ./sluice migrate as the owner of the tables, then publish again.");
  }

  private static boolean firstUse(Connection connection, List<TargetTable> tables)
      throws SQLException {
    boolean common =
        Catalog.schemaExists(connection, Migration.OPS)
            && Catalog.schemaExists(connection, Migration.STAGING);
    if (!common && !Catalog.mayCreateSchema(connection)) {
      return false;
    }
    for (String schema : Migration.schemas(tables)) {
      boolean ours =
          Catalog.schemaExists(connection, schema)
              ? Catalog.mayCreateIn(connection, schema) && Catalog.read(connection, schema).empty()
              : Catalog.mayCreateSchema(connection);
      if (!ours) {
        return false;
      }
    }
    return true;
  }
}
