package io.sluice.run;

import io.sluice.bronze.Retraction;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

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
    boolean sweep) {
  /** The stages of a pipeline. */
  public enum Stage {
    INGEST,
    CONFORM,
    MODEL,
    PUBLISH
  }

  public RunOptions {
    stages = Set.copyOf(stages);
    rebuild = Set.copyOf(rebuild);
    replay = Set.copyOf(replay);
  }

  /** Lists everything in the landing only when that is due. */
  public RunOptions(
      String verb,
      String group,
      Set<Stage> stages,
      Set<String> rebuild,
      boolean republish,
      LocalDate from,
      LocalDate to,
      Set<String> replay,
      LocalDate acceptFrom,
      Retraction retraction) {
    this(verb, group, stages, rebuild, republish, from, to, replay, acceptFrom, retraction, false);
  }

  /** Without a replay or a retraction. */
  public RunOptions(
      String verb,
      String group,
      Set<Stage> stages,
      Set<String> rebuild,
      boolean republish,
      LocalDate from,
      LocalDate to) {
    this(verb, group, stages, rebuild, republish, from, to, Set.of(), null, null, false);
  }

  /** Takes a file back and carries that to the warehouse; what is new waits for the next run. */
  public static RunOptions retract(String group, Retraction retraction) {
    return new RunOptions(
        "retract",
        group,
        EnumSet.of(Stage.CONFORM, Stage.MODEL, Stage.PUBLISH),
        Set.of(),
        false,
        null,
        null,
        Set.of(),
        null,
        retraction,
        false);
  }

  /** The same, with everything in the landing listed. */
  public RunOptions sweeping() {
    return new RunOptions(
        verb, group, stages, rebuild, republish, from, to, replay, acceptFrom, retraction, true);
  }

  public static RunOptions everything(String group) {
    return of("run", group, EnumSet.allOf(Stage.class));
  }

  public static RunOptions of(String verb, String group, Set<Stage> stages) {
    return new RunOptions(verb, group, stages, Set.of(), false, null, null);
  }

  /** Tries the rejects of these silver tables again, and carries the difference on. */
  public static RunOptions replay(String group, Set<String> tables) {
    return new RunOptions(
        "replay",
        group,
        EnumSet.of(Stage.CONFORM, Stage.MODEL, Stage.PUBLISH),
        Set.of(),
        false,
        null,
        null,
        tables,
        null,
        null,
        false);
  }

  boolean does(Stage stage) {
    return stages.contains(stage);
  }
}
