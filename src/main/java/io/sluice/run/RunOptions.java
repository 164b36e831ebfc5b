package io.sluice.run;

import io.sluice.bronze.Approval;
import io.sluice.bronze.Retraction;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What to run.
 *
 * @param verb as the user called it, for the record
 * @param group joins several runs, empty for none
 * @param stages in the order of the flow
 * @param rebuild names of tables to make anew
 * @param republish whether publish compares everything
 * @param from first business date that is expected, null for none
 * @param to first business date that is not expected any more, null for none
 * @param replay names of silver tables whose rejects are tried again under their definition of now
 * @param acceptFrom first business date for which changed definitions of silver tables are
 *     accepted, null for none
 * @param retraction what to take back before, null for nothing
 * @param approval what to let count before though it came late, null for nothing
 * @param sweep whether everything in the landing is listed, due or not
 */
public record RunOptions(
    String verb,
    String group,
    Set<Stage> stages,
    Set<String> rebuild,
    boolean republish,
    LocalDate from,
    LocalDate to,
    Set<String> replay,
    LocalDate acceptFrom,
    Retraction retraction,
    Approval approval,
    boolean sweep) {
  /** The stages of a pipeline. */
  public enum Stage {
    INGEST,
    CONFORM,
    MODEL,
    PUBLISH
  }

  /** Everything but taking in what is new. */
  private static final Set<Stage> AFTER_INGEST =
      EnumSet.of(Stage.CONFORM, Stage.MODEL, Stage.PUBLISH);

  public RunOptions {
    stages = Set.copyOf(stages);
    rebuild = Set.copyOf(rebuild);
    replay = Set.copyOf(replay);
  }

  /** Takes these stages, in the order of the flow. */
  public static RunOptions of(String verb, String group, Set<Stage> stages) {
    return new RunOptions(
        verb, group, stages, Set.of(), false, null, null, Set.of(), null, null, null, false);
  }

  public static RunOptions everything(String group) {
    return of("run", group, EnumSet.allOf(Stage.class));
  }

  /** Makes these tables anew, and carries the difference on; what is new waits for the next run. */
  public static RunOptions rebuild(String group, Set<String> tables) {
    return of("rebuild", group, AFTER_INGEST).rebuilding(tables);
  }

  /** Tries the rejects of these silver tables again, and carries the difference on. */
  public static RunOptions replay(String group, Set<String> tables) {
    return of("replay", group, AFTER_INGEST).replaying(tables);
  }

  /** Takes a file back and carries that to the warehouse; what is new waits for the next run. */
  public static RunOptions retract(String group, Retraction retraction) {
    return of("retract", group, AFTER_INGEST).but(draft -> draft.retraction = retraction);
  }

  /** The same, with these tables made anew. */
  public RunOptions rebuilding(Set<String> tables) {
    return but(draft -> draft.rebuild = tables);
  }

  /** The same, with everything compared by publish. */
  public RunOptions republishing() {
    return but(draft -> draft.republish = true);
  }

  /**
   * The same, with the business dates that are expected: from the first until before the other;
   * null for none.
   */
  public RunOptions expecting(LocalDate first, LocalDate end) {
    return but(
        draft -> {
          draft.from = first;
          draft.to = end;
        });
  }

  /** The same, with the rejects of these silver tables tried again. */
  public RunOptions replaying(Set<String> tables) {
    return but(draft -> draft.replay = tables);
  }

  /**
   * The same, with changed definitions of silver tables accepted from this date on; null for none.
   */
  public RunOptions accepting(LocalDate first) {
    return but(draft -> draft.acceptFrom = first);
  }

  /** The same, with these late files approved before. */
  public RunOptions approving(Approval wanted) {
    return but(draft -> draft.approval = wanted);
  }

  /** The same, with everything in the landing listed. */
  public RunOptions sweeping() {
    return but(draft -> draft.sweep = true);
  }

  private RunOptions but(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.rebuild = rebuild;
    draft.republish = republish;
    draft.from = from;
    draft.to = to;
    draft.replay = replay;
    draft.acceptFrom = acceptFrom;
    draft.retraction = retraction;
    draft.approval = approval;
    draft.sweep = sweep;
    change.accept(draft);
    return new RunOptions(
        verb,
        group,
        stages,
        draft.rebuild,
        draft.republish,
        draft.from,
        draft.to,
        draft.replay,
        draft.acceptFrom,
        draft.retraction,
        draft.approval,
        draft.sweep);
  }

  /** What can be changed of options. */
  private static final class Draft {
    private Set<String> rebuild;
    private boolean republish;
    private LocalDate from;
    private LocalDate to;
    private Set<String> replay;
    private LocalDate acceptFrom;
    private Retraction retraction;
    private Approval approval;
    private boolean sweep;
  }

  boolean does(Stage stage) {
    return stages.contains(stage);
  }
}
