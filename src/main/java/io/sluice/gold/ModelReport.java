package io.sluice.gold;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.sluice.error.ExitCode;
import java.util.List;

/**
 * What the tests of SQL models found.
 *
 * @param models in the order of the pipeline
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record ModelReport(String pipeline, List<Model> models) {
  /**
   * One model.
   *
   * @param tests the file of its cases; empty if there is none
   */
  public record Model(
      String model, String tests, List<Outcome> cases, List<Comparison> comparisons) {
    public Model {
      cases = List.copyOf(cases);
      comparisons = List.copyOf(comparisons);
    }
  }

  /**
   * One case.
   *
   * @param at file and line
   * @param rows how many rows the model made
   */
  public record Outcome(
      String name, String at, boolean passed, long rows, List<RowDifference> differences) {
    public Outcome {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Whether the model made date by date is the model made of everything.
   *
   * @param over what rows were compared
   * @param differences what is not the same, and why
   */
  public record Comparison(String over, int dates, boolean equal, List<String> differences) {
    public Comparison {
      differences = List.copyOf(differences);
    }
  }

  public ModelReport {
    models = List.copyOf(models);
  }

  /** How many cases and comparisons there were. */
  public long checks() {
    return models.stream().mapToLong(each -> each.cases().size() + each.comparisons().size()).sum();
  }

  /** How many of them were not as they should be. */
  public long failures() {
    return models.stream()
        .mapToLong(
            each ->
                each.cases().stream().filter(one -> !one.passed()).count()
                    + each.comparisons().stream().filter(one -> !one.equal()).count())
        .sum();
  }

  /** A failed test is a gate that a definition did not pass. */
  public ExitCode exitCode() {
    return failures() == 0 ? ExitCode.DONE : ExitCode.GATE_FAILED;
  }
}
