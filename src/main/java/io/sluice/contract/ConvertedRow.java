package io.sluice.contract;

import java.util.List;

/**
 * A row under its contract.
 *
 * @param values one a column, in the contract's order: String, Integer, Long, BigDecimal of exactly
 *     the column's scale, LocalDate, Instant, Boolean, or null. A column that is violated holds
 *     null. The array is the caller's to keep
 * @param violations empty for a good row
 * @param adjustments values that are not quite what their cells say
 */
public record ConvertedRow(
    Object[] values, List<Violation> violations, List<Adjustment> adjustments) {
  public ConvertedRow {
    violations = List.copyOf(violations);
    adjustments = List.copyOf(adjustments);
  }

  public boolean accepted() {
    return violations.isEmpty();
  }
}
