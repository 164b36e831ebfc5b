package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something was written.
 *
 * @param file as the user named it, or what else the value came from, e.g. {@code --set lake.root}
 * @param line 0 where there are no lines
 */
record Location(String file, int line) implements Comparable<Location> {
  private static final String MERGED = "merge of ";
  private static final Pattern FILE_AND_LINE = Pattern.compile("(.+): (\\d{1,9})");
  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::file).thenComparingInt(Location::line);

  static Location of(ConfigOrigin origin) {
    if (single(origin)) {
      return new Location(origin.filename(), Math.max(0, origin.lineNumber()));
    }
    String description = origin.description();
    // A value put together of several: its parts come first, the place that puts them together
    // last.
    if (description.startsWith(MERGED)) {
      description =
          description.substring(Math.max(MERGED.length(), description.lastIndexOf(',') + 1));
    }
    Matcher matcher = FILE_AND_LINE.matcher(description);
    return matcher.matches()
        ? new Location(matcher.group(1), Integer.parseInt(matcher.group(2)))
        : new Location(description, 0);
  }

  /**
   * Typesafe Config gives "merge of …" as the name of the file where a value comes from several.
   */
  private static boolean single(ConfigOrigin origin) {
    return origin.filename() != null && !origin.filename().startsWith(MERGED);
  }

  /** For an object merged from several files, the first of its values in the first of the files. */
  static Location of(ConfigValue value) {
    return inFile(value).orElseGet(() -> of(value.origin()));
  }

  /**
   * Where a value, or some part of it, stands in a file; empty for what comes from elsewhere, e.g.
   * our defaults.
   */
  static Optional<Location> inFile(ConfigValue value) {
    if (single(value.origin())) {
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
