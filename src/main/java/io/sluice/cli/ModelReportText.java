package io.sluice.cli;

import io.sluice.gold.ModelReport;
import io.sluice.gold.ModelReport.Comparison;
import io.sluice.gold.ModelReport.Outcome;
import io.sluice.gold.RowDifference;
import java.io.PrintWriter;

/** What the tests of models found, for a terminal: a line a case. */
final class ModelReportText {
  private static final int SHOWN = 10;

  private final PrintWriter out;

  ModelReportText(PrintWriter out) {
    this.out = out;
  }

  void print(ModelReport report) {
    if (report.models().isEmpty()) {
      out.println("The pipeline has no tables by SQL.");
      return;
    }
    for (ModelReport.Model model : report.models()) {
      out.println(model.model());
      model.cases().forEach(this::outcome);
      model.comparisons().forEach(this::comparison);
      if (model.tests().isEmpty()) {
        out.println("  none  no cases: write them in a .test.conf beside the .sql");
      }
    }
    out.println();
    out.printf(
        "%d %s of %d %s: %s%n",
        report.checks(),
        report.checks() == 1 ? "check" : "checks",
        report.models().size(),
        report.models().size() == 1 ? "model" : "models",
        report.failures() == 0 ? "all as expected" : report.failures() + " failed");
  }

  private void outcome(Outcome outcome) {
    if (outcome.passed()) {
      out.printf(
          "  ok    %s (%d %s)%n",
          outcome.name(), outcome.rows(), outcome.rows() == 1 ? "row" : "rows");
      return;
    }
    out.printf("  FAIL  %s (%s)%n", outcome.name(), outcome.at());
    outcome.differences().stream().limit(SHOWN).forEach(this::difference);
    if (outcome.differences().size() > SHOWN) {
      out.printf("        and %d more%n", outcome.differences().size() - SHOWN);
    }
  }

  private void difference(RowDifference difference) {
    out.printf("        %-10s  %s%n", difference.kind(), difference.row());
    difference.cells().forEach(cell -> out.printf("        %-10s    %s%n", "", cell));
  }

  private void comparison(Comparison comparison) {
    out.printf(
        "  %s  made date by date = made of everything: %s, %d %s%n",
        comparison.equal() ? "ok  " : "FAIL",
        comparison.over(),
        comparison.dates(),
        comparison.dates() == 1 ? "date" : "dates");
    comparison.differences().forEach(line -> out.println("        " + line));
  }
}
