package io.sluice.config;

import java.util.List;

/** The keys of sources that say how people lay their sheets out. */
final class LayoutKeys {
  static final Key<SheetChoice> SHEET =
      Key.defaulted(
          "sheet",
          LayoutTypes.SHEET,
          "\"\"",
          "Which sheet holds the table: by its name, a pattern of its whole name, its position among"
              + " the visible sheets, or every visible one; empty for the first visible one."
              + " A hidden sheet is read only if it is named.");
  static final Key<TableRange> RANGE =
      Key.optional(
          "range",
          LayoutTypes.RANGE,
          "The Excel table or the defined name that the table is, its header included; the sheet is"
              + " then the one that it lies in.");
  static final Key<Integer> HEADER_WITHIN =
      Key.defaulted(
          "header-within",
          Types.whole(1, 10_000),
          "50",
          "The header is looked for in this many first rows.");
  static final Key<Layout.Hidden> HIDDEN_ROWS =
      Key.defaulted(
          "hidden-rows",
          Types.oneOf(Layout.Hidden.class),
          "read",
          "What becomes of hidden rows, filtered ones included; a note on the file tells of either.");
  static final Key<Layout.Hidden> HIDDEN_COLUMNS =
      Key.defaulted(
          "hidden-columns",
          Types.oneOf(Layout.Hidden.class),
          "read",
          "What becomes of hidden columns; skip takes them for absent.");
  static final Key<Layout.Merged> MERGED =
      Key.defaulted(
          "merged",
          Types.oneOf(Layout.Merged.class),
          "first",
          "Which cells of a merged range under the header carry its value: the first alone, as it is"
              + " stored, or all of them.");
  static final List<Key<?>> KEYS =
      List.of(SHEET, RANGE, HEADER_WITHIN, HIDDEN_ROWS, HIDDEN_COLUMNS, MERGED);

  static final Key<Integer> ROW =
      Key.optional(
          "row",
          Types.whole(1, 1_000_000),
          "Row of the sheet in which the header begins; without it, the header is looked for.");
  static final Key<Integer> ROWS =
      Key.defaulted(
          "rows",
          Types.whole(1, 10),
          "1",
          "How many rows the header takes; the texts of a column, merged ones spread over what they"
              + " cover, are joined by a blank from the top down.");
  static final Section HEADER = Section.one("header", "The table's header.", List.of(ROW, ROWS));

  static final Key<Boolean> AT_BLANK_ROW =
      Key.defaulted(
          "at-blank-row",
          Types.FLAG,
          "false",
          "Whether the first blank row ends the table; otherwise blank rows are skipped.");
  static final Key<String> TOTALS =
      Key.defaulted(
          "totals",
          Types.REGEX,
          "\"\"",
          "Regular expression: a row whose first filled cell matches it holds the totals, and ends"
              + " the table.");
  static final Key<String> FOOTER =
      Key.defaulted(
          "footer",
          Types.REGEX,
          "\"\"",
          "Regular expression: a row whose first filled cell matches it is below the table.");
  static final Key<List<String>> CONTROL =
      Key.defaulted(
          "control",
          Types.NAMES,
          "[]",
          "Columns whose cell in the totals row must be the sum of their cells in the landed rows,"
              + " within half of the last place of their type; else the file is refused.");
  static final Section TABLE_END =
      Section.one(
          "table-end",
          "Where the table ends: at the sheet's end, unless something says so before.",
          List.of(AT_BLANK_ROW, TOTALS, FOOTER, CONTROL));

  static final Key<String> DELIMITER =
      Key.defaulted(
          "delimiter", LayoutTypes.CHARACTER, "\",\"", "What stands between two cells of a line.");
  static final Key<String> CHARSET =
      Key.defaulted(
          "charset",
          LayoutTypes.CHARSET,
          "\"UTF-8\"",
          "The character set; other bytes refuse the file.");
  static final Section CSV =
      Section.one(
          "csv", "How files whose names end with .csv are written.", List.of(DELIMITER, CHARSET));

  private LayoutKeys() {}
}
