package io.sluice.silver;

import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one commit to a silver table is to consume, and what it makes anew.
 *
 * @param state the table as the commit finds it
 * @param ledger name of the progress over the ledger
 * @param from last batch that is consumed already
 * @param upTo last batch to consume
 * @param references the tables that it refers to, as they are now
 * @param heldBefore slices that are held
 * @param whole whether all slices are made anew, whatever the batches touch
 * @param again slices that are made anew although no batch touches them
 * @param onlyIfDifferent whether nothing is committed if the same rows are rejected as before
 */
record ConformPlan(
    LakeState state,
    String ledger,
    long from,
    long upTo,
    ReferenceChecks references,
    List<Held> heldBefore,
    boolean whole,
    Set<String> again,
    boolean onlyIfDifferent) {

  /** What the table has consumed once this is done. */
  Map<String, Long> progress() {
    Map<String, Long> progress = new TreeMap<>(references.progress());
    progress.put(ledger, upTo);
    return progress;
  }
}
