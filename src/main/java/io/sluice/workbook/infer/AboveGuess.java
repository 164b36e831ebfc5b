package io.sluice.workbook.infer;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands right of a label over the table, in each of the files. */
final class AboveGuess {
  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/. ](\\d{1,2}|\\p{L}{3,9})[-/. ]\\d{2,4}"
              + "|\\p{L}{3,9} \\d{1,2}, \\d{4}");

  /** A type, and the regular expression that cuts the value out of the text. */
  record Guess(TypeGuess type, String extract) {}

  private record Value(String text, CellKind kind) {}

  private final String label;
  private final List<Value> values = new ArrayList<>();

  AboveGuess(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  void take(String text, CellKind kind) {
    values.add(new Value(text, kind));
  }

  /** The guess that takes everything. */
  Guess text() {
    return new Guess(shown(TypeGuess.text(evidence(values), "")), "");
  }

  Guess guess() {
    TypeGuess whole = shown(TypeGuess.of(evidence(values)));
    if (!whole.type().equals("string")) {
      return new Guess(whole, "");
    }
    String before = null;
    List<Value> cut = new ArrayList<>();
    for (Value value : values) {
      Matcher matcher = DATE.matcher(value.text() == null ? "" : value.text());
      if (value.kind() != CellKind.TEXT || !matcher.find()) {
        return new Guess(whole, "");
      }
      String start = value.text().substring(0, matcher.start());
      if (before != null && !before.equals(start)
          || matcher.end() < Blank.trim(value.text()).length()) {
        return new Guess(whole, "");
      }
      before = start;
      cut.add(new Value(value.text().substring(matcher.start()), CellKind.TEXT));
    }
    TypeGuess date = shown(TypeGuess.of(evidence(cut)));
    return date.type().equals("date") && before != null
        ? new Guess(date, Words.literal(before) + "(.+)")
        : new Guess(whole, "");
  }

  private ColumnEvidence evidence(List<Value> of) {
    ColumnEvidence evidence = new ColumnEvidence(label);
    of.forEach(value -> evidence.take(value.text(), value.kind()));
    return evidence;
  }

  /** One value says more than that it is one. */
  private TypeGuess shown(TypeGuess guess) {
    String example = values.get(0).text();
    return new TypeGuess(
        guess.type(),
        guess.formats(),
        guess.nullTexts(),
        guess.rounds(),
        values.size() == 1 ? "'" + example + "'" : "'" + example + "' first; " + guess.evidence(),
        guess.identifies());
  }
}
