package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;

/** Finds the row that names most of the contract's columns. */
final class HeaderSearch {
  private HeaderSearch() {}

  /**
   * @param rows the sheet's first rows, as far as the contract lets a header lie
   * @return index in {@code rows}
   * @throws SluiceException if no row names half of the required columns, and two at least where
   *     there are two
   */
  static int find(Source source, List<SheetRow> rows, Place sheet) {
    List<Column> columns = source.columns();
    List<Column> required = columns.stream().filter(Column::required).toList();
    List<Column> counted = required.isEmpty() ? columns : required;
    int enough = Math.max((counted.size() + 1) / 2, Math.min(2, counted.size()));
    int best = -1;
    int bestNamed = 0;
    for (int i = 0; i < rows.size(); i++) {
      int named = count(HeaderBinding.named(columns, rows.get(i)));
      if (named > bestNamed && count(HeaderBinding.named(counted, rows.get(i))) >= enough) {
        best = i;
        bestNamed = named;
      }
    }
    if (best < 0) {
      throw missing(source, counted, rows.stream().allMatch(SheetRow::blank), sheet);
    }
    return best;
  }

  private static SluiceException missing(
      Source source, List<Column> looked, boolean empty, Place sheet) {
    List<String> names = new ArrayList<>();
    looked.forEach(column -> names.add("'" + String.join("' or '", column.headers()) + "'"));
    return new SluiceException(
        Reason.HEADER_MISSING,
        sheet.file() + ", sheet '" + sheet.sheet() + "' has no header row",
        empty
            ? "its first " + source.headerWithin() + " rows are empty"
            : "no row within the first %d has at least half of the headers looked for: %s"
                .formatted(source.headerWithin(), String.join(", ", names)),
        "Restore the header row, or correct the contract: sheet, header-within, or the headers in"
            + " sources."
            + source.name()
            + ".columns.",
        sheet);
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
