package io.sluice.bronze;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.CellKind;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.ColumnSum;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sums of some columns of a file, for the manifest that it is held against. */
final class ColumnSums {
  private final Map<Integer, ColumnSum> sums = new LinkedHashMap<>();
  private final List<Column> columns;

  ColumnSums(Source source, List<String> names) {
    this.columns = source.contractColumns();
    for (int i = 0; i < columns.size(); i++) {
      if (names.contains(columns.get(i).name())) {
        sums.put(i, new ColumnSum(columns.get(i)));
      }
    }
  }

  void add(BoundRow row) {
    sums.forEach(
        (column, sum) -> sum.add(row.texts()[column], CellKind.of(row.kinds().charAt(column))));
  }

  /** By column. */
  Map<String, BigDecimal> all() {
    Map<String, BigDecimal> all = new HashMap<>();
    sums.forEach((column, sum) -> all.put(columns.get(column).name(), sum.sum()));
    return all;
  }
}
