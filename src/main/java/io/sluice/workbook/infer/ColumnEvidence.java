package io.sluice.workbook.infer;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the cells of a column hold, counted. */
final class ColumnEvidence {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?)(\\d+|\\d{1,3}(?:,\\d{3})+)?(\\.\\d*)?");
  private static final Pattern CODE = Pattern.compile("[+-]?0\\d.*|\\d+[eE]\\d+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final Set<String> WORDS = Set.of("true", "false", "yes", "no");

  final String header;
  final Map<String, Long> nones = new TreeMap<>();
  final Map<String, Long> nonesAmongNumbers = new TreeMap<>();
  final Map<String, Long> errors = new TreeMap<>();
  final DateFormats formats = new DateFormats();
  long blanks;
  long formulas;
  long whole;
  long fractions;
  long textNumbers;
  long dates;
  long timestamps;
  long booleans;
  long wordsOfTruth;
  long texts;
  long strayBlanks;
  boolean codes;
  boolean onlyDigits = true;
  int integerDigits;
  int scale;
  String first;
  private String firstOfFile;
  private boolean constant = true;

  ColumnEvidence(String header) {
    this.header = header;
  }

  void startFile() {
    firstOfFile = null;
  }

  /**
   * @param text null where blank
   */
  void take(String text, CellKind kind) {
    if (kind == CellKind.FORMULA_WITHOUT_VALUE) {
      formulas++;
    } else if (Blank.is(text)) {
      blanks++;
    } else if (kind == CellKind.ERROR) {
      errors.merge(text, 1L, Long::sum);
    } else if (kind == CellKind.TEXT && Words.none(text)) {
      nones.merge(Blank.trim(text), 1L, Long::sum);
    } else if (kind == CellKind.TEXT && Words.noneAmongNumbers(text)) {
      nonesAmongNumbers.merge(Blank.trim(text), 1L, Long::sum);
      note(text);
    } else {
      value(text, kind);
      note(text);
    }
  }

  /** Values, without those texts that stand for none only among numbers. */
  long values() {
    return whole + fractions + dates + booleans + texts;
  }

  /** Whether every row has a value, whatever the type. */
  boolean complete() {
    return blanks + formulas == 0
        && nones.isEmpty()
        && nonesAmongNumbers.isEmpty()
        && errors.isEmpty()
        && values() > 0;
  }

  /** Whether every file has one value throughout. */
  boolean constant() {
    return constant && complete();
  }

  private void note(String text) {
    if (first == null) {
      first = text;
    }
    if (firstOfFile == null) {
      firstOfFile = text;
    }
    constant &= firstOfFile.equals(text);
  }

  private void value(String text, CellKind kind) {
    switch (kind) {
      case NUMBER, EXACT -> number(new BigDecimal(text));
      case DATE -> {
        dates++;
        timestamps += text.length() > 10 ? 1 : 0;
      }
      case BOOLEAN -> booleans++;
      default -> text(text);
    }
  }

  private void number(BigDecimal exact) {
    BigDecimal plain = exact.stripTrailingZeros();
    if (plain.scale() > 0) {
      fractions++;
    } else {
      whole++;
    }
    BigDecimal shown = new BigDecimal(exact.doubleValue()).round(SHOWN).stripTrailingZeros();
    integerDigits = Math.max(integerDigits, plain.precision() - plain.scale());
    scale = Math.max(scale, Math.min(plain.scale(), shown.scale()));
  }

  private void text(String text) {
    texts++;
    strayBlanks += Blank.collapse(text).equals(text) ? 0 : 1;
    String trimmed = Blank.trim(text);
    onlyDigits &= DIGITS.matcher(trimmed).matches();
    wordsOfTruth += WORDS.contains(trimmed.toLowerCase(Locale.ROOT)) ? 1 : 0;
    formats.take(trimmed);
    codes |= CODE.matcher(trimmed).matches() && !trimmed.startsWith("0.");
    boolean negated = trimmed.startsWith("(") && trimmed.endsWith(")");
    String body = negated ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    Matcher matcher = NUMBER.matcher(body);
    boolean digits = body.chars().anyMatch(Character::isDigit);
    if (digits && matcher.matches() && !(negated && !matcher.group(1).isEmpty())) {
      textNumbers++;
      BigDecimal plain = new BigDecimal(body.replace(",", "")).stripTrailingZeros();
      integerDigits = Math.max(integerDigits, plain.precision() - plain.scale());
      scale = Math.max(scale, plain.scale());
    }
  }
}
