package io.sluice.sample;

import java.util.List;

/**
 * The one sheet of a sample workbook.
 *
 * @param rows from row 1 on; an empty list is a row that is not there
 */
record Sheet(String name, List<List<Cell>> rows) {
  Sheet {
    rows = List.copyOf(rows);
  }
}
