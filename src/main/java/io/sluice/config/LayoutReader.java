package io.sluice.config;

import java.util.List;

/** Reads how a source's workbooks are laid out. */
final class LayoutReader {
  private LayoutReader() {}

  static Layout layout(Node source) {
    Node header = source.child(LayoutKeys.HEADER);
    TableRange range = source.optional(LayoutKeys.RANGE).orElse(TableRange.NONE);
    boolean sparkExcel = source.value(SourceKeys.READER) == Source.Reader.SPARK_EXCEL;
    int headerRow = header.optional(LayoutKeys.ROW).orElse(sparkExcel ? 1 : 0);
    if (range.by() != TableRange.By.NONE && source.declares(LayoutKeys.SHEET)) {
      source.mistake(
          LayoutKeys.RANGE,
          "%s already says which sheet; leave %s out"
              .formatted(source.pathOf("range"), source.pathOf("sheet")));
    }
    if (range.by() != TableRange.By.NONE && headerRow > 0) {
      source.mistake(
          LayoutKeys.RANGE,
          "%s holds its header; leave %s out"
              .formatted(source.pathOf("range"), header.pathOf("row")));
    }
    return new Layout(
        source.value(LayoutKeys.SHEET),
        range,
        source.value(LayoutKeys.HEADER_WITHIN),
        headerRow,
        header.value(LayoutKeys.ROWS),
        source.value(LayoutKeys.HIDDEN_ROWS),
        source.value(LayoutKeys.HIDDEN_COLUMNS),
        source.value(LayoutKeys.MERGED));
  }

  static TableEnd end(Node end, List<Column> columns, Layout layout) {
    List<String> control = end.value(LayoutKeys.CONTROL);
    String totals = end.value(LayoutKeys.TOTALS);
    if (!control.isEmpty() && totals.isEmpty() && layout.range().by() != TableRange.By.TABLE) {
      end.mistake(
          LayoutKeys.CONTROL,
          "%s needs a totals row: say in %s how it begins"
              .formatted(end.pathOf("control"), end.pathOf("totals")));
    }
    for (String name : control) {
      checkControl(end, name, columns);
    }
    return new TableEnd(
        end.value(LayoutKeys.AT_BLANK_ROW), totals, end.value(LayoutKeys.FOOTER), control);
  }

  private static void checkControl(Node end, String name, List<Column> columns) {
    List<String> names = columns.stream().map(Column::name).toList();
    int found = names.indexOf(name);
    if (found < 0) {
      end.mistake(
          LayoutKeys.CONTROL,
          name,
          "%s names %s, which is not a column of the table%s"
              .formatted(end.pathOf("control"), name, Suggestion.of(name, names)));
      return;
    }
    ColumnType type = columns.get(found).type();
    switch (type.kind()) {
      case DECIMAL, INTEGER, LONG -> {}
      default ->
          end.mistake(
              LayoutKeys.CONTROL,
              name,
              "%s names %s, which is no number but %s"
                  .formatted(end.pathOf("control"), name, type.sql()));
    }
  }
}
