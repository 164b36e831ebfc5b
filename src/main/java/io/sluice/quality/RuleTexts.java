package io.sluice.quality;

import static java.util.stream.Collectors.joining;

import io.sluice.config.GateRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a rule demands and what it found, in words. */
final class RuleTexts {
  private static final int SLICES_NAMED = 3;

  private RuleTexts() {}

  /** The limit as text: {@code = 1}, {@code >= 0.99}, {@code 0 .. 100}. */
  static String limit(GateRule rule, boolean sliced) {
    return switch (rule.kind()) {
      case RANGE -> between(rule) + (whole(rule) ? "" : ", " + share(rule));
      case ROW_COUNT -> between(rule) + (sliced ? " a slice" : "");
      case COMPLETE, UNIQUE, ALLOWED, PATTERN, ROW -> share(rule);
    };
  }

  /** What was found, for people. */
  static String message(GateRule rule, long rows, SliceSearch.Found found) {
    if (rule.kind() == GateRule.Kind.ROW_COUNT) {
      return found.failedSlices().isEmpty()
          ? rows(rows) + " in all, within " + between(rule)
          : "the number of rows is not within " + between(rule) + in(found.failedSlices());
    }
    if (found.failingRows() == 0) {
      return "holds for " + rows(rows);
    }
    String failing = rows(found.failingRows()) + " of " + rows + ": " + complaint(rule);
    return found.failedSlices().isEmpty()
        ? failing + "; tolerated"
        : failing + in(found.failedSlices());
  }

  private static String complaint(GateRule rule) {
    String columns = String.join(", ", rule.columns());
    return switch (rule.kind()) {
      case COMPLETE -> "no value in " + columns;
      case UNIQUE -> "the same " + columns + " as another row";
      case RANGE -> columns + " not within " + between(rule);
      case ALLOWED -> columns + " not one of " + String.join(", ", rule.values());
      case PATTERN -> columns + " does not match " + rule.expression();
      case ROW -> "not true that " + rule.expression().strip();
      case ROW_COUNT -> "rows not within " + between(rule);
    };
  }

  private static String in(List<FailedSlice> failed) {
    if (failed.size() == 1 && failed.get(0).slice().isEmpty()) {
      return " (" + rows(failed.get(0).failingRows()) + ")";
    }
    String named =
        failed.stream()
            .limit(SLICES_NAMED)
            .map(slice -> slice.slice() + " (" + rows(slice.failingRows()) + ")")
            .collect(joining(", "));
    int others = failed.size() - SLICES_NAMED;
    return "; fails in " + named + (others > 0 ? " and " + others + " more slices" : "");
  }

  private static String rows(long rows) {
    return rows + (rows == 1 ? " row" : " rows");
  }

  private static boolean whole(GateRule rule) {
    return rule.minShare().compareTo(BigDecimal.ONE) == 0;
  }

  private static String share(GateRule rule) {
    return whole(rule) ? "= 1" : ">= " + plain(rule.minShare());
  }

  private static String between(GateRule rule) {
    Optional<String> min = rule.min().map(RuleTexts::plain);
    Optional<String> max = rule.max().map(RuleTexts::plain);
    if (min.isPresent() && max.isPresent()) {
      return min.get() + " .. " + max.get();
    }
    return min.map(limit -> ">= " + limit).or(() -> max.map(limit -> "<= " + limit)).orElse("any");
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }
}
