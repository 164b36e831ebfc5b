package io.sluice.workbook;

import io.sluice.config.TableRange;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.WorkbookFile.Named;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the cells that a workbook itself calls the table. */
final class RangeFinder {
  /** Where a table is to be read. */
  record Target(int sheet, TableBounds bounds) {}

  /** {@code Sheet!$A$1:$D$20} or {@code 'A sheet''s name'!$A$1:$D$20}, in one sheet. */
  private static final Pattern REFERENCE =
      Pattern.compile("=?(?:'((?:[^']|'')+)'|([^'!:,()]+))!([$A-Za-z0-9]+(?::[$A-Za-z0-9]+)?)");

  private static final int MOST_NAMED = 20;

  private final WorkbookFile workbook;
  private final String file;
  private final TableRange wanted;
  private final String what;

  RangeFinder(WorkbookFile workbook, String file, TableRange wanted) {
    this.workbook = workbook;
    this.file = file;
    this.wanted = wanted;
    boolean table = wanted.by() == TableRange.By.TABLE;
    this.what = (table ? "table '" : "defined name '") + wanted.name() + "'";
  }

  /**
   * @throws SluiceException RANGE_MISSING, or RANGE_INVALID if it is no block of cells with a
   *     header
   */
  Target find() throws IOException {
    return wanted.by() == TableRange.By.TABLE ? table() : definedName();
  }

  private Target table() throws IOException {
    Named table = only(workbook.tables());
    String sheet = workbook.sheets().get(table.sheet()).name();
    CellRange cells = cells(table.refersTo(), sheet);
    if (table.headerRows() != 1) {
      throw invalid(
          "its header row is switched off",
          sheet,
          CellAddress.of(cells.firstColumn(), cells.firstRow()));
    }
    int totalsRow = table.totalsRows() > 0 ? cells.lastRow() : 0;
    return new Target(table.sheet(), new TableBounds(cells, cells.firstRow(), totalsRow));
  }

  private Target definedName() throws IOException {
    Named name = only(workbook.definedNames());
    Matcher reference = REFERENCE.matcher(name.refersTo().strip());
    if (!reference.matches()) {
      throw invalid(
          "it stands for " + name.refersTo() + ", which is not one block of cells", "", "");
    }
    String sheet =
        reference.group(1) == null ? reference.group(2) : reference.group(1).replace("''", "'");
    for (int i = 0; i < workbook.sheets().size(); i++) {
      if (workbook.sheets().get(i).name().equalsIgnoreCase(sheet)) {
        return new Target(i, new TableBounds(cells(reference.group(3), sheet), 0, 0));
      }
    }
    throw invalid("it stands for cells of the sheet '" + sheet + "', which is not there", "", "");
  }

  private Named only(List<Named> all) {
    List<Named> found =
        all.stream().filter(named -> named.name().equalsIgnoreCase(wanted.name())).toList();
    if (found.isEmpty()) {
      throw missing(all);
    }
    // A name of the whole workbook is what people mean who do not say of which sheet.
    List<Named> shared = found.stream().filter(named -> named.sheet() == -1).toList();
    List<Named> meant = shared.isEmpty() ? found : shared;
    if (meant.size() > 1) {
      throw invalid("it stands for something else on each of several sheets", "", "");
    }
    return meant.get(0);
  }

  private CellRange cells(String text, String sheet) {
    try {
      return CellRange.parse(text);
    } catch (NumberFormatException notCells) {
      throw invalid("it stands for " + text + ", which is not one block of cells", sheet, "");
    }
  }

  private SluiceException missing(List<Named> all) {
    boolean table = wanted.by() == TableRange.By.TABLE;
    List<String> names = all.stream().map(named -> "'" + named.name() + "'").toList();
    return new SluiceException(
        Reason.RANGE_MISSING,
        file + " has no " + what,
        names.isEmpty()
            ? "it has no " + (table ? "Excel table" : "defined name") + " at all"
            : "it has "
                + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)))
                + (names.size() > MOST_NAMED ? " and others" : ""),
        "Name it so in the workbook ("
            + (table ? "Table Design, Table Name" : "Formulas, Name Manager")
            + "), or correct the contract (range).",
        Place.file(file));
  }

  private SluiceException invalid(String why, String sheet, String cell) {
    return new SluiceException(
        Reason.RANGE_INVALID,
        file + ": the " + what + " cannot be read as a table",
        why,
        "Let it stand for one block of cells with its header, and send the workbook again.",
        new Place(file, sheet, cell));
  }
}
