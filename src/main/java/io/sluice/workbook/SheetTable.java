package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Layout;
import io.sluice.config.Layout.Hidden;
import io.sluice.config.Layout.Merged;
import io.sluice.config.Source;
import io.sluice.contract.SensitiveCells;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** The table of a contract in one sheet, read as a stream. */
final class SheetTable implements AutoCloseable {
  private final SheetReader reader;
  private final TablePlan plan;
  private final TableRows rows;

  private SheetTable(SheetReader reader, TablePlan plan, TableRows rows) {
    this.reader = reader;
    this.plan = plan;
    this.rows = rows;
  }

  /**
   * @throws SluiceException if the sheet has no such table
   */
  static SheetTable open(
      WorkbookFile workbook,
      RangeFinder.Target target,
      Source source,
      SensitiveCells sensitive,
      String file) {
    String name = workbook.sheets().get(target.sheet()).name();
    Failures failures = new Failures(file);
    List<CellRange> merged =
        failures.guard(name, () -> mergedAhead(workbook, target.sheet(), source.layout()));
    SheetReader reader = failures.guard(name, () -> workbook.read(target.sheet()));
    try {
      RowSource stored = () -> failures.guard(name, reader::next);
      Place sheet = Place.sheet(file, name);
      return table(reader, stored, merged, target.bounds(), source, sensitive, sheet);
    } catch (RuntimeException | Error failed) {
      Closing.after(failed, reader);
      throw failed;
    }
  }

  TableLayout layout() {
    return plan.layout();
  }

  TableRows rows() {
    return rows;
  }

  /** What is to be said of a sheet that was read to its end. */
  List<String> notes() {
    return SheetNotes.of(plan, rows, reader.marks());
  }

  /** What the contract lets pass of a sheet that was read to its end. */
  List<ColumnDrift> drift() {
    List<ColumnDrift> drift = new ArrayList<>(plan.layout().drift());
    rows.retypedColumns()
        .forEach(
            name ->
                drift.add(
                    ColumnDrift.warned(
                        ColumnDrift.Kind.RETYPED, plan.layout().headers().get(index(name)), name)));
    return drift;
  }

  private int index(String column) {
    return plan.source().contractColumns().stream().map(Column::name).toList().indexOf(column);
  }

  @Override
  public void close() {
    Closing.quietly(reader);
  }

  /**
   * A sheet's merged ranges stand behind its cells, so a policy that needs them first reads the
   * sheet twice.
   */
  private static List<CellRange> mergedAhead(WorkbookFile workbook, int sheet, Layout layout)
      throws IOException {
    if (layout.merged() == Merged.FIRST && layout.headerRows() == 1) {
      return List.of();
    }
    try (SheetReader ahead = workbook.read(sheet)) {
      while (ahead.next() != null) {
        continue;
      }
      return ahead.marks().allMerged();
    }
  }

  private static SheetTable table(
      SheetReader reader,
      RowSource stored,
      List<CellRange> merged,
      TableBounds bounds,
      Source source,
      SensitiveCells sensitive,
      Place sheet) {
    Layout layout = source.layout();
    FirstRows first = FirstRows.read(stored, layout, bounds);
    IntPredicate seen = seen(reader.marks(), layout, bounds);
    HeaderFinder finder = new HeaderFinder(source, first, merged, bounds, seen, sheet);
    SheetRow header = finder.header();
    HeaderBinding binding = new HeaderBinding(source, header, sheet);
    UnknownCells unknown = new UnknownCells(source, binding.unknown(), binding.lacksSensitive());
    int headerFirst = header.number() - layout.headerRows() + 1;
    List<SheetRow> over = first.before(headerFirst);
    List<AboveValues.Value> above = AboveValues.find(source, sensitive, over, headerFirst, sheet);
    TablePlan plan =
        new TablePlan(
            source,
            sensitive,
            sheet,
            bounds,
            TableLayouts.of(source, sheet.sheet(), header, binding, unknown, above),
            above,
            unknown,
            binding.positions(),
            header.number(),
            seen);
    MergedBody body =
        layout.merged() == Merged.FILL
            ? new MergedBody(merged, plan.positions(), plan.headerRow())
            : null;
    RowSource below = RowSource.then(first.after(header.number()).iterator(), stored);
    long filledAbove = over.stream().filter(row -> !row.blank()).count() + first.dropped();
    return new SheetTable(
        reader,
        plan,
        new TableRows(below, plan, body, filledAbove, first.hiddenBefore(headerFirst)));
  }

  private static IntPredicate seen(SheetMarks marks, Layout layout, TableBounds bounds) {
    boolean skips = layout.hiddenColumns() == Hidden.SKIP;
    return column -> bounds.cells().hasColumn(column) && !(skips && marks.hidden(column));
  }
}
