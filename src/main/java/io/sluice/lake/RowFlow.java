package io.sluice.lake;

/**
 * What became of bronze rows in conform; the parts add up to {@code bronze}.
 *
 * @param superseded rows whose slice another workbook serves
 * @param held rows of slices that did not pass
 * @param retracted rows of workbooks that were taken back by hand
 * @param deleted rows that say that their key is gone
 */
public record RowFlow(
    long bronze,
    long silver,
    long rejected,
    long deduplicated,
    long superseded,
    long held,
    long retracted,
    long deleted) {
  public static final RowFlow NONE = new RowFlow(0, 0, 0, 0, 0, 0, 0, 0);

  public RowFlow plus(RowFlow other) {
    return new RowFlow(
        bronze + other.bronze,
        silver + other.silver,
        rejected + other.rejected,
        deduplicated + other.deduplicated,
        superseded + other.superseded,
        held + other.held,
        retracted + other.retracted,
        deleted + other.deleted);
  }

  public boolean balances() {
    return bronze == silver + rejected + deduplicated + superseded + held + retracted + deleted;
  }
}
