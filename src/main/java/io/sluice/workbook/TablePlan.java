package io.sluice.workbook;

import io.sluice.config.Source;
import io.sluice.contract.SensitiveCells;
import io.sluice.error.Place;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where a table's rows stand in its sheet, as found from the header.
 *
 * @param positions in the sheet of the table's columns
 * @param headerRow the header's last row
 * @param seen which columns of the sheet are looked at
 */
record TablePlan(
    Source source,
    SensitiveCells sensitive,
    Place sheet,
    TableBounds bounds,
    TableLayout layout,
    List<AboveValues.Value> above,
    UnknownCells unknown,
    int[] positions,
    int headerRow,
    IntPredicate seen) {}
