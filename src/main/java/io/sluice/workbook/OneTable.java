package io.sluice.workbook;

import java.util.List;

/** A file that is one table, and has no sheets to choose from. */
interface OneTable extends WorkbookFile {
  @Override
  default List<Named> tables() {
    return List.of();
  }

  @Override
  default List<Named> definedNames() {
    return List.of();
  }

  @Override
  default void close() {}
}
