package io.sluice.run;

import io.sluice.bronze.ApproveStage;
import io.sluice.bronze.IngestResult;
import io.sluice.bronze.IngestStage;
import io.sluice.bronze.RereadStage;
import io.sluice.bronze.RetractStage;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.gold.ModelStage;
import io.sluice.gold.SqlModels;
import io.sluice.lake.DriftHistory;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.Lake;
import io.sluice.lake.Lease;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.lake.WaitingFiles;
import io.sluice.run.RunOptions.Stage;
import io.sluice.silver.ConformStage;
import io.sluice.silver.RowConditions;
import io.sluice.silver.VanishedStage;
import io.sluice.warehouse.Connections;
import io.sluice.warehouse.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One invocation that works on the tables of a pipeline: takes the lease, checks the definitions,
 * carries batch after batch through the stages, and leaves a record.
 */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  private final Pipeline pipeline;
  private final RunScope scope;
  private final Progress progress;
  private final ReportBuilder report;
  private final HeldSlices heldSlices;

  public PipelineRun(SparkSession spark, Pipeline pipeline, Progress progress) {
    this.pipeline = pipeline;
    this.scope = new RunScope(pipeline, new Lake(spark, pipeline), RunId.next());
    this.progress = progress;
    this.report = new ReportBuilder(pipeline, scope.runId());
    this.heldSlices = new HeldSlices(scope.lake());
  }

  public RunScope scope() {
    return scope;
  }

  /**
   * Runs.
   *
   * @return what was done; refusals and held slices are in it, not thrown
   * @throws SluiceException for what stops a run as a whole; what was committed until then stays,
   *     and a later run goes on
   */
  public RunReport execute(RunOptions options) {
    if (options.from() != null && !options.from().isBefore(options.to())) {
      throw new SluiceException(
          Reason.USAGE,
          "There is no business date from %s to %s".formatted(options.from(), options.to()),
          "--to is the first date that is not expected any more",
          "Give --to a later date than --from.");
    }
    requireTables(options.rebuild());
    requireSilver(options.replay());
    pipeline.silver().values().forEach(table -> RowConditions.require(scope, table));
    SqlModels.order(scope.lake().spark(), pipeline);
    Ledger ledger = new Ledger(scope.lake());
    long known = ledger.lastBatch();
    IngestStage found = ingest(options);
    if (options.does(Stage.INGEST)) {
      if (timed("discover", found::pending) == 0 && found.notes().isEmpty()) {
        requireWorkbooks();
      }
    }
    requireWarehouse(options);
    try (Lease lease = Lease.take(scope.lake(), scope.runId());
        Server server = Server.forRun(pipeline, options)) {
      Set<String> accepted = accepted(options);
      DefinitionCheck.require(scope, options.rebuild(), accepted);
      LOG.info("run={} verb={} pipeline={} began", scope.runId(), options.verb(), pipeline.name());
      reread(options);
      retract(options);
      approve(options);
      // What was found is still what is new only if the ledger is still as it was.
      IngestStage ingest = ledger.lastBatch() == known ? found : ingest(options);
      carry(options, ingest, accepted);
      if (options.does(Stage.INGEST)) {
        ingest.finish();
      }
      ingest.notes().forEach(report::note);
      report.held(heldSlices.all());
      report.waiting(WaitingFiles.of(ledger, pipeline.sources().keySet()));
      expect(options);
      RunReport done = report.build(options.verb(), options.group());
      new RunLog(scope.lake()).append(done);
      LOG.info(
          "run={} verdict={} seconds={} lease={} server={}",
          scope.runId(),
          done.verdict(),
          done.seconds(),
          lease,
          server.embedded());
      return done;
    }
  }

  private IngestStage ingest(RunOptions options) {
    return options.sweep() ? IngestStage.sweeping(scope) : new IngestStage(scope);
  }

  /** No workbook, and none ever seen, is a wrong landing or a wrong pattern, and no quiet day. */
  private void requireWorkbooks() {
    if (new Ledger(scope.lake()).state().filter(state -> state.sequence() > 0).isEmpty()) {
      throw new SluiceException(
          Reason.LANDING_EMPTY,
          "There is no workbook in the landing at " + pipeline.landing(),
          "no file in it matches "
              + pipeline.sources().values().stream()
                  .map(source -> "%s (source %s)".formatted(source.files(), source.name()))
                  .collect(Collectors.joining(", ")),
          "Put workbooks there, or correct landing.root or the files of the sources.");
    }
  }

  /** A warehouse that does not answer stops the run while the lake is still as it was. */
  private void requireWarehouse(RunOptions options) {
    if (options.does(Stage.PUBLISH) && !pipeline.warehouse().embedded()) {
      try (Connection connection = Connections.to(pipeline.warehouse(), scope.runId()).open()) {
        LOG.info("run={} warehouse={}", scope.runId(), connection.getMetaData().getURL());
      } catch (SQLException e) {
        throw new SluiceException(
            Reason.WAREHOUSE_UNREACHABLE,
            "The warehouse closed the connection",
            String.valueOf(e.getMessage()),
            "Check the server's log, then run it again.",
            e);
      }
    }
  }

  private void requireTables(Set<String> names) {
    Set<String> known = new LinkedHashSet<>(pipeline.silver().keySet());
    known.addAll(pipeline.gold().keySet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new SluiceException(
            Reason.USAGE,
            "There is no table " + name + " in this pipeline",
            "its silver and gold tables are " + String.join(", ", known),
            "Name one of these.");
      }
    }
  }

  private void requireSilver(Set<String> names) {
    for (String name : names) {
      if (!pipeline.silver().containsKey(name)) {
        throw new SluiceException(
            Reason.USAGE,
            "There is no silver table " + name + " in this pipeline",
            "rows are rejected on their way to silver, and its silver tables are "
                + String.join(", ", pipeline.silver().keySet()),
            "Name one of these, or none for all of them.");
      }
    }
  }

  /**
   * What counts of the sources of the tables to rebuild is read again first, where the contract is
   * another one by now: rows under two contracts do not make one table.
   */
  private void reread(RunOptions options) {
    Set<String> sources = new LinkedHashSet<>();
    pipeline.silver().values().stream()
        .filter(table -> options.does(Stage.CONFORM) && options.rebuild().contains(table.name()))
        .forEach(table -> sources.add(table.from()));
    if (sources.isEmpty()) {
      return;
    }
    RereadStage stage = timed("reread", () -> new RereadStage(scope, sources));
    while (stage.pending() > 0) {
      progress.step("landing → bronze: " + stage.pending() + " files under a changed contract");
      report.ingested(timed("reread", stage::next));
    }
  }

  private void retract(RunOptions options) {
    if (options.retraction() == null) {
      return;
    }
    progress.step("takes back " + options.retraction().file());
    RetractStage stage = new RetractStage(scope);
    timed("retract", () -> stage.retract(options.retraction())).forEach(report::ingested);
    stage.notes().forEach(report::note);
  }

  private void approve(RunOptions options) {
    if (options.approval() == null) {
      return;
    }
    progress.step("approves " + String.join(", ", options.approval().files()));
    ApproveStage stage = new ApproveStage(scope);
    timed("approve", () -> stage.approve(options.approval())).forEach(report::ingested);
    stage.notes().forEach(report::note);
  }

  /** Every batch goes all the way before the next one begins. */
  private void carry(RunOptions options, IngestStage ingest, Set<String> accepted) {
    Set<String> rebuild = new LinkedHashSet<>(options.rebuild());
    Set<String> accept = new LinkedHashSet<>(accepted);
    boolean first = true;
    while (true) {
      int remaining = 0;
      if (options.does(Stage.INGEST) && ingest.pending() > 0) {
        progress.step("landing → bronze: " + ingest.pending() + " new files");
        IngestResult landed = timed("ingest", ingest::next);
        report.ingested(landed);
        remaining = landed.remaining();
      } else if (!first) {
        return;
      }
      if (options.does(Stage.CONFORM)) {
        conform(rebuild, accept, options.acceptFrom());
      }
      if (options.does(Stage.MODEL)) {
        model(rebuild);
      }
      if (options.does(Stage.PUBLISH)) {
        progress.step("gold → warehouse");
        report.published(
            timed("publish", () -> new Publication(scope).publish(options.republish())));
      }
      rebuild.clear();
      accept.clear();
      first = false;
      if (remaining == 0) {
        return;
      }
    }
  }

  /** Silver tables whose definition of now is accepted, while most of their rows stay. */
  private Set<String> accepted(RunOptions options) {
    return options.acceptFrom() == null ? options.replay() : DefinitionCheck.changedSilver(scope);
  }

  private void conform(Set<String> rebuild, Set<String> accept, LocalDate acceptFrom) {
    new DriftHistory(scope.lake()).follow(scope.runId());
    List<Held> held = heldSlices.all();
    for (SilverTable table : pipeline.silverInOrder()) {
      progress.step("bronze → silver: " + table.name());
      ConformStage stage = new ConformStage(scope, table);
      if (rebuild.contains(table.name())) {
        report.conformed(timed("conform", stage::rebuild));
      } else if (accept.contains(table.name())) {
        report.conformed(
            timed(
                "conform",
                () -> acceptFrom == null ? stage.replay() : stage.acceptFrom(acceptFrom)));
      } else {
        timed("conform", () -> stage.run(held)).forEach(report::conformed);
      }
      stage.notes().forEach(report::note);
      if (VanishedStage.concerns(pipeline, table)) {
        timed("conform", () -> new VanishedStage(scope, table).run()).ifPresent(report::vanished);
      }
    }
  }

  private void model(Set<String> rebuild) {
    progress.step("silver → gold");
    List<Held> held = heldSlices.all();
    timed("model", () -> new ModelStage(scope).run(held, rebuild)).forEach(report::modelled);
  }

  private void expect(RunOptions options) {
    if (options.from() == null) {
      return;
    }
    List<String> missing = Expectations.missing(scope, options.from(), options.to());
    missing.forEach(report::note);
    if (!missing.isEmpty()) {
      report.answer(ExitCode.SOURCE_MISSING);
    }
  }

  private <T> T timed(String stage, Supplier<T> work) {
    long began = System.nanoTime();
    try {
      return work.get();
    } finally {
      report.took(stage, System.nanoTime() - began);
    }
  }

  /** The embedded server, for as long as a run needs it. */
  private record Server(EmbeddedServer.Handle handle) implements AutoCloseable {
    static Server forRun(Pipeline pipeline, RunOptions options) {
      boolean needed = pipeline.warehouse().embedded() && options.does(Stage.PUBLISH);
      return new Server(needed ? EmbeddedServer.ensureStarted(pipeline.warehouse()) : null);
    }

    boolean embedded() {
      return handle != null;
    }

    @Override
    public void close() {
      if (handle != null) {
        handle.close();
      }
    }
  }
}
