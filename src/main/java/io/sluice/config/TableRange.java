package io.sluice.config;

import java.io.Serializable;

/**
 * What the workbook itself calls the table, if the source goes by that.
 *
 * @param name of the Excel table or the defined name; empty for NONE
 */
public record TableRange(By by, String name) implements Serializable {
  /** What kind of name it is. */
  public enum By {
    NONE,
    TABLE,
    NAME
  }

  static final TableRange NONE = new TableRange(By.NONE, "");
}
