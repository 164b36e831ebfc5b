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

  /**
   * What the workbook calls by a name: an Excel table or a defined name.
   *
   * @param sheet index of the sheet that a table lies in, or that a defined name holds in alone; -1
   *     for a name of the whole workbook
   * @param refersTo cells of a table; the formula of a defined name
   * @param headerRows rows of a table's header, 0 or 1
   * @param totalsRows rows of totals at a table's end, 0 or 1
   */
  record Named(String name, int sheet, String refersTo, int headerRows, int totalsRows) {}

  /** Excel tables, also called list objects. */
  List<Named> tables() throws IOException;

  List<Named> definedNames() throws IOException;

  SheetReader read(int sheet) throws IOException;

  /**
   * Of a file that is one table and has neither sheets nor ranges to choose: the row of its header,
   * 0 where that is to be looked for. -1 of a workbook.
   */
  default int headerRow() {
    return -1;
  }

  @Override
  void close() throws IOException;
}
