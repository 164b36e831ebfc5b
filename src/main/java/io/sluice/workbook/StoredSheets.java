package io.sluice.workbook;

import io.sluice.config.Source;
import io.sluice.contract.CellKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The visible sheets of a workbook as they are stored, without a contract. Close it. */
public final class StoredSheets implements AutoCloseable {
  /**
   * A cell with content.
   *
   * @param column from 0
   * @param text null where a formula has no value
   */
  public record Cell(int column, String text, CellKind kind) {}

  /** A row with content; its number counts from 1. */
  public record Line(int number, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /** Takes rows one after the other. */
  @FunctionalInterface
  public interface Reader {
    /** Whether to go on. */
    boolean take(Line line);
  }

  private final String file;
  private final WorkbookFile workbook;

  private StoredSheets(String file, WorkbookFile workbook) {
    this.file = file;
    this.workbook = workbook;
  }

  /**
   * Opens a file of whatever content.
   *
   * @param displayName how messages name the file
   * @throws io.sluice.error.SluiceException if the file is to be refused
   */
  public static StoredSheets open(Path file, String displayName) {
    return new StoredSheets(displayName, new WorkbookOpener(displayName).open(file));
  }

  /**
   * As {@link #open(Path, String)}, with the limits and the password of a source.
   *
   * @throws io.sluice.error.SluiceException if the file is to be refused
   */
  public static StoredSheets open(Path file, String displayName, Source source) {
    return new StoredSheets(
        displayName, new WorkbookOpener(displayName, Opening.of(source)).open(file));
  }

  /** Names in the order of the tabs. */
  public List<String> names() {
    return workbook.sheets().stream()
        .filter(WorkbookFile.Sheet::visible)
        .map(WorkbookFile.Sheet::name)
        .filter(name -> !OwnSheets.is(name))
        .toList();
  }

  /**
   * Reads a visible sheet from its top; rows without content are left out.
   *
   * @throws io.sluice.error.SluiceException if the sheet is damaged
   */
  public void read(String name, Reader reader) {
    List<WorkbookFile.Sheet> sheets = workbook.sheets();
    Failures failures = new Failures(file);
    for (int i = 0; i < sheets.size(); i++) {
      if (sheets.get(i).visible() && sheets.get(i).name().equals(name)) {
        int index = i;
        SheetReader rows = failures.guard(name, () -> workbook.read(index));
        try {
          hand(() -> failures.guard(name, rows::next), reader);
        } finally {
          quietly(rows);
        }
        return;
      }
    }
    throw new IllegalArgumentException("No visible sheet " + name);
  }

  @Override
  public void close() {
    quietly(workbook);
  }

  private static void hand(RowSource rows, Reader reader) {
    for (SheetRow row = rows.next(); row != null; row = rows.next()) {
      List<Cell> cells = new ArrayList<>();
      for (int i = 0; i < row.width(); i++) {
        if (row.has(i)) {
          cells.add(new Cell(i, row.text(i), CellKind.of(row.kind(i))));
        }
      }
      if (!cells.isEmpty() && !reader.take(new Line(row.number(), cells))) {
        return;
      }
    }
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception closing) {
      // The file was only read: what fails on closing loses nothing.
      return;
    }
  }
}
