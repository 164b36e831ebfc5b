package io.sluice.workbook.infer;

import io.sluice.contract.Blank;
import io.sluice.workbook.StoredSheets.Cell;
import io.sluice.workbook.StoredSheets.Line;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells data from what follows it: rows that fill half as many columns as most rows do, or more,
 * are data, and the table ends after the last of them.
 */
final class TableEndSearch {
  private static final int REMEMBERED = 200;

  /** A row that may be the first one after the end. */
  private record Row(int index, int number, String firstText) {}

  private final int headerRow;
  private final Set<Integer> columns = new HashSet<>();
  private final Deque<Row> last = new ArrayDeque<>();
  private int[] numbers = new int[64];
  private int[] filled = new int[64];
  private int size;
  private Row totalsRow;

  private boolean atBlankRow;
  private String totals = "";
  private String remark;
  private boolean judged;

  TableEndSearch(Line header) {
    this.headerRow = header.number();
    header.cells().forEach(cell -> columns.add(cell.column()));
  }

  boolean take(Line line) {
    if (line.number() <= headerRow) {
      return true;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      filled = Arrays.copyOf(filled, size * 2);
    }
    numbers[size] = line.number();
    filled[size] = (int) line.cells().stream().filter(c -> columns.contains(c.column())).count();
    Cell first = line.cells().get(0);
    Row row = new Row(size, line.number(), first.text() == null ? "" : Blank.trim(first.text()));
    last.addLast(row);
    if (last.size() > REMEMBERED) {
      last.removeFirst();
    }
    if (totalsRow == null && Words.totals(row.firstText())) {
      totalsRow = row;
    }
    size++;
    return true;
  }

  boolean atBlankRow() {
    judge();
    return atBlankRow;
  }

  String totals() {
    judge();
    return totals;
  }

  Optional<String> remark() {
    judge();
    return Optional.ofNullable(remark);
  }

  private void judge() {
    if (judged) {
      return;
    }
    judged = true;
    int lastData = lastData(size);
    if (totalsRow != null && totalsRow.index() >= lastData) {
      totals = Words.TOTALS_PATTERN;
      remark = "row %d ('%s') ends the table".formatted(totalsRow.number(), totalsRow.firstText());
      return;
    }
    if (lastData + 1 >= size) {
      return;
    }
    boolean gapBefore = gap(lastData + 1);
    boolean gapWithin = false;
    for (int i = 0; i <= lastData; i++) {
      gapWithin |= gap(i);
    }
    if (gapBefore && !gapWithin) {
      atBlankRow = true;
      remark = "row %d and those below are taken for footers".formatted(numbers[lastData + 1]);
      return;
    }
    for (Row row : last) {
      if (row.index() == lastData + 1 && !row.firstText().isEmpty()) {
        totals = "(?i)" + Words.literal(row.firstText());
        remark = "row %d and those below are taken for footers".formatted(row.number());
      }
    }
  }

  private int lastData(int rows) {
    int[] sorted = Arrays.copyOf(filled, rows);
    Arrays.sort(sorted);
    // Of the rows that have more than a remark in them: footers may outnumber the data.
    int from = 0;
    while (from < rows && sorted[from] <= 1) {
      from++;
    }
    int usual = from < rows ? sorted[from + (rows - from) / 2] : 1;
    int least = usual <= 2 ? usual : (usual + 1) / 2;
    int found = -1;
    for (int i = 0; i < rows; i++) {
      if (filled[i] >= least) {
        found = i;
      }
    }
    return found;
  }

  private boolean gap(int row) {
    int before = row == 0 ? headerRow : numbers[row - 1];
    return numbers[row] > before + 1 || filled[row] == 0;
  }
}
