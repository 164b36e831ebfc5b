package io.sluice.contract;

import io.sluice.error.Reason;
import java.io.Serializable;

/**
 * A cell that breaks its column's contract.
 *
 * @param column index of the column in the contract
 * @param rule the part of the contract that it breaks: required, type, range, scale, min, max,
 *     min-length, max-length, pattern or allowed
 * @param raw the text as stored, empty for a blank cell
 * @param message what is wrong and what was expected, without a full stop
 */
public record Violation(int column, Reason reason, String rule, String raw, String message)
    implements Serializable {

  /**
   * The address of the cell, empty where its column is absent.
   *
   * @param addresses one a contract column: the letters of a column, or for a cell above the table
   *     its whole address
   * @param sheetRow number of the row, from 1
   */
  public String cell(String[] addresses, int sheetRow) {
    return cell(addresses[column], sheetRow);
  }

  /**
   * The address of a cell in a row.
   *
   * @param address the letters of its column, or for a cell above the table its whole address
   */
  public static String cell(String address, int sheetRow) {
    boolean whole = !address.isEmpty() && Character.isDigit(address.charAt(address.length() - 1));
    return address.isEmpty() || whole ? address : address + sheetRow;
  }
}
