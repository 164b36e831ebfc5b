package io.sluice.config;

import java.io.Serializable;

/**
 * How a source's workbooks are laid out.
 *
 * @param headerWithin the header is looked for in this many first rows
 * @param headerRow row of the sheet in which the header begins; 0 where it is looked for
 * @param headerRows number of rows that the header takes
 */
public record Layout(
    SheetChoice sheet,
    TableRange range,
    int headerWithin,
    int headerRow,
    int headerRows,
    Hidden hiddenRows,
    Hidden hiddenColumns,
    Merged merged)
    implements Serializable {

  /** What becomes of cells that nobody sees. */
  public enum Hidden {
    READ,
    SKIP
  }

  /** Which cells of a merged range in the table's body carry its value. */
  public enum Merged {
    FIRST,
    FILL
  }

  /**
   * The usual one: the header is one row, found by its texts, and everything stored is read.
   *
   * @param sheet empty for the first visible sheet
   */
  public static Layout of(String sheet, int headerWithin) {
    return new Layout(
        SheetChoice.named(sheet),
        TableRange.NONE,
        headerWithin,
        0,
        1,
        Hidden.READ,
        Hidden.READ,
        Merged.FIRST);
  }
}
