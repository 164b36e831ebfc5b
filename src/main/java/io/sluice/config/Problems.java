package io.sluice.config;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects mistakes, so that all of them are reported at once. */
final class Problems {
  private record Problem(Location location, String text) {}

  private final List<Problem> problems = new ArrayList<>();
  private final Set<List<String>> paths = new HashSet<>();

  /**
   * @param path the configuration path concerned
   * @param text the problem, without a full stop
   */
  void add(List<String> path, Location location, String text) {
    Problem problem = new Problem(location, text);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
    paths.add(List.copyOf(path));
  }

  /** Whether something is known to be wrong at exactly this path. */
  boolean at(List<String> path) {
    return paths.contains(path);
  }

  /** What was collected, each with its place, in the order of places. */
  List<String> lines() {
    return problems.stream()
        .sorted(Comparator.comparing(Problem::location))
        .map(problem -> problem.location() + ": " + problem.text())
        .toList();
  }

  /** Throws what was collected, if there is anything. */
  void throwIfAny(String file) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> lines = lines();
    boolean one = lines.size() == 1;
    throw new SluiceException(
        Reason.CONFIG_INVALID,
        "The pipeline file " + file + " has " + (one ? "a mistake" : lines.size() + " mistakes"),
        one ? lines.get(0) : "\n" + String.join("\n", lines),
        "Correct " + (one ? "it" : "them") + "; docs/configuration.md explains every key.");
  }
}
