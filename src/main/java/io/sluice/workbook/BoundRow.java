package io.sluice.workbook;

/**
 * A data row, bound to the contract's columns by header.
 *
 * @param layout of the sheet that it comes from
 * @param sheetRow number of the row in the sheet, from 1
 * @param texts one a contract column, the cells above the table repeated in every row; null where
 *     blank or absent. The array is the caller's to keep
 * @param kinds one code of {@link io.sluice.contract.CellKind} a contract column
 * @param unknown texts under {@link TableLayout#unknown}, null where blank; null if the row has
 *     none
 */
public record BoundRow(
    TableLayout layout, int sheetRow, String[] texts, String kinds, String[] unknown) {}
