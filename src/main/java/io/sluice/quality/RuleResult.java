package io.sluice.quality;

import io.sluice.config.GateRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What one rule of a gate found. A rule passes if it holds in every slice.
 *
 * @param rule the rule's name
 * @param metric the share of complying rows in the whole candidate, the least of the rule's
 *     columns; for a row count the rows of the whole candidate; empty where there was no row to
 *     judge
 * @param limit what the rule demands, as text: {@code = 1}, {@code >= 0.99}, {@code 0 .. 100}
 * @param failingRows rows of the candidate that break the rule, also where the rule tolerates them
 * @param failedSlices in the order of their text
 * @param message what was found, for people
 * @param query Spark SQL that shows all failing rows, once the candidate is the table
 */
public record RuleResult(
    String rule,
    GateRule.Kind kind,
    GateRule.Severity severity,
    boolean passed,
    Optional<BigDecimal> metric,
    String limit,
    long failingRows,
    List<FailedSlice> failedSlices,
    String message,
    String query) {

  public RuleResult {
    failedSlices = List.copyOf(failedSlices);
  }
}
