package io.sluice.workbook;

import java.io.IOException;

/** A sheet as a stream of its rows. */
interface SheetReader extends AutoCloseable {
  /**
   * The next row that the file stores, in ascending order of number; rows without cells may be left
   * out. Null at the end.
   *
   * @throws IOException if the file cannot be read on; unchecked exceptions of a parser mean the
   *     same
   */
  SheetRow next() throws IOException;

  /**
   * What has been read of the sheet's marks: hidden columns are known from the first row on, merged
   * ranges may be known only after the last one.
   */
  SheetMarks marks();

  @Override
  void close() throws IOException;
}
