package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** A workbook that is opened and judged by us, and whose cells are texts from another reader. */
final class TextsFile implements WorkbookFile {
  private final WorkbookFile workbook;
  private final Path path;
  private final SheetTexts texts;

  TextsFile(WorkbookFile workbook, Path path, SheetTexts texts) {
    this.workbook = workbook;
    this.path = path;
    this.texts = texts;
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
  public SheetReader read(int sheet) throws IOException {
    // The other reader passes over rows that the file does not store, so it cannot know where it
    // begins.
    int first;
    SheetMarks marks;
    try (SheetReader own = workbook.read(sheet)) {
      SheetRow row = own.next();
      first = row == null ? 0 : row.number();
      marks = own.marks();
    }
    return new Texts(
        first == 0
            ? List.<String[]>of().iterator()
            : texts.rows(path, workbook.sheets().get(sheet).name()),
        first,
        marks);
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }

  private static final class Texts implements SheetReader {
    private final Iterator<String[]> rows;
    private final SheetMarks marks;
    private int number;

    Texts(Iterator<String[]> rows, int first, SheetMarks marks) {
      this.rows = rows;
      this.number = first;
      this.marks = marks;
    }

    @Override
    public SheetRow next() {
      if (!rows.hasNext()) {
        return null;
      }
      String[] texts = rows.next();
      SheetRow row = new SheetRow(number++, texts.length);
      for (int i = 0; i < texts.length; i++) {
        row.put(i, texts[i], CellKind.UNKNOWN);
      }
      return row;
    }

    @Override
    public SheetMarks marks() {
      return marks;
    }

    @Override
    public void close() {}
  }
}
