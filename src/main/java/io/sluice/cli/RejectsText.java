package io.sluice.cli;

import io.sluice.run.RejectList;
import io.sluice.run.RejectedWorkbooks;
import java.io.PrintWriter;
import java.util.List;

/** What is rejected, for a person. */
final class RejectsText {
  private final PrintWriter out;

  RejectsText(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param narrow whether only a part was asked for
   */
  void print(RejectList list, boolean narrow) {
    if (list.isEmpty()) {
      out.println(narrow ? "Nothing of that is rejected." : "Nothing is rejected.");
      return;
    }
    if (list.total() > 0) {
      counts(list);
    }
    list.rejects().forEach(this::print);
    if (!list.rejects().isEmpty() && list.rejects().size() < list.total()) {
      out.printf("%n(%d of %,d: see --limit)%n", list.rejects().size(), list.total());
    }
    if (!list.refused().isEmpty()) {
      out.println("Refused files (until they are sent again, or their contract changes)");
      list.refused().forEach(each -> ReportText.printNotTaken(out, each));
    }
    if (list.total() > 0) {
      out.println();
      out.println("For their owners: sluice rejects --workbook FOLDER");
    }
  }

  void print(List<RejectedWorkbooks.Result> results) {
    if (results.isEmpty()) {
      out.println("No workbook to mark.");
    }
    for (RejectedWorkbooks.Result result : results) {
      if (result.written().isEmpty()) {
        out.printf("%s: no copy. %s%n", result.file(), result.note());
        continue;
      }
      out.printf(
          "%s: %,d %s in %s%n",
          result.file(), result.marks(), result.marks() == 1 ? "mark" : "marks", result.written());
      if (!result.copy()) {
        out.printf("  only the rejected rows: %s%n", result.note());
      }
    }
  }

  private void counts(RejectList list) {
    out.println("Rejected rows (a row may have several reasons)");
    TextTable counts = new TextTable("source", "table", "reason", "rejects", "rows", "file");
    list.counts()
        .forEach(
            each ->
                counts.row(
                    each.source(),
                    each.table(),
                    each.reason(),
                    each.rejects(),
                    each.rows(),
                    each.file()));
    counts.print(out, "  ");
    if (!list.refused().isEmpty()) {
      out.println();
    }
  }

  private void print(RejectList.Line reject) {
    out.println();
    out.printf(
        "  %s, sheet '%s', %s%s%n",
        reject.file(),
        reject.sheet(),
        reject.cell().isEmpty() ? "row " + reject.row() : "cell " + reject.cell(),
        reject.column().isEmpty() ? "" : " (" + reject.column() + ")");
    out.printf("    %s: %s%n", reject.reason(), reject.message());
    if (!reject.raw().isEmpty()) {
      out.printf("    stored as '%s'%n", reject.raw());
    }
  }
}
