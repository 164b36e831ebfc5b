package io.sluice.workbook;

import java.io.Serializable;

/**
 * Where a sheet's columns are not the contract's and its source lets that pass.
 *
 * @param header the sheet's text; empty where there is none
 * @param column of the contract, or the one that silver gets; empty where there is none
 * @param policy what let it pass, as the configuration writes it
 */
public record ColumnDrift(Kind kind, String header, String column, String policy)
    implements Serializable {
  public static final String WARN = "warn";
  public static final String KEEP_UNKNOWN = "keep-unknown";
  public static final String ADD_NULLABLE = "add-nullable";

  /** What is not as the contract says. */
  public enum Kind {
    UNKNOWN,
    MISSING,
    RENAMED,
    RETYPED
  }

  /** What is to be done about it is up to people. */
  static ColumnDrift warned(Kind kind, String header, String column) {
    return new ColumnDrift(kind, header, column, WARN);
  }
}
