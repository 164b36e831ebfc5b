package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Layout.Hidden;
import io.sluice.config.Source;
import io.sluice.contract.Blank;
import io.sluice.contract.SimilarTexts;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Binds the table's columns to cells of the header row, by name and never by position. */
final class HeaderBinding {
  /** So many columns that a file adds are a table; more are cells of one, taken for headers. */
  private static final int MOST_ADDED = 100;

  /** What stands for a column that the sheet does not have. */
  static final int ABSENT = -1;

  private final Source source;
  private final SheetRow header;
  private final Place place;
  private final int[] positions;
  private final Map<Integer, String> unknown = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<ColumnDrift> drift = new ArrayList<>();
  private final Set<String> present = new HashSet<>();

  /**
   * @throws SluiceException if the header breaks the contract
   */
  HeaderBinding(Source source, SheetRow header, Place sheet) {
    this.source = source;
    this.header = header;
    this.place = new Place(sheet.file(), sheet.sheet(), "A" + header.number());
    this.positions = new int[source.columns().size()];
    bind();
    refuseMissing();
    refuseUnknown();
  }

  /** Position in the sheet of every column of the table, {@link #ABSENT} where there is none. */
  int[] positions() {
    return positions.clone();
  }

  /** The sheet's text over a column of the table, empty if absent. */
  String text(int column) {
    return positions[column] == ABSENT ? "" : Blank.collapse(header.text(positions[column]));
  }

