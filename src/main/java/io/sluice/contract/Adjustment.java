package io.sluice.contract;

import java.io.Serializable;
import java.math.BigDecimal;

/**
 * A decimal with more digits after the point than its column has, which was taken all the same.
 *
 * @param column index of the column in the contract
 * @param difference by how much the value is another one than the cell's shortest decimal, exact
 *     and without sign
 */
public record Adjustment(int column, How how, BigDecimal difference) implements Serializable {
  /** What was done. */
  public enum How {
    /** Read at 15 significant digits, as Excel shows it, which fits the column. */
    AT_15_DIGITS,
    /** Rounded half up, as the column's scale-excess says. */
    ROUNDED
  }
}
