package io.sluice.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One check of a gate.
 *
 * @param name unique within its table; derived from the rule where none is declared
 * @param columns what it is about; for UNIQUE together
 * @param min lower limit of RANGE and ROW_COUNT
 * @param max upper limit of RANGE and ROW_COUNT
 * @param values what ALLOWED allows
 * @param expression the regular expression of PATTERN, the Spark SQL of ROW
 * @param minShare share of rows that must comply, 0 to 1; 1 unless declared
 */
public record GateRule(
    String name,
    Kind kind,
    List<String> columns,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    List<String> values,
    String expression,
    BigDecimal minShare,
    Severity severity,
    String description) {

  /** The kinds of checks. */
  public enum Kind {
    COMPLETE,
    UNIQUE,
    RANGE,
    ALLOWED,
    PATTERN,
    ROW,
    ROW_COUNT
  }

  /** What a failure means: an ERROR holds the slices concerned, a WARNING is reported. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public GateRule {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
  }
}
