package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Layout;
import io.sluice.config.Layout.Hidden;
import io.sluice.config.Layout.Merged;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of how a sheet was read. */
final class SheetNotes {
  private final TablePlan plan;
  private final TableRows rows;
  private final SheetMarks marks;
  private final List<String> notes = new ArrayList<>();

  private SheetNotes(TablePlan plan, TableRows rows, SheetMarks marks) {
    this.plan = plan;
    this.rows = rows;
    this.marks = marks;
  }

  /** One sentence each, of a sheet that was read to its end. */
  static List<String> of(TablePlan plan, TableRows rows, SheetMarks marks) {
    SheetNotes of = new SheetNotes(plan, rows, marks);
    of.notes.addAll(plan.layout().warnings());
    of.notes.addAll(plan.unknown().notes());
    rows.retypedNotes()
        .forEach(note -> of.notes.add("Sheet '" + plan.sheet().sheet() + "': " + note));
    of.hiddenRows();
    of.hiddenColumns();
    of.mergedCells();
    return List.copyOf(of.notes);
  }

  private void hiddenRows() {
    long count = rows.hidden().count();
    if (count > 0) {
      boolean one = count == 1;
      String done = layout().hiddenRows() == Hidden.SKIP ? "left out" : "read like the others";
      notes.add(
          "%s '%s': %d hidden %s %s, %s row %d"
              .formatted(
                  "Sheet",
                  plan.sheet().sheet(),
                  count,
                  one ? "row was" : "rows were",
                  done,
                  one ? "namely" : "the first is",
                  rows.hidden().first()));
    }
  }

  private void hiddenColumns() {
    List<Column> columns = plan.source().columns();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int position = plan.positions()[i];
      if (position != HeaderBinding.ABSENT && marks.hidden(position)) {
        read.add(CellAddress.letters(position) + " (" + columns.get(i).name() + ")");
      }
    }
    if (!read.isEmpty()) {
      notes.add(
          "Sheet '%s': hidden columns were read like the others: %s"
              .formatted(plan.sheet().sheet(), String.join(", ", read)));
    }
  }

  private void mergedCells() {
    if (layout().merged() == Merged.FILL) {
      return;
    }
    CellRange first = null;
    int others = 0;
    for (CellRange range : marks.merged()) {
      if (inBody(range)) {
        others += first == null ? 0 : 1;
        first = first == null ? range : first;
      }
    }
    if (first != null) {
      notes.add(
          "Sheet '%s': cells are merged in the table: %s%s; the value was read in the first cell alone"
              .formatted(
                  plan.sheet().sheet(), first, others == 0 ? "" : " and " + others + " more"));
    }
  }

  /** Whether a column of the contract has less than a value of its own in it. */
  private boolean inBody(CellRange range) {
    if (range.firstRow() <= plan.headerRow() || range.firstRow() > rows.lastData()) {
      return false;
    }
    for (int position : plan.positions()) {
      boolean others = range.lastRow() > range.firstRow() || position > range.firstColumn();
      if (position != HeaderBinding.ABSENT && range.hasColumn(position) && others) {
        return true;
      }
    }
    return false;
  }

  private Layout layout() {
    return plan.source().layout();
  }
}
