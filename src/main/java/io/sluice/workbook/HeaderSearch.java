package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the row that names most of the contract's columns. Which of them are required does not
 * matter to that, only whether the row will do: so a column that is required or not from now on
 * never makes another row the header.
 */
final class HeaderSearch {
  private HeaderSearch() {}

  /**
   * @param candidates what may be the header, in the sheet's order
   * @param where such as {@code the first 50 rows}
   * @return index in {@code candidates}
   * @throws SluiceException if it does not name half of the required columns, and two at least
   *     where there are two
   */
  static int find(Source source, List<SheetRow> candidates, String where, Place sheet) {
    List<Column> columns = source.columns();
    List<Column> counted = counted(columns);
    int enough = Math.max((counted.size() + 1) / 2, Math.min(2, counted.size()));
    int best = -1;
    int bestNamed = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int named = count(HeaderBinding.named(columns, candidates.get(i)));
      if (named > bestNamed) {
        best = i;
        bestNamed = named;
      }
    }
    if (best < 0 || count(HeaderBinding.named(counted, candidates.get(best))) < enough) {
      throw missing(
          source,
          candidates.stream().allMatch(SheetRow::blank)
              ? where + " are empty"
              : "no row within %s has at least half of the headers looked for: %s%s"
                  .formatted(
                      where,
                      texts(counted),
                      best < 0
                          ? ""
                          : "; row %d has most of all headers"
                              .formatted(candidates.get(best).number())),
          sheet);
    }
    return best;
  }

  /**
   * For a header whose place is declared: that it is one.
   *
   * @throws SluiceException if it names no column
   */
  static void check(Source source, SheetRow header, Place sheet) {
    if (count(HeaderBinding.named(source.columns(), header)) == 0) {
      throw missing(
          source,
          "row %d, where it is declared to stand, %s"
              .formatted(
                  header.number(),
                  header.blank()
                      ? "is empty"
                      : "has none of the headers looked for: " + texts(counted(source.columns()))),
          new Place(sheet.file(), sheet.sheet(), "A" + header.number()));
    }
  }

  private static List<Column> counted(List<Column> columns) {
    List<Column> required = columns.stream().filter(Column::required).toList();
    return required.isEmpty() ? columns : required;
  }

  private static String texts(List<Column> columns) {
    List<String> texts = new ArrayList<>();
    columns.forEach(column -> texts.add("'" + String.join("' or '", column.headers()) + "'"));
    return String.join(", ", texts);
  }

  private static SluiceException missing(Source source, String why, Place place) {
    boolean delimited = place.sheet().equals(CsvFile.SHEET);
    return new SluiceException(
        Reason.HEADER_MISSING,
        place.file() + ", sheet '" + place.sheet() + "' has no header row",
        why,
        "Restore the header row, or correct the contract: "
            + (delimited
                ? "what separates its cells (csv.delimiter)"
                : "where the table is (sheet, range)")
            + ", where its header is (header-within, header), or the headers in sources."
            + source.name()
            + ".columns.",
        place);
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
