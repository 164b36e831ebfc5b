package io.sluice.workbook;

import java.io.Serializable;
import java.util.List;

/**
 * Where a contract's columns stand in a sheet. {@code addresses} and {@code headers} have one entry
 * a contract column, the cells above the table first.
 *
 * @param sheet name as the workbook spells it
 * @param headerRow number of the row, from 1
 * @param addresses column letters, or for a cell above the table its address such as {@code B3};
 *     empty where absent
 * @param headers the sheet's own header texts, for a cell above its label; empty where absent
 * @param warnings columns that are missing although the contract has them, one sentence each
 * @param drift what the contract lets pass, as far as the header shows it
 * @param unknown headers that the contract does not name and whose cells are kept
 * @param aboveTexts the texts of the cells above, one an above cell
 * @param aboveKinds one code of {@link io.sluice.contract.CellKind} an above cell
 */
public record TableLayout(
    String sheet,
    int headerRow,
    List<String> addresses,
    List<String> headers,
    List<String> warnings,
    List<ColumnDrift> drift,
    List<String> unknown,
    List<String> aboveTexts,
    String aboveKinds)
    implements Serializable {

  public TableLayout {
    addresses = List.copyOf(addresses);
    headers = List.copyOf(headers);
    warnings = List.copyOf(warnings);
    drift = List.copyOf(drift);
    unknown = List.copyOf(unknown);
    aboveTexts = List.copyOf(aboveTexts);
  }
}
