package io.sluice.quality;

import io.sluice.config.GateRule;
import io.sluice.config.GateRule.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The quality checks that a table's candidate must pass before it is committed. */
public final class Gate {
  private static final SliceSearch.Found NOTHING = new SliceSearch.Found(0, List.of());

  private Gate() {}

  /**
   * Evaluates the rules over a candidate: all of them by one Deequ verification suite, and only
   * where rows break a rule, or a rule limits the rows of a slice, one more aggregation that finds
   * the slices.
   *
   * <p>A rule passes if it holds in every slice: {@code minShare} is the share that each slice by
   * itself must reach. An empty candidate breaks no rule but a lower limit of rows, and that only
   * without {@code slices}: a slice without rows is not seen here.
   *
   * @param table what the candidate is for, as messages shall name it
   * @param candidate read several times, so it should be persisted
   * @param slices columns of the candidate that name the slice a row belongs to; if empty, the
   *     whole candidate is one slice and its text is empty
   * @throws io.sluice.error.SluiceException CONFIG_INVALID for a rule that cannot be evaluated: an
   *     unknown column, a broken expression, an expression that fails on a value; LAKE_UNREADABLE
   *     if Spark could not read the candidate
   */
  public static GateResult evaluate(
      String table, List<GateRule> rules, Dataset<Row> candidate, List<String> slices) {
    RuleErrors errors = new RuleErrors(table, candidate);
    errors.refuseMissingSlices(slices);
    rules.forEach(errors::refuseInvalid);
    Deequ.Verification verification = verify(candidate, rules, errors);

    Map<Integer, SliceSearch.Found> found = search(rules, candidate, slices, verification, errors);
    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      GateRule rule = rules.get(i);
      Deequ.Verdict verdict = verification.verdicts().get(i);
      SliceSearch.Found ofRule = found.getOrDefault(i, NOTHING);
      if (rule.kind() != Kind.ROW_COUNT && !verdict.met() && ofRule.failedSlices().isEmpty()) {
        throw errors.unrepeatable(rule);
      }
      results.add(
          new RuleResult(
              rule.name(),
              rule.kind(),
              rule.severity(),
              ofRule.failedSlices().isEmpty(),
              verdict.metric(),
              RuleTexts.limit(rule, !slices.isEmpty()),
              ofRule.failingRows(),
              ofRule.failedSlices(),
              RuleTexts.message(rule, verification.rows(), ofRule),
              Conditions.query(table, rule, candidate.schema(), slices)));
    }
    return new GateResult(table, verification.rows(), results);
  }

  private static Deequ.Verification verify(
      Dataset<Row> candidate, List<GateRule> rules, RuleErrors errors) {
    Deequ.Verification verification = Deequ.verify(candidate, rules);
    Optional<Throwable> error = verification.error().or(() -> firstError(verification.verdicts()));
    if (error.isPresent()) {
      throw errors.explain(error.get(), rules);
    }
    return verification;
  }

  private static Optional<Throwable> firstError(List<Deequ.Verdict> verdicts) {
    return verdicts.stream().flatMap(verdict -> verdict.error().stream()).findFirst();
  }

  private static Map<Integer, SliceSearch.Found> search(
      List<GateRule> rules,
      Dataset<Row> candidate,
      List<String> slices,
      Deequ.Verification verification,
      RuleErrors errors) {
    Map<Integer, SliceSearch.Found> found = new LinkedHashMap<>();
    List<Integer> sought = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      GateRule rule = rules.get(i);
      Deequ.Verdict verdict = verification.verdicts().get(i);
      if (rule.kind() == Kind.ROW_COUNT && slices.isEmpty()) {
        if (!verdict.met()) {
          long rows = verification.rows();
          found.put(i, new SliceSearch.Found(rows, List.of(new FailedSlice("", rows, List.of()))));
        }
      } else if (rule.kind() == Kind.ROW_COUNT ? verification.rows() > 0 : broken(verdict)) {
        sought.add(i);
      }
    }
    if (!sought.isEmpty()) {
      List<SliceSearch.Found> bySearch;
      try {
        bySearch =
            new SliceSearch(candidate.schema(), slices)
                .search(candidate, sought.stream().map(rules::get).toList());
      } catch (Exception e) {
        throw errors.explain(e, rules);
      }
      for (int i = 0; i < sought.size(); i++) {
        found.put(sought.get(i), bySearch.get(i));
      }
    }
    return found;
  }

  // Also where the whole candidate meets the rule: a small slice can hide its failing rows among
  // those of large ones.
  private static boolean broken(Deequ.Verdict verdict) {
    return verdict.metric().map(share -> share.compareTo(BigDecimal.ONE) < 0).orElse(false);
  }
}
