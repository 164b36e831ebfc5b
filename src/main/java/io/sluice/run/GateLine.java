package io.sluice.run;

import io.sluice.quality.RuleResult;
import java.math.BigDecimal;
import java.util.List;

/** A gate's rule in a run's report. */
public record GateLine(
    String table,
    String rule,
    String severity,
    boolean passed,
    String metric,
    String limit,
    long failingRows,
    List<String> samples,
    String message,
    String query) {
  static GateLine of(String table, RuleResult rule) {
    return new GateLine(
        table,
        rule.rule(),
        rule.severity().name(),
        rule.passed(),
        rule.metric().map(BigDecimal::toPlainString).orElse(""),
        rule.limit(),
        rule.failingRows(),
        rule.failedSlices().stream()
            .flatMap(slice -> slice.sampleKeys().stream())
            .limit(5)
            .toList(),
        rule.message(),
        rule.query());
  }
}
