package io.sluice.workbook;

import io.sluice.config.Layout;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.TableRange;
import io.sluice.contract.SensitiveCells;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The table of a contract in a workbook: found by sheet, header and labels, read as a stream. It
 * may lie in several sheets, which are opened one after another. Not safe for concurrent use; close
 * it.
 */
public final class WorkbookTable implements AutoCloseable {
  private final WorkbookFile workbook;
  private final Source source;
  private final SensitiveCells sensitive;
  private final String file;
  private final Iterator<RangeFinder.Target> targets;
  private final List<TableLayout> layouts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<List<ColumnDrift>> drift = new ArrayList<>();
  private final PathValues paths;
  private SheetTable sheet;
  private RowCounts counted = new RowCounts(0, 0, 0, 0, 0, 0, 0, 0);
  private boolean started;
  private boolean finished;

  private WorkbookTable(
      WorkbookFile workbook,
      Source source,
      SensitiveCells sensitive,
      String file,
      List<RangeFinder.Target> targets) {
    this.workbook = workbook;
    this.source = source;
    this.sensitive = sensitive;
    this.file = file;
    this.targets = targets.iterator();
    this.paths = PathValues.checks(source, file);
  }

  /**
   * Opens a file of whatever content and finds the contract's table in it.
   *
   * @param displayName path relative to the landing, how messages name the file
   * @throws SluiceException if the file is to be refused: with the reason and the place
   */
  public static WorkbookTable open(Path file, String displayName, Source source) {
    return open(file, displayName, source, SensitiveCells.of(source));
  }

  /**
   * As {@link #open(Path, String, Source)}, with secrets that the caller has.
   *
   * @throws SluiceException if the file is to be refused: with the reason and the place
   */
  public static WorkbookTable open(
      Path file, String displayName, Source source, SensitiveCells sensitive) {
    WorkbookFile workbook = new WorkbookOpener(displayName, Opening.of(source)).open(file);
    return open(workbook, displayName, source, sensitive);
  }

  /**
   * As {@link #open(Path, String, Source)}, with the cells' texts from another reader, all of them
   * of the kind {@link io.sluice.contract.CellKind#UNKNOWN}.
   *
   * @throws SluiceException if the file is to be refused: with the reason and the place
   */
  public static WorkbookTable open(Path file, String displayName, Source source, SheetTexts texts) {
    WorkbookFile workbook = new WorkbookOpener(displayName, Opening.of(source)).open(file);
    // What is no workbook, no other reader knows better.
    WorkbookFile read = workbook.headerRow() >= 0 ? workbook : new TextsFile(workbook, file, texts);
    return open(read, displayName, source, SensitiveCells.of(source));
  }

  private static WorkbookTable open(
      WorkbookFile workbook, String displayName, Source source, SensitiveCells sensitive) {
    try {
      WorkbookTable table =
          new WorkbookTable(
              workbook,
              workbook.headerRow() > 0 ? KnownHeader.of(source) : source,
              sensitive,
              displayName,
              targets(workbook, displayName, source.layout()));
      table.openNext();
      return table;
    } catch (RuntimeException | Error failed) {
      Closing.after(failed, workbook);
      throw failed;
    }
  }

  /** Of the first sheet. */
  public TableLayout layout() {
    return layouts.get(0);
  }

  /** Of every sheet read so far, in the order of the tabs; of all once the rows are exhausted. */
  public List<TableLayout> layouts() {
    return List.copyOf(layouts);
  }

  /**
   * The data rows, sheet after sheet, in the sheets' order.
   *
   * @throws SluiceException from the iterator, if a sheet turns out to be damaged on the way, lacks
   *     the table, or its control totals differ
   * @throws IllegalStateException if asked for a second time: a sheet is a stream
   */
  public Iterator<BoundRow> rows() {
    if (started) {
      throw new IllegalStateException("The rows of a workbook can be read once");
    }
    started = true;
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (!finished && !sheet.rows().hasNext()) {
          closeSheet();
          if (targets.hasNext()) {
            openNext();
          } else {
            finished = true;
          }
        }
        return !finished;
      }

      @Override
      public BoundRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException("No more data rows");
        }
        BoundRow row = sheet.rows().next();
        if (paths != null) {
          paths.check(row);
        }
        return row;
      }
    };
  }

  /**
   * What became of every row of the sheets, which are added up.
   *
   * @throws IllegalStateException before the rows are exhausted
   */
  public RowCounts counts() {
    checkFinished();
    return counted;
  }

  /**
   * What a person should know of how the workbook was read, one sentence each: drift that the
   * contract lets pass, hidden and merged cells.
   *
   * @throws IllegalStateException before the rows are exhausted
   */
  public List<String> notes() {
    checkFinished();
    return List.copyOf(notes);
  }

  /**
   * What the contract lets pass of each sheet, in the order of {@link #layouts}.
   *
   * @throws IllegalStateException before the rows are exhausted
   */
  public List<List<ColumnDrift>> drift() {
    checkFinished();
    return List.copyOf(drift);
  }

  /**
   * Refuses a table without rows, unless the source says that it clears its slice.
   *
   * @throws SluiceException EMPTY
   * @throws IllegalStateException before the rows are exhausted
   */
  public void requireRows() {
    if (counts().data() == 0 && source.empty() == Source.Empty.REFUSE) {
      throw Refusals.empty(file, layout().sheet());
    }
  }

  @Override
  public void close() {
    Closing.quietly(sheet);
    Closing.quietly(workbook);
  }

  private void checkFinished() {
    if (!finished) {
      throw new IllegalStateException("Rows are counted while they are read; there are more");
    }
  }

  private void openNext() {
    sheet = SheetTable.open(workbook, targets.next(), source, sensitive, file);
    layouts.add(sheet.layout());
  }

  private void closeSheet() {
    RowCounts counts = sheet.rows().counts();
    // Of several sheets each is a part of the whole; of a single one the caller decides.
    if (counts.data() == 0
        && source.empty() == Source.Empty.REFUSE
        && source.layout().sheet().by() == SheetChoice.By.EVERY_VISIBLE) {
      throw Refusals.empty(file, sheet.layout().sheet());
    }
    counted = counted.plus(counts);
    notes.addAll(sheet.notes());
    drift.add(sheet.drift());
    sheet.close();
  }

  private static List<RangeFinder.Target> targets(
      WorkbookFile workbook, String file, Layout layout) {
    if (workbook.headerRow() >= 0) {
      int row = workbook.headerRow() == 0 ? layout.headerRow() : workbook.headerRow();
      return List.of(new RangeFinder.Target(0, TableBounds.wholeSheet(row)));
    }
    if (layout.range().by() != TableRange.By.NONE) {
      RangeFinder finder = new RangeFinder(workbook, file, layout.range());
      return List.of(new Failures(file).guard("", finder::find));
    }
    TableBounds bounds = TableBounds.wholeSheet(layout.headerRow());
    return new SheetChooser(workbook.sheets(), file)
        .chosen(layout.sheet()).stream().map(i -> new RangeFinder.Target(i, bounds)).toList();
  }
}
