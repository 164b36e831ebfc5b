package io.sluice.workbook.infer;

import io.sluice.config.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The type that all of a column's cells have.
 *
 * @param type as a configuration spells it
 * @param nullTexts texts that stand for none
 * @param evidence what was found, for a comment
 */
record TypeGuess(
    String type,
    List<String> formats,
    List<String> nullTexts,
    boolean rounds,
    String evidence,
    boolean identifies) {
  private static final int MOST_SCALE = 18;
  private static final int MUCH_SCALE = 8;
  private static final int USUAL_INTEGER_DIGITS = 16;

  static TypeGuess of(ColumnEvidence found) {
    if (found.values() > 0 && found.booleans + found.wordsOfTruth == found.values()) {
      return plain(found, "boolean", "");
    }
    if (found.dates + found.texts == found.values() && found.values() > 0) {
      if (found.timestamps == 0 && (found.texts == 0 || !found.formats.dates().isEmpty())) {
        return temporal(found, "date", found.formats.dates());
      }
      if (found.texts == 0 || !found.formats.timestamps().isEmpty()) {
        return temporal(found, "timestamp", found.formats.timestamps());
      }
    }
    boolean numbers =
        found.whole + found.fractions + found.textNumbers == found.values() && found.values() > 0;
    return numbers && !found.codes ? number(found) : text(found, "");
  }

  /** The type that takes everything. */
  static TypeGuess text(ColumnEvidence found, String remark) {
    return guess(found, "string", List.of(), false, remark, false);
  }

  private static TypeGuess number(ColumnEvidence found) {
    boolean amount = Words.amount(found.header);
    if (found.scale <= 0 && Words.code(found.header) && !amount) {
      return text(found, "the header names a code");
    }
    if (found.textNumbers == found.values() && found.onlyDigits && !amount) {
      return text(found, "digits stored as text");
    }
    if (found.integerDigits > ColumnType.MAX_PRECISION) {
      return text(found, "too large for a decimal");
    }
    if (found.scale <= 0 && !amount && found.integerDigits <= 18) {
      return plain(found, "bigint", "");
    }
    int fraction = found.scale <= 4 ? 4 : Math.min(MOST_SCALE, found.scale + found.scale % 2);
    int integer = Math.max(USUAL_INTEGER_DIGITS, found.integerDigits + 4);
    if (integer + fraction > ColumnType.MAX_PRECISION) {
      integer = Math.max(1, found.integerDigits);
      fraction = Math.min(fraction, ColumnType.MAX_PRECISION - integer);
    }
    String type = "\"decimal(" + (integer + fraction) + "," + fraction + ")\"";
    String noise =
        found.scale > MUCH_SCALE
            ? "up to "
                + found.scale
                + " digits after the point (if that is noise: fewer, and scale-excess = half-up)"
            : "";
    return guess(found, type, List.of(), found.scale > fraction, noise, true);
  }

  private static TypeGuess temporal(ColumnEvidence found, String type, List<String> patterns) {
    if (found.texts == 0 || patterns.contains("")) {
      return plain(found, type, "");
    }
    String pattern = patterns.get(0);
    String other =
        patterns.stream()
            .filter(each -> !order(each).equals(order(pattern)))
            .findFirst()
            .map(each -> each + " would read them, too: which one is meant?")
            .orElse("");
    return guess(found, type, List.of(pattern), false, other, true);
  }

  private static String order(String pattern) {
    return pattern.replaceAll("[^dMy]", "").replaceAll("(.)\\1+", "$1");
  }

  private static TypeGuess plain(ColumnEvidence found, String type, String remark) {
    return guess(found, type, List.of(), false, remark, true);
  }

  private static TypeGuess guess(
      ColumnEvidence found,
      String type,
      List<String> formats,
      boolean rounds,
      String remark,
      boolean amongNumbers) {
    List<String> nullTexts = new ArrayList<>(found.nones.keySet());
    if (amongNumbers) {
      nullTexts.addAll(found.nonesAmongNumbers.keySet());
    }
    nullTexts.addAll(found.errors.keySet());
    String evidence = evidence(found, amongNumbers);
    boolean identifies =
        found.complete()
            && !type.startsWith("\"decimal")
            && !type.equals("boolean")
            && !type.equals("timestamp");
    return new TypeGuess(
        type,
        formats,
        List.copyOf(nullTexts),
        rounds,
        remark.isEmpty() ? evidence : evidence + "; " + remark,
        identifies);
  }

  private static String evidence(ColumnEvidence found, boolean amongNumbers) {
    List<String> parts = new ArrayList<>();
    part(parts, found.whole, "whole number", "whole numbers");
    part(parts, found.fractions, "number with a fraction", "numbers with a fraction");
    part(parts, found.dates, "date", "dates");
    part(parts, found.booleans, "true or false", "true or false");
    boolean numbers = amongNumbers && found.textNumbers > 0 && found.textNumbers == found.texts;
    part(
        parts,
        found.texts,
        numbers ? "number stored as text" : "text",
        numbers ? "numbers stored as text" : "texts");
    quoted(parts, found.nones, "");
    quoted(parts, found.nonesAmongNumbers, "");
    quoted(parts, found.errors, " for now read as none");
    part(parts, found.formulas, "formula without a value", "formulas without a value");
    part(parts, found.blanks, "blank", "blank");
    long cells =
        found.values()
            + sum(found.nones)
            + sum(found.nonesAmongNumbers)
            + sum(found.errors)
            + found.formulas
            + found.blanks;
    String text = count(cells) + (cells == 1 ? " cell: " : " cells: ") + String.join(", ", parts);
    return found.strayBlanks > 0 && !amongNumbers
        ? text + "; " + count(found.strayBlanks) + " with blanks to spare (blanks = collapse?)"
        : text;
  }

  private static void part(List<String> parts, long count, String one, String several) {
    if (count > 0) {
      parts.add(count(count) + " " + (count == 1 ? one : several));
    }
  }

  private static void quoted(List<String> parts, Map<String, Long> texts, String remark) {
    texts.forEach((text, times) -> parts.add(count(times) + " '" + text + "'" + remark));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
