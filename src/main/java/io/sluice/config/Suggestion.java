package io.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** "Did you mean …?" */
public final class Suggestion {
  private Suggestion() {}

  /** A question to append to a message; empty where no candidate is near. */
  static String of(String written, Collection<String> candidates) {
    return nearest(written, candidates).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /**
   * Like {@link #of}, but where no candidate is near, all of them are listed under {@code heading}.
   */
  public static String orList(String written, Collection<String> candidates, String heading) {
    if (candidates.isEmpty()) {
      return "";
    }
    String near = of(written, candidates);
    return near.isEmpty() ? "; " + heading + ": " + String.join(", ", candidates) : near;
  }

  static Optional<String> nearest(String written, Collection<String> candidates) {
    int limit = Math.max(1, written.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(written, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> distance(written, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
  static int distance(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int cost = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          best = Math.min(best, edits[i - 2][j - 2] + 1);
        }
        edits[i][j] = best;
      }
    }
    return edits[one.length()][other.length()];
  }
}
