package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Layout;
import io.sluice.config.Source;

/** The contract of a file that names its columns itself, in one row and nowhere else. */
final class KnownHeader {
  private KnownHeader() {}

  /** The same, where it is read from such a file. */
  static Source of(Source source) {
    Layout layout = source.layout();
    return new Source(
        source.name(),
        source.description(),
        source.owner(),
        source.files(),
        new Layout(
            layout.sheet(),
            layout.range(),
            layout.headerWithin(),
            layout.headerRow(),
            1,
            layout.hiddenRows(),
            layout.hiddenColumns(),
            layout.merged()),
        source.slice(),
        source.order(),
        source.expectedBy(),
        source.lateness(),
        source.above().stream().map(KnownHeader::labelled).toList(),
        source.columns(),
        source.end(),
        source.drift(),
        source.limits(),
        source.password(),
        source.reader(),
        source.version(),
        source.dropped(),
        source.droppedColumns(),
        source.paths(),
        source.empty(),
        source.csv(),
        source.keepUnknown(),
        source.deliveries(),
        source.delivers());
  }

  /** What stands in the path alone has no label; in such a file it may have a column. */
  private static AboveCell labelled(AboveCell cell) {
    return new AboveCell(cell.column(), label(cell), cell.extract(), cell.cell());
  }

  /** By what a cell above the table goes in such a file. */
  static String label(AboveCell cell) {
    return cell.label().isBlank() ? cell.column().name() : cell.label();
  }
}
