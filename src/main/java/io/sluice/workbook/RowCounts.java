package io.sluice.workbook;

import java.io.Serializable;

/**
 * What became of every row of a sheet. {@code sheetRows} is the sum of the others.
 *
 * @param sheetRows number of the last row with content
 * @param data rows handed out
 * @param above rows with content over the header
 * @param header rows that the header takes
 * @param blank rows without content; below the header also rows with content in no column of the
 *     contract
 * @param totals the row that ended the table by its totals text
 * @param afterEnd rows with content below the table's end
 * @param hidden rows with content left out because nobody sees them
 */
public record RowCounts(
    long sheetRows,
    long data,
    long above,
    long header,
    long blank,
    long totals,
    long afterEnd,
    long hidden)
    implements Serializable {

  /** Of two sheets together. */
  RowCounts plus(RowCounts other) {
    return new RowCounts(
        sheetRows + other.sheetRows,
        data + other.data,
        above + other.above,
        header + other.header,
        blank + other.blank,
        totals + other.totals,
        afterEnd + other.afterEnd,
        hidden + other.hidden);
  }
}
