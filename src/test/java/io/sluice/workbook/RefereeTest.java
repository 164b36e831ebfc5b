package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.contract.Blank;
import io.sluice.contract.CellKind;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares every cell of odd workbooks, by kind and value, with what POI's user model says. */
@Tag("proof")
class RefereeTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("user.dir")).resolve("../shared/data/workbooks").normalize();

  /** Workbooks where POI is wrong, and how. */
  private static final Map<String, String> EXPLAINED =
      Map.of(
          // An empty <v/> stores no number; POI makes a zero of it, which nobody wrote.
          "56702.xlsx", "25 number cells with an empty value");

  @Test
  void everyCellIsWhatThePoiUserModelSays() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER);
    List<Path> files;
    try (Stream<Path> listed = Files.list(FOLDER)) {
      files = listed.filter(file -> file.toString().matches(".*\\.xls[xm]?")).sorted().toList();
    }
    Map<Reason, Integer> refused = new EnumMap<>(Reason.class);
    List<String> refusedThoughOpened = new ArrayList<>();
    List<String> different = new ArrayList<>();
    int equal = 0;
    int onlyHere = 0;
    for (Path file : files) {
      String name = file.getFileName().toString();
      Map<String, String> ours;
      SluiceException refusal = null;
      try {
        ours = ours(file);
      } catch (SluiceException refusedFile) {
        refusal = refusedFile;
        ours = Map.of();
        refused.merge(refusal.reason(), 1, Integer::sum);
      }
      Map<String, String> theirs;
      try (Workbook workbook = WorkbookFactory.create(file.toFile(), null, true)) {
        theirs = theirs(workbook);
      } catch (Throwable notOpened) {
        onlyHere += refusal == null ? 1 : 0;
        continue;
      }
      if (refusal != null) {
        refusedThoughOpened.add(name + ": " + refusal.reason() + " " + refusal.why());
      } else if (ours.equals(theirs)) {
        equal++;
      } else {
        different.add(name + first(ours, theirs));
      }
    }
    System.out.printf(
        "%d files: %d equal, %d different, %d read that POI does not open, refused %s%n",
        files.size(), equal, different.size(), onlyHere, refused);
    different.forEach(System.out::println);
    refusedThoughOpened.forEach(System.out::println);
    assertThat(different.stream().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactlyInAnyOrderElementsOf(EXPLAINED.keySet());
  }

  private static String first(Map<String, String> ours, Map<String, String> theirs) {
    Map<String, String> all = new TreeMap<>(ours);
    all.putAll(theirs);
    List<String> lines = new ArrayList<>();
    for (String address : all.keySet()) {
      String our = ours.get(address);
      String their = theirs.get(address);
      if (our == null || !our.equals(their)) {
        lines.add(address + " here <" + our + ">, POI <" + their + ">");
      }
    }
    return ": " + lines.size() + " cells, " + lines.subList(0, Math.min(4, lines.size()));
  }

  private static Map<String, String> ours(Path file) throws IOException {
    String name = file.getFileName().toString();
    Failures failures = new Failures(name);
    Map<String, String> cells = new TreeMap<>();
    try (WorkbookFile workbook = new WorkbookOpener(name).open(file)) {
      for (int i = 0; i < workbook.sheets().size(); i++) {
        int sheet = i;
        String sheetName = workbook.sheets().get(i).name();
        try (SheetReader reader = failures.guard(sheetName, () -> workbook.read(sheet))) {
          SheetRow row = failures.guard(sheetName, reader::next);
          while (row != null) {
            for (int column = 0; column < row.width(); column++) {
              if (row.has(column)) {
                cells.put(
                    sheetName + "!" + CellAddress.of(column, row.number()),
                    row.kind(column) + " " + row.text(column));
              }
            }
            row = failures.guard(sheetName, reader::next);
          }
        }
      }
    }
    return cells;
  }

  private static Map<String, String> theirs(Workbook workbook) {
    boolean since1904 =
        workbook instanceof XSSFWorkbook xssf
            ? xssf.isDate1904()
            : ((HSSFWorkbook) workbook).getInternalWorkbook().isUsing1904DateWindowing();
    Map<String, String> cells = new TreeMap<>();
    for (Sheet sheet : workbook) {
      if (sheet instanceof XSSFSheet || !(workbook instanceof XSSFWorkbook)) {
        for (Row row : sheet) {
          for (Cell cell : row) {
            String value = value(cell, since1904);
            if (value != null) {
              cells.put(
                  sheet.getSheetName()
                      + "!"
                      + CellAddress.of(cell.getColumnIndex(), cell.getRowIndex() + 1),
                  value);
            }
          }
        }
      }
    }
    return cells;
  }

  private static String value(Cell cell, boolean since1904) {
    boolean formula = cell.getCellType() == CellType.FORMULA;
    if (formula
        && cell instanceof XSSFCell xssf
        && (!xssf.getCTCell().isSetV()
            || xssf.getCTCell().getV().isBlank() && !"str".equals(type(xssf)))) {
      return kind(CellKind.FORMULA_WITHOUT_VALUE, null);
    }
    return switch (formula ? cell.getCachedFormulaResultType() : cell.getCellType()) {
      case STRING -> {
        String text = cell.getRichStringCellValue().getString();
        yield Blank.is(text) ? null : kind(CellKind.TEXT, text);
      }
      case NUMERIC -> number(cell, since1904);
      case BOOLEAN -> kind(CellKind.BOOLEAN, cell.getBooleanCellValue() ? "TRUE" : "FALSE");
      case ERROR ->
          kind(
              CellKind.ERROR,
              cell instanceof XSSFCell xssf
                  ? xssf.getErrorCellString()
                  : FormulaError.forInt(cell.getErrorCellValue()).getString());
      default -> null;
    };
  }

  private static String number(Cell cell, boolean since1904) {
    double value = cell.getNumericCellValue();
    if (DateUtil.isCellDateFormatted(cell) && DateUtil.isValidExcelDate(value)) {
      LocalDateTime date = DateUtil.getLocalDateTime(value, since1904, false);
      if (date != null && date.getYear() < 10_000) {
        String text = date.toString();
        String iso = text.length() == 16 ? text + ":00" : text;
        return kind(
            CellKind.DATE, iso.replace("T00:00:00", "").replaceAll("(\\.\\d\\d\\d)0+$", "$1"));
      }
    }
    return kind(CellKind.NUMBER, StoredNumber.plain(value));
  }

  private static String type(XSSFCell cell) {
    return String.valueOf(cell.getCTCell().getT());
  }

  private static String kind(CellKind kind, String text) {
    return kind.code() + " " + text;
  }
}
