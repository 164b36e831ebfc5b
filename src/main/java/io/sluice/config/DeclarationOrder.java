package io.sluice.config;

import com.typesafe.config.ConfigObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order in which the names of a block are written. Typesafe Config keeps objects in hash order,
 * and of each value only its line; names on one line are told apart by where they stand in it.
 */
final class DeclarationOrder {
  private final Map<String, List<String>> files = new HashMap<>();

  List<String> of(ConfigObject object) {
    return object.keySet().stream()
        .sorted(
            Comparator.comparing((String name) -> Location.of(object.get(name)))
                .thenComparing(name -> column(name, Location.of(object.get(name))))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private int column(String name, Location location) {
    List<String> lines = files.computeIfAbsent(location.file(), DeclarationOrder::lines);
    if (location.line() < 1 || location.line() > lines.size()) {
      return 0;
    }
    Matcher matcher =
        Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "\"?\\s*[.{=:+]")
            .matcher(lines.get(location.line() - 1));
    return matcher.find() ? matcher.start() : 0;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException | InvalidPathException e) {
      // Not a file, or not one of text: then names on one line are in the order of the alphabet.
      return List.of();
    }
  }
}
