package io.sluice.workbook;

import io.sluice.config.Layout.Hidden;
import io.sluice.config.TableEnd;
import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** Tells data rows from the others, and counts them all. */
final class TableRows implements Iterator<BoundRow> {
  private final RowSource source;
  private final TablePlan plan;
  private final int[] positions;
  private final boolean endsAtBlankRow;
  private final Pattern totalsText;
  private final Pattern footerText;
  private final boolean skipsHidden;
  private final MergedBody merged;
  private final ControlTotals control;
  private final RetypedColumns retyped;
  private final long above;
  private final HiddenRows hidden;

  private List<String> retypedNotes = List.of();
  private BoundRow next;
  private boolean ended;
  private boolean exhausted;
  private int lastStored;
  private int lastFilled;
  private int lastData;
  private long data;
  private long totals;
  private long afterEnd;

  /**
   * @param merged null where cells are taken as they are stored
   * @param above number of rows with content over the header
   * @param hidden rows left out over the header
   */
  TableRows(RowSource source, TablePlan plan, MergedBody merged, long above, HiddenRows hidden) {
    TableEnd end = plan.source().end();
    this.source = source;
    this.plan = plan;
    this.positions = plan.positions();
    this.endsAtBlankRow = end.atBlankRow();
    this.totalsText = end.totals().isEmpty() ? null : Pattern.compile(end.totals());
    this.footerText = end.footer().isEmpty() ? null : Pattern.compile(end.footer());
    this.skipsHidden = plan.source().layout().hiddenRows() == Hidden.SKIP;
    this.merged = merged;
    this.control =
        end.control().isEmpty()
            ? null
            : new ControlTotals(plan.source(), plan.sheet(), plan.positions());
    this.retyped = new RetypedColumns(plan.source(), plan.sheet(), plan.positions());
    this.above = above;
    this.hidden = hidden;
    this.lastStored = plan.headerRow();
    this.lastFilled = plan.headerRow();
  }

  @Override
  public boolean hasNext() {
    while (next == null && !exhausted) {
      SheetRow row = source.next();
      if (row == null) {
        exhausted = true;
        if (control != null) {
          control.finish();
        }
        retypedNotes = retyped.notes();
      } else {
        take(row);
      }
    }
    return next != null;
  }

  @Override
  public BoundRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No more data rows");
    }
    BoundRow row = next;
    next = null;
    return row;
  }

  /** Whether the sheet has been read to its end and every row of it handed out. */
  boolean exhausted() {
    return exhausted && next == null;
  }

  RowCounts counts() {
    if (!exhausted()) {
      throw new IllegalStateException("Rows are counted while they are read; there are more");
    }
    long header = plan.source().layout().headerRows();
    long left = skipsHidden ? hidden.count() : 0;
    long blank = lastFilled - data - above - header - totals - afterEnd - left;
    return new RowCounts(lastFilled, data, above, header, blank, totals, afterEnd, left);
  }

  /** Number of the last data row. */
  int lastData() {
    return lastData;
  }

  /** What is to be said of columns that hold something else than their types say. */
  List<String> retypedNotes() {
    return retypedNotes;
  }

  /** Columns of which that is to be said. */
  List<String> retypedColumns() {
    return retyped.columns();
  }

  HiddenRows hidden() {
    return hidden;
  }

  private void take(SheetRow row) {
    if (merged != null) {
      merged.pass(row);
    }
    // Files leave rows without cells out: a gap in the numbers is a blank row.
    boolean blankBefore = row.number() > lastStored + 1;
    lastStored = row.number();
    if (!row.blank()) {
      lastFilled = row.number();
    }
    if (row.number() > plan.bounds().cells().lastRow() || (endsAtBlankRow && blankBefore)) {
      ended = true;
    }
    if (skipsHidden && row.hidden() && !ended) {
      hidden.add(row);
      return;
    }
    boolean bound = bound(row);
    if (endsAtBlankRow && !bound) {
      ended = true;
    }
    if (!ended && isTotals(row)) {
      totals++;
      ended = true;
      if (control != null) {
        control.check(row);
      }
      return;
    }
    if (footerText != null && matches(footerText, row)) {
      ended = true;
    }
    if (ended) {
      afterEnd += row.blank() ? 0 : 1;
    } else if (bound) {
      hand(row);
    }
  }

  private void hand(SheetRow row) {
    data++;
    lastData = row.number();
    if (row.hidden()) {
      hidden.add(row);
    }
    if (merged != null) {
      merged.fill(row);
    }
    next = row(row);
    retyped.add(next);
    if (control != null) {
      control.add(next);
    }
  }

  private boolean bound(SheetRow row) {
    for (int position : positions) {
      if (position != HeaderBinding.ABSENT && row.has(position)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTotals(SheetRow row) {
    return row.number() == plan.bounds().totalsRow()
        || (totalsText != null && matches(totalsText, row));
  }

  /** Whether the text of the row's first cell with content is such a one. */
  private boolean matches(Pattern pattern, SheetRow row) {
    for (int i = Math.max(row.first(), 0); i < row.width(); i++) {
      if (row.has(i) && plan.seen().test(i)) {
        String text = row.text(i);
        return text != null && pattern.matcher(Blank.trim(text)).matches();
      }
    }
    return false;
  }

  private BoundRow row(SheetRow row) {
    int cells = plan.above().size() + positions.length;
    String[] texts = new String[cells];
    char[] kinds = new char[cells];
    int cell = 0;
    for (AboveValues.Value value : plan.above()) {
      texts[cell] = value.text();
      kinds[cell++] = value.kind().code();
    }
    for (int position : positions) {
      texts[cell] = position == HeaderBinding.ABSENT ? null : row.text(position);
      kinds[cell] = position == HeaderBinding.ABSENT ? '_' : row.kind(position);
      if (plan.sensitive().hides(cell)) {
        CellKind kind = CellKind.of(kinds[cell]);
        texts[cell] = plan.sensitive().text(cell, texts[cell], kind);
        kinds[cell] = plan.sensitive().kind(cell, texts[cell], kind).code();
      }
      cell++;
    }
    return new BoundRow(
        plan.layout(), row.number(), texts, new String(kinds), plan.unknown().of(row));
  }
}
