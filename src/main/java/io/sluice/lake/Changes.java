package io.sluice.lake;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changed in a table over a range of its versions.
 *
 * @param everything whether any row may have changed; then {@code dates} is empty and means nothing
 * @param dates the business dates whose rows may have changed
 */
public record Changes(boolean everything, SortedSet<LocalDate> dates) {
  public static final Changes NONE = new Changes(false, new TreeSet<>());
  public static final Changes EVERYTHING = new Changes(true, new TreeSet<>());

  public Changes {
    dates = Collections.unmodifiableSortedSet(new TreeSet<>(dates));
  }

  public static Changes of(SortedSet<LocalDate> dates) {
    return new Changes(false, dates);
  }

  public boolean isEmpty() {
    return !everything && dates.isEmpty();
  }

  public Changes and(Changes other) {
    if (everything || other.everything) {
      return EVERYTHING;
    }
    SortedSet<LocalDate> both = new TreeSet<>(dates);
    both.addAll(other.dates);
    return of(both);
  }
}
