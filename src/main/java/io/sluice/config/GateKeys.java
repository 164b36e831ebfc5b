package io.sluice.config;

import java.math.BigDecimal;
import java.util.List;

/** The keys of one check of a gate. */
final class GateKeys {
  static final Key<List<String>> COMPLETE =
      Key.optional("complete", Types.NAMES, "These columns are never null.");
  static final Key<List<String>> UNIQUE =
      Key.optional("unique", Types.NAMES, "No two rows have the same values in these columns.");
  static final Key<String> RANGE =
      Key.optional("range", Types.NAME, "This numeric column lies between min and max.");
  static final Key<String> ALLOWED =
      Key.optional("allowed", Types.NAME, "This column holds only what values lists.");
  static final Key<String> PATTERN =
      Key.optional("pattern", Types.NAME, "This column's whole text matches matches.");
  static final Key<String> ROW =
      Key.optional("row", Types.TEXT, "This Spark SQL condition holds for a row.");
  static final Key<DomainTypes.Bounds> ROW_COUNT =
      Key.optional("row-count", DomainTypes.BOUNDS, "The table has this many rows.");
  static final Key<BigDecimal> MIN =
      Key.optional("min", Types.NUMBER, "With range: the least value allowed.");
  static final Key<BigDecimal> MAX =
      Key.optional("max", Types.NUMBER, "With range: the greatest value allowed.");
  static final Key<List<String>> VALUES =
      Key.optional("values", Types.TEXTS, "With allowed: the values.");
  static final Key<String> MATCHES =
      Key.optional("matches", Types.REGEX, "With pattern: the regular expression.");
  static final Key<String> NAME =
      Key.optional(
          "name",
          Types.TEXT,
          "What reports call the check; without it, made of its kind and columns.");
  static final Key<BigDecimal> MIN_SHARE =
      Key.defaulted(
          "min-share", Types.SHARE, "1", "Share of the rows that must comply, for checks of rows.");
  static final Key<GateRule.Severity> SEVERITY =
      Key.defaulted(
          "severity",
          Types.oneOf(GateRule.Severity.class),
          "error",
          "Whether a failure holds the slices concerned or is only reported.");
  static final Section GATE =
      Section.listed(
          "gate",
          "check",
          "Checks that the table's new state must pass before it is committed; each of exactly one"
              + " kind: complete, unique, range, allowed, pattern, row or row-count.",
          List.of(
              COMPLETE,
              UNIQUE,
              RANGE,
              MIN,
              MAX,
              ALLOWED,
              VALUES,
              PATTERN,
              MATCHES,
              ROW,
              ROW_COUNT,
              NAME,
              MIN_SHARE,
              SEVERITY,
              PlaceKeys.DESCRIPTION));

  private GateKeys() {}
}
