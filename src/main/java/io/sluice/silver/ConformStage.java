package io.sluice.silver;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.error.SluiceException;
import io.sluice.lake.DriftHistory;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Bronze to one silver table, a ledger batch at a time. The slices that the batch restates, and
 * those that are held, are made anew from the files that serve them, whichever batch these came in;
 * so the result does not depend on the order of arrival.
 */
public final class ConformStage {
  private final RunScope scope;
  private final SilverTable table;
  private final SilverLayout layout;
  private final LakeTable target;
  private final Ledger ledger;
  private final ReferenceChanges changes;

  public ConformStage(RunScope scope, SilverTable table) {
    this.scope = scope;
    this.table = table;
    this.layout = layout(scope, table);
    this.target = target(scope, table);
    this.ledger = new Ledger(scope.lake());
    this.changes = new ReferenceChanges(scope, layout, ledger);
  }

  private static SilverLayout layout(RunScope scope, SilverTable table) {
    Source source = scope.pipeline().sources().get(table.from());
    if (!source.addsColumns()) {
      return new SilverLayout(table, source, List.of());
    }
    DriftHistory history = new DriftHistory(scope.lake());
    history.follow(scope.runId());
    return new SilverLayout(table, source, List.copyOf(history.added(source)));
  }

  public static LakeTable target(RunScope scope, SilverTable table) {
    return scope.lake().table(Layer.SILVER, table.name());
  }

  /**
   * Carries the batches of the ledger that the table has not consumed, or only tries what is held.
   *
   * @param held what is held now, of all tables
   * @return one result a batch; a single unchanged one if there was nothing to do
   */
  public List<ConformResult> run(List<Held> held) {
    Optional<LakeState> ledgerState = ledger.state();
    if (ledgerState.isEmpty()) {
      return List.of(ConformResult.unchanged(table.name(), -1));
    }
    String progress = Ledger.progressName(ledgerState.get());
    long last = ledgerState.get().sequence();
    LakeState state = open();
    List<Held> mine = held.stream().filter(h -> h.table().equals(table.name())).toList();
    ReferenceChecks references = ReferenceChecks.of(scope, table);
    boolean referredChanged = references.changedSince(state);
    Set<String> again = new HashSet<>(changes.slices(references, state));
    again.addAll(RejectsHistory.slicesSince(scope, table.name(), state));
    List<ConformResult> results = new ArrayList<>();
    long consumed = Math.max(0, state.consumed(progress));
    while (consumed < last
        || (results.isEmpty() && (referredChanged || !mine.isEmpty() || !again.isEmpty()))) {
      long upTo = Math.min(last, consumed + 1);
      ConformPlan plan =
          new ConformPlan(state, progress, consumed, upTo, references, mine, false, again, false);
      ConformResult result = new ConformWork(scope, layout, plan).carry();
      results.add(result);
      mine = result.held();
      again = Set.of();
      consumed = upTo;
      state = target.state().orElseThrow();
    }
    return results.isEmpty()
        ? List.of(ConformResult.unchanged(table.name(), state.version()))
        : results;
  }

  /** What a user should know of how this was done. */
  public List<String> notes() {
    return changes.notes();
  }

  /** Makes the whole table anew from bronze. */
  public ConformResult rebuild() {
    LakeState ledgerState = ledger.open();
    ConformPlan plan =
        new ConformPlan(
            open(),
            Ledger.progressName(ledgerState),
            0,
            ledgerState.sequence(),
            ReferenceChecks.of(scope, table),
            new HeldSlices(scope.lake()).of(table.name()),
            true,
            Set.of(),
            false);
    return new ConformWork(scope, layout, plan).carry();
  }

  /**
   * Makes those slices anew that have rejects or are held, and takes what the ledger has besides,
   * all under the definition of now; which is that of the table from then on.
   *
   * @throws SluiceException DEFINITION_CHANGED if bronze, or the table's shape, does not allow it
   */
  public ConformResult replay() {
    return accept(replay -> Rejects.slices(scope, table.name()));
  }

  /**
   * Makes the slices anew whose business date is not before this one, as {@link #replay} does.
   *
   * @throws SluiceException DEFINITION_CHANGED as of a replay, or if slices have no business date
   */
  public ConformResult acceptFrom(LocalDate from) {
    return accept(replay -> replay.slicesFrom(from, ledger));
  }

  private ConformResult accept(Function<Replay, Set<String>> which) {
    Optional<LakeState> ledgerState = ledger.state();
    if (ledgerState.isEmpty()) {
      return ConformResult.unchanged(table.name(), -1);
    }
    String progress = Ledger.progressName(ledgerState.get());
    LakeState state = open();
    long consumed = Math.max(0, state.consumed(progress));
    Replay replay = new Replay(scope, layout);
    replay.require(target, ledger);
    ReferenceChecks references = ReferenceChecks.of(scope, table);
    Set<String> slices = new HashSet<>(which.apply(replay));
    boolean sameDefinition = state.definition().equals(replay.definition());
    slices.addAll(changes.slices(sameDefinition ? references : references.known(state), state));
    Set<String> interrupted = RejectsHistory.slicesSince(scope, table.name(), state);
    slices.addAll(interrupted);
    List<Held> held = new HeldSlices(scope.lake()).of(table.name());
    long last = ledgerState.get().sequence();
    boolean same =
        sameDefinition
            && consumed == last
            && interrupted.isEmpty()
            && !references.changedSince(state);
    if (same && held.isEmpty() && slices.isEmpty()) {
      return ConformResult.unchanged(table.name(), state.version());
    }
    ConformPlan plan =
        new ConformPlan(state, progress, consumed, last, references, held, false, slices, same);
    return new ConformWork(scope, layout, plan).carry();
  }

  private LakeState open() {
    return target.create(layout.schema(), layout.partitions(), table.description());
  }
}
