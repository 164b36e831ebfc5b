package io.sluice.gold;

import io.sluice.error.Reason;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.quality.GateResult;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at a candidate beside its gate. */
@FunctionalInterface
interface Audit {
  /** What {@code held} calls the comparison of sums. */
  String CONTROL = "built-in-control";

  /**
   * What it says.
   *
   * @param sourceRows the rows that the candidate was made from
   * @param held what must not be committed, what the gate holds included
   */
  record Found(long sourceRows, List<Held> held) {
    Found(long sourceRows, Collection<Held> held) {
      this(sourceRows, List.copyOf(held));
    }
  }

  Found of(Dataset<Row> candidate, GateResult gate);

  /** A held slice with another reason. */
  static Held with(Held held, Reason reason, String rule, String message) {
    return new Held(
        held.table(), held.slice(), reason.name(), rule, message, held.runId(), held.since());
  }

  /** A slice that is held for two reasons, of which the first one's code stands. */
  static Held both(Held first, Held second) {
    return new Held(
        first.table(),
        first.slice(),
        first.reason(),
        first.rule() + ", " + second.rule(),
        first.message() + "; " + second.message(),
        first.runId(),
        first.since());
  }
}
