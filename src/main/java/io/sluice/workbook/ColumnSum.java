package io.sluice.workbook;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.contract.CellConverter;
import io.sluice.contract.CellKind;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;

/** The sum of a column's numbers as they stand in the cells, before silver rounds any. */
public final class ColumnSum {
  private final CellConverter numbers;
  private BigDecimal sum = BigDecimal.ZERO;
  private long noNumbers;

  public ColumnSum(Column column) {
    this.numbers = new CellConverter(exact(column), 0, ZoneOffset.UTC);
  }

  private static Column exact(Column column) {
    return new Column(
        column.name(),
        column.description(),
        column.headers(),
        ColumnType.decimal(ColumnType.MAX_PRECISION, 12),
        false,
        List.of(),
        column.nullTexts(),
        "",
        List.of(),
        Column.ScaleExcess.HALF_UP,
        column.blanks(),
        column.numbers(),
        Bounds.NONE,
        null);
  }

  /**
   * Adds a cell.
   *
   * @param text null where the cell is blank
   * @return whether it held a number, or nothing
   */
  public boolean add(String text, CellKind kind) {
    BigDecimal number = number(text, kind);
    if (number != null) {
      sum = sum.add(number);
    } else if (numbers.convert(text, kind).violation().isPresent()) {
      noNumbers++;
      return false;
    }
    return true;
  }

  /** The number in a cell; null if there is none. */
  BigDecimal number(String text, CellKind kind) {
    if (kind.number()) {
      return new BigDecimal(text);
    }
    var converted = numbers.convert(text, kind);
    return converted.violation().isPresent() ? null : (BigDecimal) converted.value();
  }

  /** The sum so far. */
  public BigDecimal sum() {
    return sum;
  }

  /** How many cells held something else than a number. */
  long noNumbers() {
    return noNumbers;
  }
}
