package io.sluice.gold;

import io.sluice.lake.Changes;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.quality.GateResult;
import java.util.List;

/**
 * What a run did to a gold table.
 *
 * @param changed false if there was nothing to do; then all else is empty
 * @param version the table's Delta version afterwards, -1 if there is none
 * @param sourceRows for a fact the silver rows that its rows were made from, else the rows made
 * @param rows rows made and committed
 * @param heldRows rows made and held
 */
public record ModelResult(
    String table,
    boolean changed,
    long version,
    long sourceRows,
    long rows,
    long heldRows,
    Changes changes,
    List<Held> held,
    List<GateResult> gates) {
  static ModelResult unchanged(String table, long version) {
    return new ModelResult(table, false, version, 0, 0, 0, Changes.NONE, List.of(), List.of());
  }
}
