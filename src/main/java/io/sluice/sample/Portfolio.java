package io.sluice.sample;

import java.util.List;
import java.util.Locale;

/** An invented portfolio, its people and its custodian. */
record Portfolio(int index) {
  private static final List<String> STRATEGIES =
      List.of("Core Equity", "Global Income", "Small Cap", "Balanced", "Dividend", "Long Horizon");
  private static final List<String> MANAGERS =
      List.of("A. Okafor", "M. Lindqvist", "R. Castellanos", "J. Whitfield", "S. Banerjee");
  private static final String SUCCESSOR = "T. Moreau";

  /** Text with leading zeros, as custodians send it. */
  String id() {
    return String.format(Locale.ROOT, "%05d", 101 + index);
  }

  String name() {
    int series = index / STRATEGIES.size();
    return STRATEGIES.get(index % STRATEGIES.size()) + (series == 0 ? "" : " " + (series + 1));
  }

  /**
   * Its manager on a day.
   *
   * @param changed whether the day is on or after the one on which the first portfolio changes
   *     hands
   */
  String manager(boolean changed) {
    return changed && index == 0 ? SUCCESSOR : MANAGERS.get(index % MANAGERS.size());
  }

  Custodian custodian() {
    return Custodian.values()[index % Custodian.values().length];
  }
}
