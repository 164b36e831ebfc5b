package io.sluice.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A workbook whose file must not change until a sheet is read to its end. */
final class WatchedFile implements WorkbookFile {
  private final WorkbookFile workbook;
  private final Path file;
  private final String name;
  private final FileState state;

  /**
   * @param name how messages name the file
   * @param state what the file looked like before it was opened
   */
  WatchedFile(WorkbookFile workbook, Path file, String name, FileState state) {
    this.workbook = workbook;
    this.file = file;
    this.name = name;
    this.state = state;
  }

  @Override
  public List<Sheet> sheets() {
    return workbook.sheets();
  }

  @Override
  public List<Named> tables() throws IOException {
    return workbook.tables();
  }

  @Override
  public List<Named> definedNames() throws IOException {
    return workbook.definedNames();
  }

  @Override
  public int headerRow() {
    return workbook.headerRow();
  }

  @Override
  public SheetReader read(int sheet) throws IOException {
    SheetReader rows = workbook.read(sheet);
    return new SheetReader() {
      @Override
      public SheetRow next() throws IOException {
        SheetRow row;
        try {
          row = rows.next();
        } catch (IOException | RuntimeException failed) {
          check(failed);
          throw failed;
        }
        if (row == null) {
          check(null);
        }
        return row;
      }

      @Override
      public SheetMarks marks() {
        return rows.marks();
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }

  private void check(Exception failed) throws IOException {
    if (!state.holds(file)) {
      throw Refusals.changed(name, failed);
    }
  }
}
