package io.sluice.run;

import io.sluice.lake.Changes;

/**
 * A table that a run changed, in the lake or in the warehouse.
 *
 * @param version Delta version afterwards
 * @param rows rows written, or for the warehouse rows inserted, updated and deleted
 * @param what the dates or slices concerned, for people
 */
public record TableLine(String layer, String table, long version, long rows, String what) {
  static String dates(Changes changes) {
    if (changes.everything()) {
      return "all";
    }
    if (changes.dates().isEmpty()) {
      return "none";
    }
    int days = changes.dates().size();
    return days == 1
        ? changes.dates().first().toString()
        : "%d dates, %s to %s".formatted(days, changes.dates().first(), changes.dates().last());
  }
}
