package io.sluice.workbook.infer;

import io.sluice.contract.Blank;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What headers, labels and texts mean to people who write workbooks. */
final class Words {
  /** Texts that stand for none in whatever column. */
  private static final Set<String> NONE = Set.of("-", "--", "---", "–", "—", "n/a", "#n/a", "n.a.");

  /** Texts that stand for none among numbers and dates, but may be values elsewhere. */
  private static final Set<String> NONE_AMONG_NUMBERS =
      Set.of("na", "none", "null", "nil", "tbd", ".", "?", "nan");

  private static final Pattern CODE =
      Pattern.compile(
          "\\b(ids?|identifiers?|codes?|cusip|isin|sedol|figi|lei|ric|ticker|symbol|portfolio|fund"
              + "|account|acct|client|entity|book|zip|phone|reference|ref|key|number|no)\\b");
  private static final Pattern OWNER =
      Pattern.compile(
          "\\b(portfolio|fund|account|acct|client|entity|book|mandate|ticker|symbol)\\b");
  private static final Pattern NAME =
      Pattern.compile("\\b(names?|description|manager|currency)\\b");
  private static final Pattern COUNT = Pattern.compile("\\b(number|no) of\\b|\\b(count|year)\\b");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "\\b(quantity|qty|shares|units|price|px|value|val|amount|amt|weight|nav|cost|rate|market"
              + "|mv|pct|percent|yield|coupon|par|face|notional|balance|ratio|total)\\b|%");

  private static final Pattern TOTALS = Pattern.compile("(?i)(grand )?totals?:?");

  private static final Set<String> RESERVED =
      Set.of("kinds", "cells", "file_id", "sheet", "sheet_row", "batch", "year", "month", "day");

  /** The usual totals text, for a contract. */
  static final String TOTALS_PATTERN = TOTALS.pattern();

  private Words() {}

  static boolean none(String text) {
    return NONE.contains(folded(text));
  }

  static boolean noneAmongNumbers(String text) {
    return NONE_AMONG_NUMBERS.contains(folded(text));
  }

  /** Whether values under this header name something, even if they are digits. */
  static boolean code(String header) {
    String words = words(header);
    return CODE.matcher(words).find() && !COUNT.matcher(words).find();
  }

  /** Whether it names whose rows a workbook holds. */
  static boolean owner(String header) {
    String words = words(header);
    return OWNER.matcher(words).find() && !NAME.matcher(words).find();
  }

  static boolean amount(String header) {
    return AMOUNT.matcher(words(header)).find();
  }

  static boolean totals(String text) {
    return TOTALS.matcher(Blank.trim(text)).matches();
  }

  /** As headers are compared. */
  static String folded(String text) {
    return Blank.collapse(text).toLowerCase(Locale.ROOT);
  }

  /** As labels are compared: a closing colon does not count. */
  static String label(String text) {
    String folded = folded(text);
    return folded.endsWith(":") ? Blank.trim(folded.substring(0, folded.length() - 1)) : folded;
  }

  /**
   * A name that a configuration accepts.
   *
   * @param otherwise if nothing of the text can be used
   * @param taken names that are used already
   */
  static String name(String text, String otherwise, List<String> taken) {
    String plain =
        Normalizer.normalize(text.replace("%", " pct ").replace("#", " no "), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .replaceAll("([a-z0-9])([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    String name = plain.isEmpty() ? otherwise : plain;
    name = Character.isDigit(name.charAt(0)) ? "c_" + name : name;
    name = name.substring(0, Math.min(50, name.length())).replaceAll("_+$", "");
    name = RESERVED.contains(name) ? name + "_value" : name;
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /** The text as a regular expression that matches it. */
  static String literal(String text) {
    return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}]", "\\\\$0");
  }

  private static String words(String header) {
    return folded(header).replace('_', ' ').replace('.', ' ');
  }
}
