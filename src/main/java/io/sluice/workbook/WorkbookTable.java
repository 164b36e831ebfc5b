package io.sluice.workbook;

import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The table of a contract in a workbook: found by sheet name, header and labels, read as a stream.
 * Not safe for concurrent use; close it.
 */
public final class WorkbookTable implements AutoCloseable {
  private final String file;
  private final WorkbookFile workbook;
  private final SheetReader reader;
  private final TableLayout layout;
  private final TableRows rows;
  private boolean started;

  private WorkbookTable(
      String file, WorkbookFile workbook, SheetReader reader, TableLayout layout, TableRows rows) {
    this.file = file;
    this.workbook = workbook;
    this.reader = reader;
    this.layout = layout;
    this.rows = rows;
  }

  /**
   * Opens a file of whatever content and finds the contract's table in it.
   *
   * @param displayName path relative to the landing, how messages name the file
   * @throws SluiceException if the file is to be refused: with the reason and the place
   */
  public static WorkbookTable open(Path file, String displayName, Source source) {
    WorkbookFile workbook = new WorkbookOpener(displayName).open(file);
    SheetReader reader = null;
    try {
      int index = sheetIndex(workbook.sheets(), displayName, source.sheet());
      String name = workbook.sheets().get(index).name();
      Failures failures = new Failures(displayName);
      SheetReader opened = failures.guard(name, () -> workbook.read(index));
      reader = opened;
      RowSource stored = () -> failures.guard(name, opened::next);
      return table(workbook, opened, stored, source, Place.sheet(displayName, name));
    } catch (RuntimeException | Error failed) {
      closeAfter(failed, reader);
      closeAfter(failed, workbook);
      throw failed;
    }
  }

  public TableLayout layout() {
    return layout;
  }

  /**
   * The data rows, in the sheet's order.
   *
   * @throws SluiceException from the iterator, if the sheet turns out to be damaged on the way
   * @throws IllegalStateException if asked for a second time: the sheet is a stream
   */
  public Iterator<BoundRow> rows() {
    if (started) {
      throw new IllegalStateException("The rows of a workbook can be read once");
    }
    started = true;
    return rows;
  }

  /**
   * What became of every row of the sheet.
   *
   * @throws IllegalStateException before the rows are exhausted
   */
  public RowCounts counts() {
    return rows.counts();
  }

  /**
   * Refuses a table without rows.
   *
   * @throws SluiceException EMPTY
   * @throws IllegalStateException before the rows are exhausted
   */
  public void requireRows() {
    if (counts().data() == 0) {
      throw Refusals.empty(file, layout.sheet());
    }
  }

  @Override
  public void close() {
    // The file was only read: what fails on closing loses nothing.
    quietly(reader);
    quietly(workbook);
  }

  private static WorkbookTable table(
      WorkbookFile workbook, SheetReader reader, RowSource stored, Source source, Place sheet) {
    List<SheetRow> first = new ArrayList<>();
    SheetRow beyond = stored.next();
    while (beyond != null && beyond.number() <= source.headerWithin()) {
      first.add(beyond);
      beyond = stored.next();
    }
    int headerIndex = HeaderSearch.find(source, first, sheet);
    SheetRow header = first.get(headerIndex);
    List<SheetRow> over = first.subList(0, headerIndex);
    HeaderBinding binding = new HeaderBinding(source, header, sheet);
    List<AboveValues.Value> above = AboveValues.find(source, over, header.number(), sheet);
    List<SheetRow> replayed = new ArrayList<>(first.subList(headerIndex + 1, first.size()));
    if (beyond != null) {
      replayed.add(beyond);
    }
    RowSource below = RowSource.then(replayed.iterator(), stored);
    long filledAbove = over.stream().filter(row -> !row.blank()).count();
    TableRows rows =
        new TableRows(
            below, source.end(), above, binding.positions(), header.number(), filledAbove);
    return new WorkbookTable(
        sheet.file(), workbook, reader, layout(sheet.sheet(), header, binding, above), rows);
  }

  private static TableLayout layout(
      String sheet, SheetRow header, HeaderBinding binding, List<AboveValues.Value> above) {
    List<String> addresses = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    StringBuilder kinds = new StringBuilder();
    for (AboveValues.Value value : above) {
      addresses.add(value.address());
      headers.add(value.label());
      texts.add(value.text());
      kinds.append(value.kind().code());
    }
    int[] positions = binding.positions();
    for (int i = 0; i < positions.length; i++) {
      boolean absent = positions[i] == HeaderBinding.ABSENT;
      addresses.add(absent ? "" : CellAddress.letters(positions[i]));
      headers.add(binding.text(i));
    }
    return new TableLayout(
        sheet, header.number(), addresses, headers, binding.warnings(), texts, kinds.toString());
  }

  private static int sheetIndex(List<WorkbookFile.Sheet> sheets, String file, String wanted) {
    String folded = HeaderText.folded(wanted);
    for (int i = 0; i < sheets.size(); i++) {
      WorkbookFile.Sheet sheet = sheets.get(i);
      if (folded.isEmpty() ? sheet.visible() : HeaderText.folded(sheet.name()).equals(folded)) {
        return i;
      }
    }
    throw Refusals.sheetMissing(
        file, wanted, sheets.stream().map(sheet -> "'" + sheet.name() + "'").toList());
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception closing) {
      return;
    }
  }

  private static void closeAfter(Throwable failed, AutoCloseable resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.close();
    } catch (Exception second) {
      failed.addSuppressed(second);
    }
  }
}
