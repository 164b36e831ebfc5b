package io.sluice.lake;

/**
 * What became of bronze rows in conform; the parts add up to {@code bronze}.
 *
 * @param superseded rows whose slice another workbook serves
 * @param held rows of slices that did not pass
 */
public record RowFlow(
    long bronze, long silver, long rejected, long deduplicated, long superseded, long held) {
  public static final RowFlow NONE = new RowFlow(0, 0, 0, 0, 0, 0);

  public RowFlow plus(RowFlow other) {
    return new RowFlow(
        bronze + other.bronze,
        silver + other.silver,
        rejected + other.rejected,
        deduplicated + other.deduplicated,
        superseded + other.superseded,
        held + other.held);
  }

  public boolean balances() {
    return bronze == silver + rejected + deduplicated + superseded + held;
  }
}
