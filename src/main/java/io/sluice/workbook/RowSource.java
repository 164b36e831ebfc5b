package io.sluice.workbook;

import java.util.Iterator;

/** Rows with every failure already turned into a refusal. */
@FunctionalInterface
interface RowSource {
  /** Null at the end. */
  SheetRow next();

  static RowSource then(Iterator<SheetRow> first, RowSource rest) {
    return () -> first.hasNext() ? first.next() : rest.next();
  }
}
