package io.sluice.cli;

import io.sluice.contract.RejectLimit;
import io.sluice.workbook.RowCounts;
import io.sluice.workbook.lint.LintedFile;
import io.sluice.workbook.lint.LintedFile.Refusal;
import io.sluice.workbook.lint.LintedFile.Slice;
import io.sluice.workbook.lint.LintedFile.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A check of workbooks for a terminal. */
final class LintText {
  private static final int MOST_SLICES = 20;

  private final PrintWriter out;

  LintText(PrintWriter out) {
    this.out = out;
  }

  void print(LintReport report) {
    report.files().forEach(this::file);
    if (report.files().size() > 1) {
      summary(report.files());
    }
    report
        .notChecked()
        .forEach(
            (source, sentences) -> {
              out.printf("Not checked here, because it takes a run (%s):%n", source);
              sentences.forEach(sentence -> out.println("  - " + sentence));
            });
  }

  private void summary(List<LintedFile> files) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    files.forEach(file -> counts.merge(file.verdict(), 1L, Long::sum));
    List<String> parts = new ArrayList<>();
    add(parts, counts.getOrDefault(Verdict.CLEAN, 0L), "clean");
    add(parts, counts.getOrDefault(Verdict.REJECTS, 0L), "with rejected rows");
    add(parts, counts.getOrDefault(Verdict.REFUSED, 0L), "refused");
    add(parts, counts.getOrDefault(Verdict.SKIPPED, 0L), "skipped");
    out.printf("%d workbooks: %s%n%n", files.size(), String.join(", ", parts));
  }

  private void file(LintedFile file) {
    out.printf("%s (%s): %s%n", file.file(), file.source(), verdict(file));
    if (file.refusal() != null) {
      refusal(file.refusal());
    } else {
      rows(file);
      rejects(file);
      slices(file.slices());
      file.notes().forEach(note -> out.println("  note: " + note));
    }
    out.println();
  }

  private static String verdict(LintedFile file) {
    return switch (file.verdict()) {
      case CLEAN -> "clean";
      case SKIPPED -> "skipped, " + file.refusal().reason();
      case REFUSED -> "refused, " + file.refusal().reason();
      case REJECTS ->
          "%d of %s rejected".formatted(file.rejectedRows(), rowCount(file.rows().data()));
    };
  }

  private void refusal(Refusal refusal) {
    out.println("  problem " + refusal.problem());
    String where =
        (refusal.sheet().isEmpty() ? "" : "sheet '" + refusal.sheet() + "'")
            + (refusal.cell().isEmpty() ? "" : ", cell " + refusal.cell());
    if (!where.isEmpty()) {
      out.println("  where   " + where);
    }
    out.println("  cause   " + refusal.why());
    out.println("  remedy  " + refusal.remedy());
  }

  private void rows(LintedFile file) {
    RowCounts rows = file.rows();
    List<String> others = new ArrayList<>();
    add(others, rows.above(), "above the header");
    add(others, rows.header(), "header");
    add(others, rows.blank(), "blank");
    add(others, rows.totals(), "totals");
    add(others, rows.hidden(), "hidden");
    add(others, rows.afterEnd(), "after the end of the table");
    out.printf(
        "  sheet '%s', header in row %d: %s = %d of data + %s%n",
        file.sheet(),
        file.headerRow(),
        rowCount(rows.sheetRows()),
        rows.data(),
        String.join(" + ", others));
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private void rejects(LintedFile file) {
    if (file.rejects().isEmpty()) {
      return;
    }
    TextTable cells = new TextTable("cell", "column", "reason", "message");
    file.rejects()
        .forEach(
            reject ->
                cells.row(
                    reject.cell().isEmpty() ? "row " + reject.sheetRow() : reject.cell(),
                    reject.columnName(),
                    reject.reason(),
                    reject.message()));
    cells.print(out, "  ");
    long all = file.rejectsByReason().values().stream().mapToLong(Long::longValue).sum();
    if (all > file.rejects().size()) {
      out.printf("  … and %d more, all of them with --json%n", all - file.rejects().size());
    }
    TextTable reasons = new TextTable("reason", "times");
    file.rejectsByReason().forEach((reason, count) -> reasons.row(reason, count));
    out.println();
    reasons.print(out, "  ");
  }

  private void slices(List<Slice> slices) {
    slices.stream().limit(MOST_SLICES).forEach(this::slice);
    if (slices.size() > MOST_SLICES) {
      out.printf(
          "  … and %d more slices, %d of all would be held; all of them with --json%n",
          slices.size() - MOST_SLICES, slices.stream().filter(Slice::held).count());
    }
  }

  private void slice(Slice slice) {
    String name =
        slice.name().isEmpty() ? "no slice, the cells that name it do not fit" : slice.name();
    String rejected =
        slice.rejected() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %d rejected (%s)",
                slice.rejected(),
                RejectLimit.percent(slice.rejectedShare()));
    out.printf(
        "  slice %s: %s%s%s%n",
        name,
        rowCount(slice.rows()),
        rejected,
        slice.held()
            ? "; it would be held: " + slice.message()
            : slice.rejected() > 0 && !slice.name().isEmpty() ? "; it would not be held" : "");
  }

  private static String rowCount(long rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }
}
