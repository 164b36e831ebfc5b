package io.sluice.config;

import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> parent, String key) {
    return (Map<String, Object>) parent.computeIfAbsent(key, k -> new LinkedHashMap<>());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    write(text, root, 0);
    return text.toString();
  }

  private static void write(StringBuilder text, Map<?, ?> block, int depth) {
    String indent = "  ".repeat(depth);
    block.forEach(
        (key, value) -> {
          text.append(indent).append(ConfigUtil.joinPath(key.toString()));
          if (value instanceof Leaf leaf) {
            text.append(" = ").append(leaf.hocon());
            text.append("  # ").append(leaf.location()).append('\n');
          } else if (value instanceof Map<?, ?> inner) {
            text.append(" {\n");
            write(text, inner, depth + 1);
            text.append(indent).append("}\n");
          }
        });
  }
}
