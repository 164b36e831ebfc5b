package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Pipeline;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Lake;
import io.sluice.run.DriftLine;
import io.sluice.run.PipelineStatus;
import io.sluice.run.RunLog;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a pipeline stands. */
@Command(
    name = "status",
    description = {
      "Shows where a pipeline stands: tables, files that do not count, held slices, last runs.",
      "",
      "Files that do not count are refused, taken back by hand, or wait to be approved. Further, where",
      "workbooks were not as their contract says and were taken."
    })
final class StatusVerb extends PipelineVerb {
  private static final int LONGEST_HEADER = 40;

  @Option(names = "--group", paramLabel = "ID", description = "only the runs of this group")
  String group;

  @Option(
      names = "--verdict",
      description = "exit with the highest code that the runs shown have answered")
  boolean verdict;

  @Override
  public Integer call() throws JsonProcessingException {
    requireNoOthers();
    Pipeline pipeline = load().pipeline();
    Lake lake = new Lake(SparkStart.session(pipeline), pipeline);
    RunLog log = new RunLog(lake);
    List<RunLog.Entry> runs = group == null ? log.last(10) : log.group(group);
    if (group != null && runs.isEmpty()) {
      throw new SluiceException(
          Reason.USAGE,
          "There is no run in group " + group,
          "no run was started with --group " + group,
          "See 'sluice status' for the last runs.");
    }
    PipelineStatus status = PipelineStatus.of(lake, pipeline, runs);
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(status));
    } else {
      print(status);
    }
    return verdict
        ? runs.stream().mapToInt(RunLog.Entry::exitCode).max().orElse(0)
        : ExitCode.DONE.code();
  }

  private void print(PipelineStatus status) {
    out().println("Pipeline " + status.pipeline() + ", lake at " + status.lake());
    out().println("Landing: " + status.landing().unseen());
    status.left().forEach(note -> out().println("  " + note));
    TextTable tables = new TextTable("layer", "table", "version", "rows");
    status
        .tables()
        .forEach(table -> tables.row(table.layer(), table.table(), table.version(), table.rows()));
    section("Tables", tables, "there are none yet: see 'sluice run'");
    out().println();
    out().println("Refused files (until they are sent again, or their contract changes)");
    status.refused().forEach(file -> ReportText.printNotTaken(out(), file));
    if (status.refused().isEmpty()) {
      out().println("  none");
    }
    if (!status.retracted().isEmpty()) {
      out().println();
      out().println("Files taken back by hand (until they are sent anew)");
      status.retracted().forEach(file -> ReportText.printNotTaken(out(), file));
    }
    if (!status.waiting().isEmpty()) {
      out().println();
      out().println("Files that wait until they are approved");
      status.waiting().forEach(file -> ReportText.printNotTaken(out(), file));
    }
    TextTable held = new TextTable("table", "slice", "reason", "rule", "since");
    status
        .held()
        .forEach(
            slice ->
                held.row(
                    slice.table(), slice.slice(), slice.reason(), slice.rule(), slice.since()));
    section("Held slices", held, "none");
    TextTable runs =
        new TextTable("run", "verb", "seconds", "verdict", "taken", "refused", "skipped");
    status
        .runs()
        .forEach(
            run ->
                runs.row(
                    run.run(),
                    run.verb(),
                    String.format(Locale.ROOT, "%.1f", run.seconds()),
                    run.exitCode() + " " + run.verdict().toLowerCase(Locale.ROOT),
                    run.accepted(),
                    run.refused(),
                    run.skipped()));
    section("Last runs", runs, "none");
    TextTable contracts = new TextTable("source", "version now", "read under", "files that count");
    status
        .contracts()
        .forEach(
            line ->
                contracts.row(
                    line.source(),
                    line.now(),
                    line.version().isEmpty() ? "none" : line.version(),
                    line.files()));
    if (!contracts.isEmpty()) {
      section("Versions of contracts", contracts, "none");
    }
    printDrift(status.drift());
  }

  private void printDrift(List<DriftLine> drift) {
    TextTable table =
        new TextTable("first at", "source", "what", "taken by", "header", "column", "first file");
    drift.forEach(
        line ->
            table.row(
                line.at(),
                line.source(),
                line.kind(),
                line.policy(),
                shortened(line.header()),
                line.column(),
                line.uri()));
    if (!table.isEmpty()) {
      section("Columns that were not as the contract says, and were taken", table, "none");
    }
  }

  private static String shortened(String header) {
    return header.length() <= LONGEST_HEADER
        ? header
        : header.substring(0, LONGEST_HEADER - 1) + "…";
  }

  private void section(String heading, TextTable table, String ifEmpty) {
    out().println();
    out().println(heading);
    if (table.isEmpty()) {
      out().println("  " + ifEmpty);
    } else {
      table.print(out(), "  ");
    }
  }
}
