package io.sluice.workbook.infer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the table of a workbook lies, by its look.
 *
 * @param sheet name of its sheet
 * @param firstSheet whether that is the first visible one
 * @param headers texts that name columns, each once
 * @param labels texts left of a value over the table, each once
 * @param atBlankRow whether the first blank row ends it
 * @param totals pattern of the text that ends it; empty for none
 * @param remarks what a person should know, one sentence each
 */
record SheetShape(
    String sheet,
    boolean firstSheet,
    int headerRow,
    List<String> headers,
    List<String> labels,
    boolean atBlankRow,
    String totals,
    List<String> remarks) {
  SheetShape {
    headers = List.copyOf(headers);
    labels = List.copyOf(labels);
    remarks = List.copyOf(remarks);
  }

  /** Whether one contract can read both. */
  boolean like(SheetShape other) {
    return (firstSheet ? other.firstSheet : sheet.equals(other.sheet))
        && folded(headers).equals(folded(other.headers));
  }

  /** What holds for both. */
  SheetShape and(SheetShape other) {
    List<String> both = new ArrayList<>(labels);
    both.removeIf(
        label -> other.labels.stream().noneMatch(l -> Words.label(l).equals(Words.label(label))));
    List<String> all = new ArrayList<>(remarks);
    other.remarks.stream().filter(remark -> !all.contains(remark)).forEach(all::add);
    boolean ends = atBlankRow && other.atBlankRow;
    return new SheetShape(
        sheet.equals(other.sheet) ? sheet : "",
        firstSheet,
        Math.max(headerRow, other.headerRow),
        headers,
        both,
        ends,
        alternative(totals, other.totals),
        all);
  }

  private static String alternative(String one, String other) {
    if (one.isEmpty() || one.equals(other)) {
      return other;
    }
    return other.isEmpty() ? one : one + "|" + other;
  }

  private static List<String> folded(List<String> texts) {
    return texts.stream().map(Words::folded).sorted().toList();
  }
}
