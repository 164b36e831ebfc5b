package io.sluice.cli;

import io.sluice.config.Warehouse;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.warehouse.EmbeddedServer;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The embedded server. */
@Command(
    name = "warehouse",
    customSynopsis = "sluice warehouse start|stop|url [PIPELINE.conf] [options]",
    description = {
      "Starts or stops the embedded PostgreSQL, or says how to connect to it.",
      "",
      "A run starts it when it needs it and stops it again; 'start' keeps it up for psql, notebooks",
      "and BI tools."
    })
final class WarehouseVerb extends PipelineVerb {
  @Override
  public Integer call() {
    if (arguments.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "say start, stop or url");
    }
    String action = arguments.remove(0);
    requireNoOthers();
    Warehouse warehouse = load().pipeline().warehouse();
    if (!warehouse.embedded()) {
      throw new SluiceException(
          Reason.USAGE,
          "This pipeline's warehouse is not the embedded server",
          "warehouse.url is " + warehouse.url(),
          "Start and stop that server with its own tools.");
    }
    switch (action) {
      case "start" -> print(EmbeddedServer.ensureStarted(warehouse));
      case "stop" ->
          out().println(EmbeddedServer.stop(warehouse) ? "stopped" : "it was not running");
      case "url" -> print(running(warehouse));
      default ->
          throw new ParameterException(
              spec.commandLine(), "'" + action + "' is none of start, stop, url");
    }
    return ExitCode.DONE.code();
  }

  private static EmbeddedServer.Handle running(Warehouse warehouse) {
    Optional<EmbeddedServer.Handle> handle = EmbeddedServer.running(warehouse);
    return handle.orElseThrow(
        () ->
            new SluiceException(
                Reason.WAREHOUSE_UNREACHABLE,
                "The embedded server is not running",
                "no server answers for " + warehouse.dataDirectory(),
                "Start it with 'sluice warehouse start'."));
  }

  private void print(EmbeddedServer.Handle handle) {
    out().println(handle.jdbcUrl() + "?user=" + EmbeddedServer.USER);
    out().println(handle.psql());
  }
}
