package io.sluice.cli;

import io.sluice.config.Pipeline;
import io.sluice.error.ExitCode;
import io.sluice.run.LakeQuery;
import io.sluice.run.RunOptions;
import io.sluice.run.RunReport;
import io.sluice.sample.Mess;
import io.sluice.sample.SampleSummary;
import io.sluice.sample.SampleWorkbooks;
import io.sluice.warehouse.Connections;
import io.sluice.warehouse.EmbeddedServer;
import io.sluice.warehouse.Query;
import java.nio.file.Path;
import java.util.EnumSet;
import picocli.CommandLine.Command;

/** The whole flow on sample workbooks. */
@Command(
    name = "demo",
    description = {
      "Shows the whole flow on sample workbooks; needs no installation.",
      "",
      "Writes the workbooks, carries them through the reference pipeline into a lake on local disk and",
      "an embedded PostgreSQL, and shows what happened. Exits 0 though the run inside answers 4: the",
      "sample holds files that have to be refused."
    })
final class DemoVerb extends StageVerb {
  private static final String STAR =
      """
      SELECT d.date, p.portfolio_name, s.security_name, f.market_value
      FROM fact_portfolio_holdings f
      JOIN dim_date d ON f.date_key = d.date_key
      JOIN dim_portfolio p ON f.portfolio_key = p.portfolio_key
      JOIN dim_security s ON f.security_key = s.security_key
      WHERE d.date = '2024-01-15';
      """;

  private static final String REJECTS =
      """
      SELECT uri AS file, sheet, if(cell = '', concat('row ', sheet_row), cell) AS cell, reason, message
      FROM rejects ORDER BY uri, sheet_row, cell
      """;

  @Override
  RunOptions options() {
    requireNoOthers();
    return RunOptions.of("demo", group, EnumSet.allOf(RunOptions.Stage.class));
  }

  @Override
  public Integer call() {
    Pipeline pipeline = load().pipeline();
    SampleSummary sample =
        SampleWorkbooks.write(Path.of(pipeline.landing()), SampleWorkbooks.Size.standard());
    out()
        .printf(
            "%d sample workbooks in %s (%d new)%n",
            sample.files(), sample.directory(), sample.written());
    try (EmbeddedServer.Handle server = EmbeddedServer.ensureStarted(pipeline.warehouse())) {
      RunReport report = execute(pipeline, options());
      if (json) {
        out().println(report.toJson());
        return ExitCode.DONE.code();
      }
      out().println();
      new ReportText(out()).print(report);
      if (!report.nothingToDo()) {
        rejected(pipeline);
        mess(sample);
      }
      star(pipeline);
      places(pipeline, server);
    }
    return ExitCode.DONE.code();
  }

  private void rejected(Pipeline pipeline) {
    Query.Result rejects = new LakeQuery(SparkStart.session(pipeline), pipeline).run(REJECTS, 20);
    out().println();
    out().println("What was rejected, and why");
    TextTable table = new TextTable(rejects.columns());
    rejects.rows().forEach(table::row);
    table.print(out(), "  ");
  }

  private void mess(SampleSummary sample) {
    out().println();
    out().println("The mess in the sample, and what is done about it");
    TextTable table = new TextTable("where", "what", "handling");
    for (Mess each : sample.mess()) {
      table.row(each.place(), each.description(), each.kind().handling());
    }
    table.print(out(), "  ");
  }

  private void star(Pipeline pipeline) {
    Query.Result result =
        new Query(Connections.to(pipeline.warehouse(), "demo"), pipeline.warehouse().schema())
            .run(STAR, 12);
    out().println();
    out().println("The star query, in the warehouse");
    STAR.lines().forEach(line -> out().println("  " + line));
    TextTable table = new TextTable(result.columns());
    result.rows().forEach(table::row);
    table.print(out(), "  ");
    if (result.truncated()) {
      out().println("  … and more");
    }
  }

  private void places(Pipeline pipeline, EmbeddedServer.Handle server) {
    out().println();
    out().println("Where everything is");
    TextTable table = new TextTable("what", "where");
    table.row("workbooks", pipeline.landing());
    table.row("lake", pipeline.lake().root() + "/" + pipeline.name());
    table.row(
        "warehouse",
        pipeline.warehouse().dataDirectory() + ", schema " + pipeline.warehouse().schema());
    table.row("keep it up", "./sluice warehouse start   (it stops with this command otherwise)");
    table.row("connect", server.psql());
    table.row("or", "./sluice sql 'SELECT * FROM portfolio_daily_nav LIMIT 5'");
    table.print(out(), "  ");
  }
}
