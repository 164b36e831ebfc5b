package io.sluice.quality;

import com.amazon.deequ.VerificationResult;
import com.amazon.deequ.VerificationSuite;
import com.amazon.deequ.analyzers.runners.EmptyStateException;
import com.amazon.deequ.checks.Check;
import com.amazon.deequ.checks.CheckLevel;
import com.amazon.deequ.checks.CheckResult;
import com.amazon.deequ.constraints.ConstraintResult;
import com.amazon.deequ.constraints.ConstraintStatus;
import io.sluice.config.GateRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Enumeration;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction1;
import scala.util.Try;

/** Deequ behind Java types: nothing of Deequ or of Scala's library is seen outside this class. */
final class Deequ {
  /**
   * What Deequ found for one rule.
   *
   * @param met whether the whole candidate meets it; not after an error
   * @param metric the share of complying rows, the least of the rule's columns, or the number of
   *     rows; empty where no row counts, or after an error
   * @param error why a metric could not be computed
   */
  record Verdict(boolean met, Optional<BigDecimal> metric, Optional<Throwable> error) {
    static Verdict failed(Throwable error) {
      return new Verdict(false, Optional.empty(), Optional.of(error));
    }
  }

  /**
   * What Deequ found.
   *
   * @param rows of the candidate; 0 after an error
   * @param verdicts one a rule, in the order of the rules
   * @param error why rows could not be counted; every metric of the same pass then failed with it
   */
  record Verification(long rows, List<Verdict> verdicts, Optional<Throwable> error) {}

  private static final Option<String> NO_HINT = Option.empty();

  private Deequ() {}

  /**
   * Runs all rules as one verification suite; those about single rows share one pass over the
   * candidate.
   */
  static Verification verify(Dataset<Row> candidate, List<GateRule> rules) {
    Check size =
        new Check(CheckLevel.Error(), "size", seq(List.of()))
            .hasSize(assertion(rows -> true), NO_HINT);
    List<Check> checks = rules.stream().map(rule -> check(rule, candidate.schema())).toList();
    VerificationResult result;
    try {
      result =
          new VerificationSuite().onData(candidate).addCheck(size).addChecks(seq(checks)).run();
    } catch (Exception e) {
      // Deequ keeps errors as metrics, except those of the count before a grouping.
      return new Verification(
          0, rules.stream().map(rule -> Verdict.failed(e)).toList(), Optional.of(e));
    }
    Verdict rows = verdict(result.checkResults().apply(size));
    return new Verification(
        rows.metric().map(BigDecimal::longValueExact).orElse(0L),
        checks.stream().map(check -> verdict(result.checkResults().apply(check))).toList(),
        rows.error());
  }

  private static Check check(GateRule rule, StructType schema) {
    Enumeration.Value level =
        switch (rule.severity()) {
          case ERROR -> CheckLevel.Error();
          case WARNING -> CheckLevel.Warning();
        };
    Check check = new Check(level, rule.name(), seq(List.of()));
    double minShare = rule.minShare().doubleValue();
    Function1<Object, Object> enough = assertion(share -> share >= minShare);
    switch (rule.kind()) {
      case COMPLETE -> {
        for (String column : rule.columns()) {
          check = check.hasCompleteness(column, enough, NO_HINT, Option.empty());
        }
      }
      case UNIQUE -> check = check.hasUniqueness(seq(rule.columns()), enough, NO_HINT);
      case RANGE, ALLOWED, PATTERN, ROW -> {
        int number = 0;
        for (String condition : Conditions.ofRow(rule, schema)) {
          String instance = rule.name() + "#" + number++;
          check =
              check.satisfies(
                  condition, instance, enough, NO_HINT, seq(List.<String>of()), Option.empty());
        }
      }
      case ROW_COUNT -> check = check.hasSize(assertion(rows -> within(rule, rows)), NO_HINT);
    }
    return check;
  }

  private static boolean within(GateRule rule, double rows) {
    return rule.min().map(min -> rows >= min.doubleValue()).orElse(true)
        && rule.max().map(max -> rows <= max.doubleValue()).orElse(true);
  }

  private static Verdict verdict(CheckResult check) {
    Optional<BigDecimal> least = Optional.empty();
    boolean met = true;
    for (ConstraintResult result : JavaConverters.seqAsJavaList(check.constraintResults())) {
      Try<?> value = result.metric().get().value();
      if (value.isSuccess()) {
        BigDecimal metric = BigDecimal.valueOf((Double) value.get());
        least = Optional.of(least.map(metric::min).orElse(metric));
        met &= result.status().equals(ConstraintStatus.Success());
      } else if (!(value.failed().get() instanceof EmptyStateException)) {
        return Verdict.failed(value.failed().get());
      }
    }
    return new Verdict(met, least, Optional.empty());
  }

  private static Function1<Object, Object> assertion(DoublePredicate predicate) {
    return new AbstractFunction1<>() {
      @Override
      public Object apply(Object metric) {
        return predicate.test((Double) metric);
      }
    };
  }

  private static <T> scala.collection.immutable.List<T> seq(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements).toList();
  }
}
