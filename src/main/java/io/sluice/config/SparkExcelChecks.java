package io.sluice.config;

import java.util.List;

/** What a source must not ask for that is read by spark-excel, which hands out texts alone. */
final class SparkExcelChecks {
  private static final String WHY =
      ", which spark-excel cannot give; leave it out or take reader = sluice";

  private static final String EXACT = "numbers of no declared type as they are stored";

  private static final String NUMBERS = "numbers told from texts";

  private SparkExcelChecks() {}

  static void check(Node source) {
    if (!source.items(SourceKeys.ABOVE).isEmpty()) {
      source.mistake(
          source.pathOf(SourceKeys.ABOVE.name()) + " asks for cells above the table" + WHY);
    }
    refuse(source, LayoutKeys.RANGE, "Excel tables and defined names");
    refuse(source, LayoutKeys.HEADER_WITHIN, "a header looked for below row 1");
    refuse(source, SourceKeys.PASSWORD, "decrypted workbooks");
    refuseUnless(source, SourceKeys.KEEP_UNKNOWN, false, EXACT);
    Node drift = source.child(SourceKeys.DRIFT);
    if (drift.value(SourceKeys.UNKNOWN) == Drift.Policy.ADD_NULLABLE) {
      drift.mistake(
          SourceKeys.UNKNOWN, drift.pathOf("unknown") + " = add-nullable asks for " + EXACT + WHY);
    }
    refuseUnless(source, LayoutKeys.HIDDEN_ROWS, Layout.Hidden.READ, "which rows are hidden");
    refuseUnless(source, LayoutKeys.HIDDEN_COLUMNS, Layout.Hidden.READ, "which columns are hidden");
    refuseUnless(source, LayoutKeys.MERGED, Layout.Merged.FIRST, "which cells are merged");
    Node header = source.child(LayoutKeys.HEADER);
    if (header.optional(LayoutKeys.ROW).orElse(1) != 1) {
      header.mistake(LayoutKeys.ROW, header.pathOf("row") + " asks for a header below row 1" + WHY);
    }
    refuseUnless(header, LayoutKeys.ROWS, 1, "a header of several rows");
    Node end = source.child(LayoutKeys.TABLE_END);
    refuseUnless(end, LayoutKeys.AT_BLANK_ROW, false, "where blank rows are");
    for (Node column : source.items(SourceKeys.COLUMNS)) {
      refuseUnless(column, SourceKeys.NUMBER, NumberText.USUAL, NUMBERS);
      refuseUnless(column, SourceKeys.PERCENT, false, NUMBERS);
      refuseUnless(column, SourceKeys.TRAILING_MINUS, false, NUMBERS);
      refuseUnless(column, SourceKeys.SYMBOLS, List.of(), NUMBERS);
    }
    refuseUnless(end, LayoutKeys.CONTROL, List.of(), "the kinds of the totals' cells");
  }

  private static void refuse(Node node, Key<?> key, String what) {
    if (node.declares(key)) {
      node.mistake(key, node.pathOf(key.name()) + " asks for " + what + WHY);
    }
  }

  private static <T> void refuseUnless(Node node, Key<T> key, T usual, String what) {
    if (!node.wrong(key) && !node.value(key).equals(usual)) {
      node.mistake(key, node.pathOf(key.name()) + " asks for " + what + WHY);
    }
  }
}
