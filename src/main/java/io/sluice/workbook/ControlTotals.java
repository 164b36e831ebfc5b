package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.CellKind;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Sums the landed rows of a sheet, and compares with what its totals row says. */
final class ControlTotals {
  private static final class Sum {
    final Column column;
    final int index;
    final int position;
    final ColumnSum numbers;
    String firstNoNumber = "";

    Sum(Column column, int index, int position) {
      this.column = column;
      this.index = index;
      this.position = position;
      this.numbers = new ColumnSum(column);
    }
  }

  private final Source source;
  private final Place sheet;
  private final List<Sum> sums = new ArrayList<>();
  private long rows;
  private boolean checked;

  /**
   * @param positions in the sheet of the table's columns
   */
  ControlTotals(Source source, Place sheet, int[] positions) {
    this.source = source;
    this.sheet = sheet;
    List<String> names = source.columns().stream().map(Column::name).toList();
    for (String name : source.end().control()) {
      int column = names.indexOf(name);
      sums.add(
          new Sum(source.columns().get(column), source.above().size() + column, positions[column]));
    }
  }

  void add(BoundRow row) {
    rows++;
    for (Sum sum : sums) {
      CellKind kind = CellKind.of(row.kinds().charAt(sum.index));
      if (!sum.numbers.add(row.texts()[sum.index], kind) && sum.firstNoNumber.isEmpty()) {
        sum.firstNoNumber = CellAddress.of(sum.position, row.sheetRow());
      }
    }
  }

  /**
   * @throws SluiceException if a total is not there, is no number, or is another one
   */
  void check(SheetRow totals) {
    checked = true;
    for (Sum sum : sums) {
      if (sum.position == HeaderBinding.ABSENT) {
        throw missing("its column " + sum.column.name() + " is not in the sheet", "");
      }
      String cell = CellAddress.of(sum.position, totals.number());
      BigDecimal total =
          totals.has(sum.position)
              ? sum.numbers.number(
                  totals.text(sum.position), CellKind.of(totals.kind(sum.position)))
              : null;
      if (total == null) {
        String text = totals.text(sum.position);
        throw missing(
            "its cell for "
                + sum.column.name()
                + (text == null ? " is empty" : " holds '" + text + "', which is no number"),
            cell);
      }
      compare(sum, total, cell);
    }
  }

  /**
   * @throws SluiceException if the sheet had no totals row
   */
  void finish() {
    if (!checked) {
      throw missing(
          "no row below the header is a totals row"
              + (source.end().totals().isEmpty()
                  ? ""
                  : ": none begins with " + source.end().totals()),
          "");
    }
  }

  private void compare(Sum sum, BigDecimal total, String cell) {
    BigDecimal difference = total.subtract(sum.numbers.sum());
    // The workbook's own sum was made in doubles; a real difference shows in the type's last place.
    BigDecimal half = new BigDecimal("0.5").movePointLeft(sum.column.type().scale());
    if (difference.abs().compareTo(half) <= 0) {
      return;
    }
    throw new SluiceException(
        Reason.CONTROL_TOTAL_DIFFERS,
        "%s, sheet '%s', cell %s: the total of %s is not the sum of its rows"
            .formatted(sheet.file(), sheet.sheet(), cell, sum.column.name()),
        "the totals row says %s and the %d landed rows sum to %s, which is %s %s%s"
            .formatted(
                plain(total),
                rows,
                plain(sum.numbers.sum()),
                plain(difference.abs()),
                difference.signum() > 0 ? "less" : "more",
                noNumbers(sum)),
        "Find the rows that are missing or changed, and send the workbook again; if its total is"
            + " not meant to be that sum, take "
            + sum.column.name()
            + " out of sources."
            + source.name()
            + ".table-end.control.",
        new Place(sheet.file(), sheet.sheet(), cell));
  }

  private static String noNumbers(Sum sum) {
    long cells = sum.numbers.noNumbers();
    return cells == 0
        ? ""
        : "; %d %s no number, the first is %s"
            .formatted(cells, cells == 1 ? "cell holds" : "cells hold", sum.firstNoNumber);
  }

  private SluiceException missing(String why, String cell) {
    return new SluiceException(
        Reason.CONTROL_TOTAL_MISSING,
        "%s, sheet '%s' has no control totals".formatted(sheet.file(), sheet.sheet())
            + (cell.isEmpty() ? "" : " in " + cell),
        why,
        "Restore the totals row and send the workbook again, or correct sources."
            + source.name()
            + ".table-end.",
        new Place(sheet.file(), sheet.sheet(), cell));
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
