package io.sluice.silver;

import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.RowFlow;
import io.sluice.quality.GateResult;
import java.util.List;
import java.util.Map;

/**
 * What one batch did to a silver table.
 *
 * @param changed false if there was nothing to do; then all else is empty
 * @param version the table's Delta version afterwards
 * @param slices how many slices were replaced
 * @param replacedRows rows of these slices that were there before
 * @param sameRows of a source that delivers changes, rows that are as they were there before
 * @param rejectsByReason rejected cells and rows by reason code
 * @param adjusted columns with decimals in silver that are not quite what their cells say
 * @param held slices that are held now
 */
public record ConformResult(
    String table,
    boolean changed,
    long version,
    RowFlow flow,
    int slices,
    long replacedRows,
    long sameRows,
    Map<String, Long> rejectsByReason,
    List<AdjustedColumn> adjusted,
    List<Held> held,
    List<GateResult> gates) {
  static ConformResult unchanged(String table, long version) {
    return new ConformResult(
        table, false, version, RowFlow.NONE, 0, 0, 0, Map.of(), List.of(), List.of(), List.of());
  }
}
