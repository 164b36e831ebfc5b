package io.sluice.workbook.infer;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.StoredSheets;
import io.sluice.workbook.StoredSheets.Cell;
import io.sluice.workbook.StoredSheets.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the header of a workbook's table: the first row of mostly distinct texts that are no
 * numbers, as wide as what stands below it.
 */
final class ShapeSearch {
  private static final int LOOKED_AT = 300;
  private static final int BELOW = 50;
  private static final Pattern NUMBER = Pattern.compile("[-+(]?[0-9.,%]+\\)?");

  private ShapeSearch() {}

  /**
   * @param file how messages name it
   * @throws SluiceException HEADER_MISSING if no visible sheet has a table
   */
  static SheetShape of(StoredSheets workbook, String file) {
    List<String> names = workbook.names();
    for (int i = 0; i < names.size(); i++) {
      List<Line> top = top(workbook, names.get(i));
      Optional<Integer> header = header(top);
      if (header.isPresent()) {
        return shape(workbook, names, i, top, header.get());
      }
    }
    throw new SluiceException(
        Reason.HEADER_MISSING,
        file + " has no table that can be recognised",
        "no visible sheet has, within its first "
            + LOOKED_AT
            + " rows, a row of different texts with rows as wide below it",
        "Give a workbook with rows under its header, or write the contract by hand.",
        Place.file(file));
  }

  private static List<Line> top(StoredSheets workbook, String sheet) {
    List<Line> lines = new ArrayList<>();
    workbook.read(
        sheet,
        line -> {
          lines.add(line);
          return lines.size() < LOOKED_AT;
        });
    return lines;
  }

  private static Optional<Integer> header(List<Line> lines) {
    for (int i = 0; i < lines.size() - 1; i++) {
      List<Line> below = lines.subList(i + 1, Math.min(lines.size(), i + 1 + BELOW));
      int widest = below.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
      if (named(lines.get(i)) && lines.get(i).cells().size() >= Math.max(1, 0.7 * widest)) {
        Line header = lines.get(i);
        if (below.stream().anyMatch(line -> 2 * within(line, header) >= header.cells().size())) {
          return Optional.of(i);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean named(Line line) {
    Set<String> different = new LinkedHashSet<>();
    int labels = 0;
    int texts = 0;
    for (Cell cell : line.cells()) {
      boolean text = cell.kind() == CellKind.TEXT && !NUMBER.matcher(cell.text()).matches();
      texts += text ? 1 : 0;
      labels += text && Blank.trim(cell.text()).endsWith(":") ? 1 : 0;
      if (cell.text() != null) {
        different.add(Words.folded(cell.text()));
      }
    }
    int cells = line.cells().size();
    return texts >= 0.7 * cells && different.size() >= 0.7 * cells && 2 * labels < cells;
  }

  private static int within(Line line, Line header) {
    Set<Integer> columns = new LinkedHashSet<>();
    header.cells().forEach(cell -> columns.add(cell.column()));
    return (int) line.cells().stream().filter(cell -> columns.contains(cell.column())).count();
  }

  private static SheetShape shape(
      StoredSheets workbook, List<String> names, int sheet, List<Line> top, int header) {
    List<String> remarks = new ArrayList<>();
    TableEndSearch end = new TableEndSearch(top.get(header));
    workbook.read(names.get(sheet), end::take);
    end.remark().ifPresent(remarks::add);
    return new SheetShape(
        names.get(sheet),
        sheet == 0,
        top.get(header).number(),
        headers(top.get(header), remarks),
        labels(top.subList(0, header)),
        end.atBlankRow(),
        end.totals(),
        remarks);
  }

  /** A header that stands twice binds nothing. */
  private static List<String> headers(Line line, List<String> remarks) {
    Map<String, List<String>> byText = new LinkedHashMap<>();
    for (Cell cell : line.cells()) {
      if (cell.text() != null) {
        byText
            .computeIfAbsent(Words.folded(cell.text()), text -> new ArrayList<>())
            .add(Blank.collapse(cell.text()));
      }
    }
    List<String> headers = new ArrayList<>();
    byText
        .values()
        .forEach(
            texts -> {
              if (texts.size() == 1) {
                headers.add(texts.get(0));
              } else {
                remarks.add(
                    "the header '%s' stands %d times, so none of its columns can be told by name"
                        .formatted(texts.get(0), texts.size()));
              }
            });
    return headers;
  }

  private static List<String> labels(List<Line> over) {
    Map<String, Integer> times = new LinkedHashMap<>();
    Map<String, String> found = new LinkedHashMap<>();
    for (Line line : over) {
      List<Cell> cells = line.cells();
      cells.stream()
          .filter(cell -> cell.text() != null)
          .forEach(cell -> times.merge(Words.label(cell.text()), 1, Integer::sum));
      for (int i = 0; i + 1 < cells.size(); i++) {
        if (labels(cells, i)) {
          String text = Blank.collapse(cells.get(i).text());
          found.put(Words.label(text), text);
          i++;
        }
      }
    }
    found.keySet().removeIf(label -> label.isEmpty() || times.get(label) > 1);
    return List.copyOf(found.values());
  }

  private static boolean labels(List<Cell> cells, int i) {
    Cell label = cells.get(i);
    Cell value = cells.get(i + 1);
    if (label.kind() != CellKind.TEXT
        || value.kind() == CellKind.ERROR
        || value.kind() == CellKind.FORMULA_WITHOUT_VALUE) {
      return false;
    }
    return cells.size() == 2
        || Blank.trim(label.text()).endsWith(":")
        || value.kind() != CellKind.TEXT;
  }
}
