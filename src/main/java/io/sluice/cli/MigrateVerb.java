package io.sluice.cli;

import io.sluice.config.Pipeline;
import io.sluice.config.Warehouse;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Lake;
import io.sluice.lake.RunScope;
import io.sluice.run.Publication;
import io.sluice.warehouse.Connections;
import io.sluice.warehouse.EmbeddedServer;
import io.sluice.warehouse.Migration;
import io.sluice.warehouse.MigrationPlan;
import io.sluice.warehouse.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The warehouse's shape. */
@Command(
    name = "migrate",
    description = {
      "Brings the warehouse's tables into the declared shape.",
      "",
      "Adds what is missing and prints what a person has to decide on. Run it as the owner of the",
      "schema. Nothing is ever dropped."
    })
final class MigrateVerb extends PipelineVerb {
  @Option(names = "--dry-run", description = "print the statements and change nothing")
  boolean dryRun;

  @Override
  public Integer call() throws SQLException {
    requireNoOthers();
    Pipeline pipeline = load().pipeline();
    RunScope scope =
        new RunScope(pipeline, new Lake(SparkStart.session(pipeline), pipeline), "migrate");
    List<TargetTable> targets = new Publication(scope).targets();
    if (targets.isEmpty()) {
      throw new SluiceException(
          Reason.WAREHOUSE_SHAPE,
          "There is nothing yet to derive the warehouse's tables from",
          "the lake at " + pipeline.lake().root() + " does not hold all tables of publish.tables",
          "Run 'sluice ingest', 'sluice conform' and 'sluice model' first.");
    }
    Warehouse warehouse = pipeline.warehouse();
    try (EmbeddedServer.Handle server =
            warehouse.embedded() ? EmbeddedServer.ensureStarted(warehouse) : null;
        Connection connection = Connections.to(warehouse, "migrate").open()) {
      MigrationPlan plan = Migration.plan(connection, targets);
      plan.additive().forEach(statement -> out().println(statement + ";"));
      plan.byHand()
          .forEach(
              step -> {
                out().println("-- to be decided by a person: " + step.why());
                out().println("-- " + step.statement() + ";");
              });
      if (!dryRun && !plan.additive().isEmpty()) {
        Migration.apply(connection, plan);
        connection.commit();
      }
      out()
          .println(
              plan.additive().isEmpty()
                  ? "-- the warehouse has the declared shape"
                  : dryRun
                      ? "-- nothing was changed: --dry-run"
                      : "-- done: " + plan.additive().size() + " statements" + served(server));
    }
    return ExitCode.DONE.code();
  }

  private static String served(EmbeddedServer.Handle server) {
    return server == null ? "" : " on the embedded server";
  }
}
