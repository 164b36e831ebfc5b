package io.sluice.config;

import java.io.Serializable;
import java.util.List;

/**
 * Where the rows of a sheet's table end.
 *
 * @param atBlankRow whether the first blank row ends it; otherwise blank rows are skipped
 * @param totals regular expression: a row whose first cell with content matches it is not data, and
 *     ends the table; empty for none
 * @param footer the same for a row that is no totals row
 * @param control columns whose sum must be what the totals row says
 */
public record TableEnd(boolean atBlankRow, String totals, String footer, List<String> control)
    implements Serializable {

  public TableEnd {
    control = List.copyOf(control);
  }
}
