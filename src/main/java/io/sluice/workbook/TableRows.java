package io.sluice.workbook;

import io.sluice.config.TableEnd;
import io.sluice.contract.Blank;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/** Tells data rows from the others, and counts them all. */
final class TableRows implements Iterator<BoundRow> {
  private final RowSource source;
  private final boolean endsAtBlankRow;
  private final Pattern totalsText;
  private final List<AboveValues.Value> aboveValues;
  private final int[] positions;
  private final long above;

  private BoundRow next;
  private boolean ended;
  private boolean exhausted;
  private int lastStored;
  private int lastFilled;
  private long data;
  private long totals;
  private long afterEnd;

  /**
   * @param positions in the sheet of the table's columns
   * @param above number of rows with content over the header
   */
  TableRows(
      RowSource source,
      TableEnd end,
      List<AboveValues.Value> aboveValues,
      int[] positions,
      int headerRow,
      long above) {
    this.source = source;
    this.endsAtBlankRow = end.atBlankRow();
    this.totalsText = end.totals().isEmpty() ? null : Pattern.compile(end.totals());
    this.aboveValues = aboveValues;
    this.positions = positions;
    this.above = above;
    this.lastStored = headerRow;
    this.lastFilled = headerRow;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !exhausted) {
      SheetRow row = source.next();
      if (row == null) {
        exhausted = true;
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

  RowCounts counts() {
    if (!exhausted || next != null) {
      throw new IllegalStateException("Rows are counted while they are read; there are more");
    }
    long blank = lastFilled - data - above - 1 - totals - afterEnd;
    return new RowCounts(lastFilled, data, above, 1, blank, totals, afterEnd);
  }

  private void take(SheetRow row) {
    boolean bound = bound(row);
    // Files leave rows without cells out: a gap in the numbers is a blank row.
    boolean blankBefore = row.number() > lastStored + 1;
    lastStored = row.number();
    if (!row.blank()) {
      lastFilled = row.number();
    }
    if (endsAtBlankRow && (blankBefore || !bound)) {
      ended = true;
    }
    if (ended) {
      afterEnd += row.blank() ? 0 : 1;
    } else if (isTotals(row)) {
      totals++;
      ended = true;
    } else if (bound) {
      data++;
      next = row(row);
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
    if (totalsText == null) {
      return false;
    }
    String text = row.blank() ? null : row.text(row.first());
    return text != null && totalsText.matcher(Blank.trim(text)).matches();
  }

  private BoundRow row(SheetRow row) {
    int cells = aboveValues.size() + positions.length;
    String[] texts = new String[cells];
    char[] kinds = new char[cells];
    int cell = 0;
    for (AboveValues.Value value : aboveValues) {
      texts[cell] = value.text();
      kinds[cell++] = value.kind().code();
    }
    for (int position : positions) {
      texts[cell] = position == HeaderBinding.ABSENT ? null : row.text(position);
      kinds[cell++] = position == HeaderBinding.ABSENT ? '_' : row.kind(position);
    }
    return new BoundRow(row.number(), texts, new String(kinds));
  }
}
