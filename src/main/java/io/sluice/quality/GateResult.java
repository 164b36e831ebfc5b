package io.sluice.quality;

import io.sluice.config.GateRule.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gate found in a candidate.
 *
 * @param table the table that the candidate is for
 * @param rows of the whole candidate
 * @param rules one result a rule, in the order of declaration
 */
public record GateResult(String table, long rows, List<RuleResult> rules) {
  public GateResult {
    rules = List.copyOf(rules);
  }

  /** Whether every rule of severity ERROR passed. */
  public boolean passed() {
    return rules.stream().allMatch(rule -> rule.passed() || rule.severity() == Severity.WARNING);
  }

  /** The slices that rules of severity ERROR hold back, in the order of their text. */
  public Set<String> failedSlices() {
    Set<String> slices = new TreeSet<>();
    for (RuleResult rule : rules) {
      if (rule.severity() == Severity.ERROR) {
        rule.failedSlices().forEach(failed -> slices.add(failed.slice()));
      }
    }
    return Collections.unmodifiableSet(slices);
  }

  /** Names of the ERROR rules that hold a slice back, separated by commas. */
  public String failedRules(String slice) {
    return failing(slice).map(RuleResult::rule).collect(Collectors.joining(", "));
  }

  /** What these rules found, for people. */
  public String messageFor(String slice) {
    return failing(slice).map(RuleResult::message).collect(Collectors.joining("; "));
  }

  private Stream<RuleResult> failing(String slice) {
    return rules.stream()
        .filter(rule -> rule.severity() == Severity.ERROR)
        .filter(rule -> rule.failedSlices().stream().anyMatch(f -> f.slice().equals(slice)));
  }
}
