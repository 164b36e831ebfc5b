package io.sluice.workbook;

import io.sluice.config.Source;
import io.sluice.error.Place;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds a table's header, wherever its contract says that it stands. */
final class HeaderFinder {
  private final Source source;
  private final TableBounds bounds;
  private final IntPredicate seen;
  private final Place sheet;
  private final List<SheetRow> rows;
  private final StackedHeader stacked;

  /**
   * @param merged all merged ranges of the sheet, where the header takes several rows
   * @param seen which columns are looked at
   */
  HeaderFinder(
      Source source,
      FirstRows first,
      List<CellRange> merged,
      TableBounds bounds,
      IntPredicate seen,
      Place sheet) {
    this.source = source;
    this.bounds = bounds;
    this.seen = seen;
    this.sheet = sheet;
    int from = bounds.headerRow() > 0 ? bounds.headerRow() : bounds.cells().firstRow();
    this.rows = first.from(from);
    this.stacked = new StackedHeader(rows, source.layout().headerRows(), merged);
  }

  /** The header's texts, with the number of its last row. */
  SheetRow header() {
    int within = source.layout().headerWithin();
    if (bounds.headerRow() > 0) {
      SheetRow header = headerFrom(bounds.headerRow());
      HeaderSearch.check(source, header, sheet);
      return header;
    }
    int first = bounds.cells().firstRow();
    List<SheetRow> candidates =
        rows.stream()
            .filter(row -> row.number() - first < within)
            .filter(row -> row.number() <= bounds.cells().lastRow())
            .map(row -> headerFrom(row.number()))
            .toList();
    String where =
        first == 1
            ? "the first " + within + " rows"
            : "rows " + first + " to " + Math.min(first + within - 1, bounds.cells().lastRow());
    return candidates.get(HeaderSearch.find(source, candidates, where, sheet));
  }

  private SheetRow headerFrom(int number) {
    if (source.layout().headerRows() > 1) {
      return stacked.from(number).only(seen);
    }
    for (SheetRow row : rows) {
      if (row.number() == number) {
        return row.only(seen);
      }
    }
    return new SheetRow(number);
  }
}
