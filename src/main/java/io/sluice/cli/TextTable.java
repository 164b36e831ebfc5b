package io.sluice.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as their longest text, numbers to the right. */
final class TextTable {
  private static final int WIDEST = 60;

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  TextTable(String... columns) {
    this(List.of(columns));
  }

  void row(List<String> texts) {
    rows.add(texts.stream().map(text -> text == null ? "" : text.replace('\n', ' ')).toList());
  }

  void row(Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value == null ? null : value.toString());
    }
    row(texts);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  void print(PrintWriter out, String indent) {
    int[] widths = new int[columns.size()];
    boolean[] numbers = new boolean[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).length();
      numbers[i] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, row.get(i).length()));
        numbers[i] &= row.get(i).isEmpty() || row.get(i).matches("-?[0-9][0-9,]*(\\.[0-9]+)?");
      }
    }
    line(out, indent, columns, widths, numbers);
    List<String> rules = new ArrayList<>();
    for (int width : widths) {
      rules.add("─".repeat(width));
    }
    line(out, indent, rules, widths, numbers);
    rows.forEach(row -> line(out, indent, row, widths, numbers));
  }

  private static void line(
      PrintWriter out, String indent, List<String> texts, int[] widths, boolean[] numbers) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      String text = texts.get(i);
      boolean last = i == widths.length - 1;
      if (text.length() > WIDEST && !last) {
        text = text.substring(0, WIDEST - 1) + "…";
      }
      String blanks = " ".repeat(Math.max(0, widths[i] - text.length()));
      line.append(numbers[i] ? blanks + text : last ? text : text + blanks);
      line.append(last ? "" : "  ");
    }
    out.println(line.toString().stripTrailing());
  }
}
