package io.sluice.workbook.marked;

import io.sluice.config.Source;
import io.sluice.workbook.OwnSheets;
import io.sluice.workbook.StoredSheets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * The header and the rejected rows of a workbook, read and written as streams. All cells are texts,
 * and both sheets have names that are never read as data.
 */
final class RejectedRows {
  private static final int KEPT_IN_MEMORY = 100;

  private final String displayName;
  private final Source source;
  private final List<String> introduction;

  RejectedRows(String displayName, Source source, List<String> introduction) {
    this.displayName = displayName;
    this.source = source;
    this.introduction = introduction;
  }

  void write(Path original, List<Mark> marks, Map<String, Integer> headerRows, Path to)
      throws IOException {
    try (SXSSFWorkbook workbook = new SXSSFWorkbook(KEPT_IN_MEMORY);
        StoredSheets sheets = StoredSheets.open(original, displayName, source);
        OutputStream out = Files.newOutputStream(to)) {
      Sheet rows = workbook.createSheet(OwnSheets.ROWS);
      Texts texts = new Texts(workbook);
      Row titles = rows.createRow(0);
      texts.write(titles.createCell(0), "Sheet");
      texts.write(titles.createCell(1), "Row");
      copy(sheets, wanted(marks, headerRows), rows, texts);
      Summary.write(workbook, introduction, marks, Map.of());
      workbook.write(out);
    }
  }

  private static Map<String, Set<Integer>> wanted(
      List<Mark> marks, Map<String, Integer> headerRows) {
    Map<String, Set<Integer>> wanted = new HashMap<>();
    marks.stream()
        .filter(mark -> mark.row() > 0)
        .forEach(
            mark -> wanted.computeIfAbsent(mark.sheet(), each -> new HashSet<>()).add(mark.row()));
    headerRows.forEach(
        (sheet, row) -> wanted.computeIfPresent(sheet, (each, set) -> with(set, row)));
    return wanted;
  }

  private static Set<Integer> with(Set<Integer> rows, int row) {
    rows.add(row);
    return rows;
  }

  private static void copy(
      StoredSheets sheets, Map<String, Set<Integer>> wanted, Sheet to, Texts texts) {
    int[] next = {1};
    for (String name : sheets.names()) {
      Set<Integer> numbers = wanted.getOrDefault(name, Set.of());
      int[] left = {numbers.size()};
      if (left[0] > 0) {
        sheets.read(
            name,
            line -> {
              if (numbers.contains(line.number())) {
                left[0]--;
                Row row = to.createRow(next[0]++);
                texts.write(row.createCell(0), name);
                row.createCell(1).setCellValue(line.number());
                line.cells()
                    .forEach(
                        cell ->
                            texts.write(
                                row.createCell(cell.column() + 2),
                                cell.text() == null ? "" : cell.text()));
              }
              return left[0] > 0;
            });
      }
    }
  }
}
