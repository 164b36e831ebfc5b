package io.sluice.workbook.marked;

import java.util.Objects;

/**
 * One reason for which something of a workbook was not taken.
 *
 * @param sheet name; empty if it is the workbook as a whole
 * @param row number of the row, from 1; 0 if it is no single row
 * @param cell A1 address; empty if it is the row, or the workbook as a whole
 * @param column name of the contract's column, empty for none
 * @param reason code
 * @param raw the text as stored; empty for none
 * @param message what is wrong
 * @param advice what its owner can do
 */
public record Mark(
    String sheet,
    int row,
    String cell,
    String column,
    String reason,
    String raw,
    String message,
    String advice) {
  public Mark {
    Objects.requireNonNull(sheet, "sheet");
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(advice, "advice");
  }
}
