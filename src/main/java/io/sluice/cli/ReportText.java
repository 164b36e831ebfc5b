package io.sluice.cli;

import io.sluice.error.ExitCode;
import io.sluice.run.AdjustedLine;
import io.sluice.run.BalanceLine;
import io.sluice.run.FileLine;
import io.sluice.run.GateLine;
import io.sluice.run.RunReport;
import io.sluice.run.TableLine;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run's report for a terminal. */
final class ReportText {
  /** As many zeros can be counted; 1E-300 cannot be. */
  private static final int LONGEST_FRACTION = 24;

  private final PrintWriter out;

  ReportText(PrintWriter out) {
    this.out = out;
  }

  void print(RunReport report) {
    if (report.nothingToDo()) {
      out.printf("Nothing to do: pipeline %s is up to date.%n", report.pipeline());
    } else {
      out.printf(
          "Run %s of pipeline %s: %d files taken, %d refused, %d skipped%n",
          report.run(),
          report.pipeline(),
          report.count("ACCEPTED"),
          report.count("REFUSED"),
          report.count("SKIPPED"));
    }
    balance(report.balance());
    files(report.files());
    rejects(report);
    adjusted(report.adjusted());
    gates(report.gates());
    waiting(report.waiting());
    held(report.held());
    tables(report.tables());
    report.notes().forEach(note -> out.println("  note: " + note));
    verdict(report);
  }

  private void heading(String text) {
    out.println();
    out.println(text);
  }

  private void balance(List<BalanceLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    heading("Row balance (every row is accounted for)");
    TextTable table = new TextTable("stage", "table", "rows in", "where they went");
    for (BalanceLine line : lines) {
      table.row(
          line.stage(),
          line.table(),
          line.in(),
          line.out().entrySet().stream()
              .filter(part -> part.getValue() != 0 || line.out().size() == 1)
              .map(part -> part.getValue() + " " + part.getKey())
              .collect(Collectors.joining(" + ")));
    }
    table.print(out, "  ");
  }

  private void files(List<FileLine> files) {
    List<FileLine> notTaken =
        files.stream()
            .filter(file -> file.outcome().equals("REFUSED") || file.outcome().equals("SKIPPED"))
            .toList();
    if (!notTaken.isEmpty()) {
      heading("Files not taken");
      notTaken.forEach(file -> printNotTaken(out, file));
    }
    List<FileLine> takenBack =
        files.stream().filter(file -> file.outcome().equals("RETRACTED")).toList();
    if (!takenBack.isEmpty()) {
      heading("Files taken back by hand");
      takenBack.forEach(file -> printNotTaken(out, file));
    }
    List<FileLine> noted =
        files.stream()
            .filter(file -> file.outcome().equals("ACCEPTED") && !file.notes().isEmpty())
            .toList();
    if (!noted.isEmpty()) {
      heading("Files taken with remarks");
      noted.stream()
          .limit(20)
          .forEach(file -> out.printf("  %s: %s%n", file.uri(), String.join("; ", file.notes())));
      if (noted.size() > 20) {
        out.printf("  … and %d more, in the report with --json%n", noted.size() - 20);
      }
    }
  }

  /** One file that was refused or skipped: problem, then cause and remedy. */
  static void printNotTaken(PrintWriter out, FileLine file) {
    out.printf(
        "  %s %s: %s%n", file.outcome().toLowerCase(Locale.ROOT), file.reason(), problem(file));
    out.printf("      %s. %s%n", file.why(), file.remedy());
  }

  /** Most problems name the file and the place in it themselves. */
  private static String problem(FileLine file) {
    if (file.problem().startsWith(file.uri())) {
      return file.problem();
    }
    return file.uri() + (file.place().isEmpty() ? "" : ", " + file.place()) + ": " + file.problem();
  }

  private void rejects(RunReport report) {
    if (report.rejects().isEmpty()) {
      return;
    }
    heading("Rejected rows, by reason");
    TextTable table = new TextTable("table", "reason", "times");
    report
        .rejects()
        .forEach(
            (name, reasons) -> reasons.forEach((reason, count) -> table.row(name, reason, count)));
    table.print(out, "  ");
  }

  private void adjusted(List<AdjustedLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    heading("Decimals with more digits after the point than their column has");
    TextTable table = new TextTable("table", "column", "what was taken", "times", "differing by");
    for (AdjustedLine line : lines) {
      if (line.at15Digits() > 0) {
        String what = "what Excel shows, 15 digits";
        table.row(line.table(), line.column(), what, line.at15Digits(), plain(line.at15DigitsBy()));
      }
      if (line.rounded() > 0) {
        String what = "rounded half up";
        table.row(line.table(), line.column(), what, line.rounded(), plain(line.roundedBy()));
      }
    }
    table.print(out, "  ");
  }

  private static String plain(BigDecimal sum) {
    return sum.scale() > LONGEST_FRACTION ? sum.toString() : sum.toPlainString();
  }

  private void gates(List<GateLine> gates) {
    if (gates.isEmpty()) {
      return;
    }
    heading("Gates");
    TextTable table = new TextTable("", "table", "rule", "found", "limit");
    for (GateLine gate : gates) {
      String mark =
          gate.passed() ? "passed" : gate.severity().equals("ERROR") ? "FAILED" : "warning";
      table.row(mark, gate.table(), gate.rule(), gate.metric(), gate.limit());
    }
    table.print(out, "  ");
    for (GateLine gate : gates) {
      if (!gate.passed()) {
        out.printf("  %s, %s: %s%n", gate.table(), gate.rule(), gate.message());
        gate.samples().forEach(sample -> out.println("      " + sample));
        out.println("      all of them: " + gate.query());
      }
    }
  }

  private void waiting(List<FileLine> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    heading("Files that wait until they are approved (what was there before keeps serving)");
    waiting.stream().limit(20).forEach(file -> printNotTaken(out, file));
    if (waiting.size() > 20) {
      out.printf("  … and %d more, in the report with --json%n", waiting.size() - 20);
    }
  }

  private void held(List<RunReport.HeldLine> held) {
    if (held.isEmpty()) {
      return;
    }
    heading("Held slices (the last good state keeps serving; every run tries them again)");
    TextTable table = new TextTable("table", "slice", "reason", "rule", "message");
    held.forEach(
        slice ->
            table.row(slice.table(), slice.slice(), slice.reason(), slice.rule(), slice.message()));
    table.print(out, "  ");
  }

  private void tables(List<TableLine> tables) {
    if (tables.isEmpty()) {
      return;
    }
    heading("Tables changed");
    TextTable table = new TextTable("layer", "table", "version", "rows", "what");
    tables.forEach(
        line -> table.row(line.layer(), line.table(), line.version(), line.rows(), line.what()));
    table.print(out, "  ");
  }

  private void verdict(RunReport report) {
    ExitCode code = report.verdictCode();
    out.println();
    out.printf(
        Locale.ROOT,
        "%s (exit code %d) in %.1f s%n",
        code == ExitCode.DONE ? "Done" : "Done, but " + code.meaning(),
        code.code(),
        report.seconds());
  }
}
