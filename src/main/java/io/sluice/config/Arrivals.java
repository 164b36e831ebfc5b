package io.sluice.config;

import java.time.Duration;

/**
 * How files in the landing are looked for.
 *
 * @param settle a file of a folder that was modified less than this ago is left for the next run
 * @param hotDays folders of a date this many days before the newest one that a source has seen are
 *     listed only where they are new, or changed
 * @param sweepEvery everything is listed at least this often
 */
public record Arrivals(Duration settle, int hotDays, Duration sweepEvery) {
  /** Everything is listed, and taken as it is. */
  public static final Arrivals EVERYTHING =
      new Arrivals(Duration.ZERO, Integer.MAX_VALUE, Duration.ofDays(7));
}
