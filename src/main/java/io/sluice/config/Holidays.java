package io.sluice.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days on which no business is done although they are none of a weekend, as a file names them.
 *
 * @param days names by date
 */
public record Holidays(Path file, SortedMap<LocalDate, String> days) {
  public Holidays {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }
}
