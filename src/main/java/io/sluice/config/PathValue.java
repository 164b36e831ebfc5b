package io.sluice.config;

import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that stands in the path of a file.
 *
 * @param column name of the column that it is, or must agree with
 * @param form {@code hive} for folders such as {@code year=2024/month=01/day=15}, {@code date} for
 *     these and for {@code 2024-01-15} anywhere, else a regular expression with one group, or with
 *     three for year, month and day
 */
public record PathValue(String column, String form) implements Serializable {
  public static final String HIVE = "hive";
  public static final String DATE = "date";

  private static final Pattern FOLDERS =
      Pattern.compile("(?<![^/])year=(\\d{4})/month=(\\d{1,2})/day=(\\d{1,2})(?![^/])");
  private static final Pattern ISO = Pattern.compile("(?<!\\d)(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");

  /**
   * The different values that a path holds, in their order: none where it has not this form.
   *
   * @param path relative to the landing root
   */
  public List<String> in(String path) {
    Set<String> found = new LinkedHashSet<>();
    switch (form) {
      case HIVE -> add(FOLDERS.matcher(path), found);
      case DATE -> {
        add(FOLDERS.matcher(path), found);
        add(ISO.matcher(path), found);
      }
      default -> add(Pattern.compile(form).matcher(path), found);
    }
    return List.copyOf(found);
  }

  private static void add(Matcher matcher, Set<String> found) {
    while (matcher.find()) {
      if (matcher.groupCount() == 3) {
        found.add(
            matcher.group(1) + "-" + padded(matcher.group(2)) + "-" + padded(matcher.group(3)));
      } else if (matcher.group(1) != null) {
        found.add(matcher.group(1));
      }
    }
  }

  private static String padded(String digits) {
    return digits != null && digits.length() == 1 ? "0" + digits : digits;
  }
}
