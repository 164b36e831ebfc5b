package io.sluice.config;

import java.io.Serializable;
import java.util.List;

/** What to do where a workbook's columns are not the contract's. */
public record Drift(Policy unknown, Policy missing, Policy renamed, Policy retyped)
    implements Serializable {
  /** FAIL refuses the file, WARN notes it in the ledger and goes on. */
  public enum Policy {
    FAIL,
    WARN,
    /** Of unknown headers alone: their cells go to silver, in columns that are added for them. */
    ADD_NULLABLE
  }

  public Drift {
    if (List.of(missing, renamed, retyped).contains(Policy.ADD_NULLABLE)) {
      throw new IllegalArgumentException("columns are added for unknown headers alone");
    }
  }
}
