package io.sluice.config;

import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the values that are really used, in the order of declaration, and writes them as HOCON.
 */
final class Effective {
  private record Leaf(String hocon, Location location) {}

  private final Map<String, Object> root = new LinkedHashMap<>();

  void put(List<String> path, String hocon, Location location) {
    Map<String, Object> at = root;
    for (String key : path.subList(0, path.size() - 1)) {
      at = child(at, key);
    }
    at.put(path.get(path.size() - 1), new Leaf(hocon, location));
  }

  /** Gives a block its place before any value of it is known. */
  void begin(List<String> path) {
    Map<String, Object> at = root;
    for (String key : path) {
      at = child(at, key);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.computeIfAbsent(key, k -> new LinkedHashMap<>());
  }

  /** Keys in the order of {@code section}, names in the order in which they were put. */
  String text(Section section) {
    StringBuilder text = new StringBuilder();
    write(text, root, section, 0);
    return text.toString();
  }

  private static void write(StringBuilder text, Map<?, ?> block, Section section, int depth) {
    Set<String> keys = new LinkedHashSet<>(section.names());
    block.keySet().forEach(key -> keys.add(key.toString()));
    for (String key : keys) {
      Section inner =
          section.sections().stream().filter(s -> s.name().equals(key)).findFirst().orElse(section);
      entry(text, key, block.get(key), inner, depth);
    }
  }

  private static void entry(
      StringBuilder text, String key, Object value, Section section, int depth) {
    String indent = "  ".repeat(depth);
    if (value instanceof Leaf leaf) {
      text.append(indent).append(ConfigUtil.joinPath(key)).append(" = ").append(leaf.hocon());
      text.append(" # ").append(leaf.location()).append('\n');
    } else if (value instanceof Map<?, ?> block) {
      text.append(indent).append(ConfigUtil.joinPath(key)).append(" {\n");
      if (section.shape() == Section.Shape.NAMED && section.name().equals(key)) {
        block.forEach(
            (name, item) -> {
              text.append(indent).append("  ").append(name).append(" {\n");
              write(text, (Map<?, ?>) item, section, depth + 2);
              text.append(indent).append("  }\n");
            });
      } else {
        write(text, block, section, depth + 1);
      }
      text.append(indent).append("}\n");
    }
  }
}
