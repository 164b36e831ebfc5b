package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
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
                .thenComparing(name -> column(name, object.get(name).origin()))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private int column(String name, ConfigOrigin origin) {
    if (origin.filename() == null) {
      return 0;
    }
    List<String> lines = files.computeIfAbsent(origin.filename(), DeclarationOrder::lines);
    int line = origin.lineNumber();
    if (line < 1 || line > lines.size()) {
      return 0;
    }
    Matcher matcher =
        Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "\"?\\s*[.{=:+]")
            .matcher(lines.get(line - 1));
    return matcher.find() ? matcher.start() : 0;
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (MalformedInputException e) {
      return List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
