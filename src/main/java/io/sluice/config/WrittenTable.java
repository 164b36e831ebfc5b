package io.sluice.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A small table as somebody wrote it: the names of its columns, then a line a row, cells between
 * {@code |}.
 */
public record WrittenTable(List<String> columns, List<Line> rows) {
  /**
   * A row.
   *
   * @param at file and line
   * @param cells one a column; an empty one is no value, {@code ""} is an empty text
   */
  public record Line(String at, List<Optional<String>> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /** Told of what is wrong, and on which line of the text. */
  interface Mistakes {
    void at(int line, String mistake);
  }

  public WrittenTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** Whether it was written so badly that not even its columns are known. */
  public boolean unreadable() {
    return columns.isEmpty();
  }

  /**
   * @param place what people call a line of the text, the first of which is 0
   */
  static WrittenTable read(String text, Mistakes mistakes, IntFunction<String> place) {
    List<String> columns = new ArrayList<>();
    List<Line> rows = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.matches("[|:+\\- ]*-[|:+\\- ]*")) {
        continue;
      }
      List<Optional<String>> cells = cells(line);
      if (columns.isEmpty()) {
        columns.addAll(names(cells, i, mistakes));
      } else if (cells.size() != columns.size()) {
        mistakes.at(
            i,
            "the row has %d cells, but there are %d columns (%s); a cell with | in it stands in quotes"
                .formatted(cells.size(), columns.size(), String.join(", ", columns)));
      } else {
        rows.add(new Line(place.apply(i), cells));
      }
    }
    if (columns.isEmpty()) {
      mistakes.at(0, "the table is empty; it needs at least a line with the names of columns");
    }
    return new WrittenTable(columns, rows);
  }

  private static List<String> names(List<Optional<String>> cells, int line, Mistakes mistakes) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Optional<String> cell : cells) {
      String name = cell.orElse("");
      if (name.isEmpty()) {
        mistakes.at(line, "a column has no name");
      } else if (!seen.add(name)) {
        mistakes.at(line, "there are two columns " + name);
      }
      names.add(name);
    }
    return names;
  }

  /** As Markdown has it, a | before the first cell and behind the last one may stand or not. */
  private static List<Optional<String>> cells(String line) {
    List<Optional<String>> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char letter : (line + "|").toCharArray()) {
      if (letter == '"') {
        quoted = !quoted;
      }
      if (letter == '|' && !quoted) {
        cells.add(cell(cell.toString().strip()));
        cell.setLength(0);
      } else {
        cell.append(letter);
      }
    }
    if (cell.length() > 0) {
      cells.add(cell(cell.substring(0, cell.length() - 1).strip()));
    }
    if (line.startsWith("|")) {
      cells.remove(0);
    }
    if (line.length() > 1 && line.endsWith("|") && line.startsWith("|")) {
      cells.remove(cells.size() - 1);
    }
    return cells;
  }

  private static Optional<String> cell(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return Optional.of(quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text);
  }
}
