package io.sluice.workbook;

import java.io.IOException;
import java.util.List;

/** An open workbook of some format. */
interface WorkbookFile extends AutoCloseable {
  /**
   * A worksheet's name as people see it.
   *
   * @param visible false for hidden and very hidden sheets
   */
  record Sheet(String name, boolean visible) {}

  /** Worksheets in the order of their tabs; sheets of other kinds, such as charts, are left out. */
  List<Sheet> sheets();

  SheetReader read(int sheet) throws IOException;

  @Override
  void close() throws IOException;
}
