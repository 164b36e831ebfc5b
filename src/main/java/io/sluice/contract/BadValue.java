package io.sluice.contract;

import io.sluice.error.Reason;

/**
 * Carries a violation from a parser to its converter. It is an expected outcome, so it has no stack
 * trace.
 */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTE = 80;

  private final Reason reason;
  private final String rule;

  BadValue(Reason reason, String rule, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.rule = rule;
  }

  static BadValue type(String raw, String expected) {
    return new BadValue(Reason.TYPE_MISMATCH, "type", quoted(raw) + " is not " + expected);
  }

  static String quoted(String raw) {
    if (raw.codePointCount(0, raw.length()) <= LONGEST_QUOTE) {
      return "'" + raw + "'";
    }
    return "'" + raw.substring(0, raw.offsetByCodePoints(0, LONGEST_QUOTE)) + "…'";
  }

  Reason reason() {
    return reason;
  }

  String rule() {
    return rule;
  }
}
