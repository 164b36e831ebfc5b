package io.sluice.workbook.infer;

import java.nio.file.Path;
import java.util.List;

/**
 * A source of the draft.
 *
 * @param sliceFound false where the slice is only there for the draft to load
 * @param key of its silver table; empty for none
 * @param keyRemark what is said of it
 * @param date the slice column that is a date; empty for none
 */
record SourceDraft(
    String name,
    String files,
    List<Path> examples,
    SheetShape shape,
    List<Field> above,
    List<Field> columns,
    List<String> slice,
    boolean sliceFound,
    List<String> key,
    String keyRemark,
    String date) {
  /**
   * A column, or a cell above the table.
   *
   * @param header the text of the header or label
   * @param extract as in a contract; empty for the whole text
   */
  record Field(String name, String header, String extract, TypeGuess guess, boolean required) {}
}