  private List<String> unknownHeaders() {
    List<String> texts = new ArrayList<>();
    unknown.forEach((position, text) -> texts.add(CellAddress.letters(position) + ": " + text));
    return texts;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Columns that are missing, or seem to be renamed. */
  List<ColumnDrift> drift() {
    return drift;
  }

  /** Headers that the contract does not name, by position. */
  Map<Integer, String> unknown() {
    return unknown;
  }

  /**
   * Whether a sensitive column is not where it should be, so that any other header may be its new
   * name.
   */
  boolean lacksSensitive() {
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] == ABSENT && source.columns().get(i).hashed()) {
        return true;
      }
    }
    return source.droppedColumns().stream()
        .anyMatch(texts -> texts.stream().map(HeaderText::folded).noneMatch(present::contains));
  }

  /** Which of the contract's columns a row of the sheet names. */
  static boolean[] named(List<Column> columns, SheetRow row) {
    Map<String, Integer> names = names(columns);
    boolean[] named = new boolean[columns.size()];
    for (int i = 0; i < row.width(); i++) {
      Integer column = row.text(i) == null ? null : names.get(HeaderText.folded(row.text(i)));
      if (column != null) {
        named[column] = true;
      }
    }
    return named;
  }

  private static Map<String, Integer> names(List<Column> columns) {
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      for (String text : columns.get(i).headers()) {
        names.putIfAbsent(HeaderText.folded(text), i);
      }
    }
    return names;
  }

  private void bind() {
    Map<String, Integer> names = names(source.columns());
    Set<String> dropped = new HashSet<>();
    source.dropped().forEach(text -> dropped.add(HeaderText.folded(text)));
    Arrays.fill(positions, ABSENT);
    for (int i = 0; i < header.width(); i++) {
      String text = header.text(i);
      if (text == null) {
        continue;
      }
      present.add(HeaderText.folded(text));
      Integer column = names.get(HeaderText.folded(text));
      if (column == null) {
        if (!dropped.contains(HeaderText.folded(text))) {
          unknown.put(i, Blank.collapse(text));
        }
      } else if (positions[column] == ABSENT) {
        positions[column] = i;
      } else {
        throw duplicate(source.columns().get(column), positions[column], i);
      }
    }
  }

  private void refuseMissing() {
    List<String> missing = new ArrayList<>();
    Map<String, String> renamed = new LinkedHashMap<>();
    List<String> free = new ArrayList<>(unknown.values());
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] != ABSENT) {
        continue;
      }
      Column column = source.columns().get(i);
      String candidate = candidate(column, free);
      if (candidate != null && source.drift().renamed() == Policy.FAIL) {
        free.remove(candidate);
        renamed.put(column.name(), candidate);
      } else if (source.drift().missing() == Policy.FAIL) {
        missing.add(described(column));
      } else {
        drift.add(
            candidate == null
                ? ColumnDrift.warned(ColumnDrift.Kind.MISSING, "", column.name())
                : ColumnDrift.warned(ColumnDrift.Kind.RENAMED, candidate, column.name()));
        warnings.add(
            "Column "
                + described(column)
                + " is missing"
                + (candidate == null
                    ? ""
                    : "; the header '" + candidate + "' may be its new name"));
      }
    }
    if (!renamed.isEmpty()) {
      throw renamed(renamed, missing);
    }
    if (!missing.isEmpty()) {
      throw new SluiceException(
          Reason.COLUMN_MISSING,
          at()
              + " lacks "
              + (missing.size() == 1 ? "the column " : "the columns ")
              + String.join(", ", missing),
          "no cell of the header row has such a text; it has "
              + texts()
              + (source.layout().hiddenColumns() == Hidden.SKIP
                  ? "; hidden columns are left out"
                  : ""),
          "Restore the header in the workbook, or add the text it has now to the contract"
              + " (sources."
              + source.name()
              + ".columns).",
          place);
    }
  }

  private void refuseUnknown() {
    if (unknown.isEmpty()) {
      return;
    }
    if (source.addsColumns() && unknown.size() > MOST_ADDED) {
      throw new SluiceException(
          Reason.COLUMN_UNKNOWN,
          "%s has %d headers that the contract does not name".formatted(at(), unknown.size()),
          "add-nullable takes %d of one file at most; the first is %s"
              .formatted(MOST_ADDED, unknownHeaders().get(0)),
          "Check whether this is the header row; declare what is to be read in sources."
              + source.name()
              + ".columns.",
          place);
    }
    if (source.drift().unknown() != Policy.FAIL) {
      return;
    }
    String listed = String.join(", ", unknownHeaders());
    throw new SluiceException(
        Reason.COLUMN_UNKNOWN,
        at() + " has headers that the contract does not name",
        listed,
        "Declare them in sources."
            + source.name()
            + ".columns, remove them from the workbook, or set drift.unknown = warn or add-nullable.",
        place);
  }

  private SluiceException renamed(Map<String, String> renamed, List<String> missing) {
    List<String> pairs = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    renamed.forEach(
        (column, text) -> {
          pairs.add(column + " as '" + text + "'");
          aliases.add("'" + text + "' to the headers of " + column);
        });
    String others = missing.isEmpty() ? "" : "; missing altogether: " + String.join(", ", missing);
    return new SluiceException(
        Reason.COLUMN_RENAMED,
        at() + " seems to have renamed columns: " + String.join(", ", pairs),
        "their declared headers are gone and similar ones stand there" + others,
        "If they mean the same, add "
            + String.join(" and ", aliases)
            + " in sources."
            + source.name()
            + ".columns; otherwise restore the headers in the workbook.",
        place);
  }

  private SluiceException duplicate(Column column, int first, int second) {
    return new SluiceException(
        Reason.COLUMN_DUPLICATE,
        at() + " has the column " + column.name() + " twice",
        "'%s' stands in %s and '%s' in %s, and both are its headers"
            .formatted(
                Blank.collapse(header.text(first)),
                CellAddress.of(first, header.number()),
                Blank.collapse(header.text(second)),
                CellAddress.of(second, header.number())),
        "Rename or remove one of them in the workbook.",
        new Place(place.file(), place.sheet(), CellAddress.of(second, header.number())));
  }

  private static String candidate(Column column, List<String> free) {
    for (String text : free) {
      for (String declared : column.headers()) {
        if (SimilarTexts.similar(declared, text)) {
          return text;
        }
      }
    }
    return null;
  }

  private String texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < header.width(); i++) {
      if (header.text(i) != null) {
        texts.add("'" + Blank.collapse(header.text(i)) + "'");
      }
    }
    return String.join(", ", texts);
  }

  private String at() {
    return place.file() + ", sheet '" + place.sheet() + "', header row " + header.number();
  }

  private static String described(Column column) {
    return column.name() + " ('" + String.join("' or '", column.headers()) + "')";
  }
}
