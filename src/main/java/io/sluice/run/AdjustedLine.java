package io.sluice.run;

import io.sluice.silver.AdjustedColumn;
import java.math.BigDecimal;

/**
 * Decimals of a column in silver that are not quite what their cells say.
 *
 * @param at15Digits how many were read at 15 significant digits, as Excel shows them
 * @param at15DigitsBy by how much those differ in all, without signs
 * @param rounded how many were rounded half up, as scale-excess says
 * @param roundedBy by how much those differ in all, without signs
 */
public record AdjustedLine(
    String table,
    String column,
    long at15Digits,
    BigDecimal at15DigitsBy,
    long rounded,
    BigDecimal roundedBy) {

  static AdjustedLine of(String table, AdjustedColumn column) {
    return new AdjustedLine(
        table,
        column.column(),
        column.at15Digits(),
        column.at15DigitsBy(),
        column.rounded(),
        column.roundedBy());
  }
}
