package io.sluice.workbook;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Headers that take several rows, as one row: the texts of a column joined from the top down. A
 * text that is merged over several columns stands in each of them.
 */
final class StackedHeader {
  private final List<SheetRow> rows;
  private final int count;
  private final Map<Integer, List<CellRange>> wideByRow = new HashMap<>();

  /**
   * @param rows of the sheet, ascending; those that it leaves out are blank
   * @param count of rows that a header takes
   * @param merged all merged ranges of the sheet
   */
  StackedHeader(List<SheetRow> rows, int count, List<CellRange> merged) {
    this.rows = rows;
    this.count = count;
    for (CellRange range : merged) {
      if (range.lastColumn() > range.firstColumn()) {
        wideByRow.computeIfAbsent(range.firstRow(), row -> new ArrayList<>()).add(range);
      }
    }
  }

  /** The header that begins in this row of the sheet, with the number of its last row. */
  SheetRow from(int first) {
    SheetRow header = new SheetRow(first + count - 1);
    List<SheetRow> stacked =
        rows.stream()
            .filter(row -> row.number() >= first && row.number() <= header.number())
            .map(this::spread)
            .toList();
    int width = stacked.stream().mapToInt(SheetRow::width).max().orElse(0);
    for (int i = 0; i < width; i++) {
      StringBuilder text = new StringBuilder();
      for (SheetRow row : stacked) {
        if (row.text(i) != null) {
          text.append(text.isEmpty() ? "" : " ").append(Blank.collapse(row.text(i)));
        }
      }
      header.put(i, text.toString(), CellKind.TEXT);
    }
    return header;
  }

  private SheetRow spread(SheetRow row) {
    List<CellRange> wide = wideByRow.getOrDefault(row.number(), List.of());
    if (wide.isEmpty()) {
      return row;
    }
    SheetRow spread = row.only(column -> true);
    for (CellRange range : wide) {
      for (int i = range.firstColumn() + 1; i <= range.lastColumn(); i++) {
        if (!row.has(i)) {
          spread.copy(i, row, range.firstColumn());
        }
      }
    }
    return spread;
  }
}
