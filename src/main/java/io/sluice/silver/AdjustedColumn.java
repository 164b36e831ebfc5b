package io.sluice.silver;

import java.math.BigDecimal;

/**
 * Decimals of a column that had more digits after the point than it has, and went to silver.
 *
 * @param at15Digits how many were read at 15 significant digits, as Excel shows them
 * @param at15DigitsBy by how much those differ from their cells in all, without signs
 * @param rounded how many were rounded half up
 * @param roundedBy by how much those differ from their cells in all, without signs
 */
public record AdjustedColumn(
    String column, long at15Digits, BigDecimal at15DigitsBy, long rounded, BigDecimal roundedBy) {

  /** Of several batches together. */
  public AdjustedColumn plus(AdjustedColumn other) {
    return new AdjustedColumn(
        column,
        at15Digits + other.at15Digits,
        at15DigitsBy.add(other.at15DigitsBy),
        rounded + other.rounded,
        roundedBy.add(other.roundedBy));
  }
}
