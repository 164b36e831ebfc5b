package io.sluice.workbook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

/** A reader of other people's, that knows no more of a sheet than its rows of texts. */
@FunctionalInterface
public interface SheetTexts {
  /**
   * The rows of a sheet, from its first one on; null for an empty cell.
   *
   * @param sheet its name as the workbook spells it
   * @throws IOException if it cannot be read; unchecked exceptions of a library mean the same
   */
  Iterator<String[]> rows(Path workbook, String sheet) throws IOException;
}
