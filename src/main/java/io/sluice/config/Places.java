package io.sluice.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes places absolute, so that it does not matter from which directory a run is started.
 *
 * @param home what relative places written in files lie in
 * @param settings the paths that the command line set, whose places lie in the working directory
 */
record Places(Path home, Set<String> settings) {
  // One letter before a colon is a drive.
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  String of(Node node, Key<String> key) {
    return resolve(node, key, node.value(key));
  }

  Optional<String> optional(Node node, Key<String> key) {
    return node.optional(key).map(text -> resolve(node, key, text));
  }

  Path folder(Node node, Key<String> key) {
    return Path.of(of(node, key));
  }

  static boolean isUri(String text) {
    return SCHEME.matcher(text).matches();
  }

  private String resolve(Node node, Key<String> key, String text) {
    String path = node.pathOf(key.name());
    String resolved;
    if (isUri(text)) {
      resolved = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    } else {
      Path base = settings.contains(path) ? Path.of("") : home;
      try {
        resolved = base.resolve(text).toAbsolutePath().normalize().toString();
      } catch (InvalidPathException e) {
        node.mistake(key, path + " is not a path: " + e.getReason());
        return "";
      }
    }
    node.shows(key, resolved);
    return resolved;
  }
}
