package io.sluice.config;

import java.io.Serializable;

/** What to do where a workbook's columns are not the contract's. */
public record Drift(Policy unknown, Policy missing, Policy renamed, Policy retyped)
    implements Serializable {
  /** FAIL refuses the file, WARN notes it in the ledger and goes on. */
  public enum Policy {
    FAIL,
    WARN
  }
}
