package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where something was written.
 *
 * @param file as the user named it, or what else the value came from, e.g. {@code --set lake.root}
 * @param line 0 where there are no lines
 */
record Location(String file, int line) implements Comparable<Location> {
  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::file).thenComparingInt(Location::line);

  static Location of(ConfigOrigin origin) {
    String file = origin.filename();
    if (file != null) {
      return new Location(file, Math.max(0, origin.lineNumber()));
    }
    String description = origin.description();
    int line = origin.lineNumber();
    String suffix = ": " + line;
    return line > 0 && description.endsWith(suffix)
        ? new Location(description.substring(0, description.length() - suffix.length()), line)
        : new Location(description, Math.max(0, line));
  }

  /** For an object merged from several files, the first of its values in the first of the files. */
  static Location of(ConfigValue value) {
    return inFile(value).orElseGet(() -> of(value.origin()));
  }

  /** Where a value, or some part of it, stands in a file; empty for what comes from elsewhere, e.g. our defaults. */
  static Optional<Location> inFile(ConfigValue value) {
    if (value.origin().filename() != null) {
      return Optional.of(of(value.origin()));
    }
    if (value instanceof ConfigObject object) {
      return object.values().stream()
          .map(Location::inFile)
          .flatMap(Optional::stream)
          .min(Comparator.naturalOrder());
    }
    return Optional.empty();
  }

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line > 0 ? file + ":" + line : file;
  }
}
