package io.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The schema of a Kubernetes kind, as its CustomResourceDefinition states it. Stricter than the API
 * server, which drops fields that it does not know without a word.
 */
final class CustomResourceSchema {
  private final Map<String, Object> root;

  private CustomResourceSchema(Map<String, Object> root) {
    this.root = root;
  }

  static CustomResourceSchema of(Path definition, String version) throws IOException {
    List<Object> versions = Manifest.list(Manifest.at(read(definition), "spec", "versions"));
    for (Object each : versions) {
      if (Manifest.at(each, "name").equals(version)) {
        return new CustomResourceSchema(
            Manifest.map(Manifest.at(each, "schema", "openAPIV3Schema")));
      }
    }
    throw new IllegalArgumentException("no version " + version + " in " + definition);
  }

  private static Object read(Path file) throws IOException {
    org.yaml.snakeyaml.LoaderOptions large = new org.yaml.snakeyaml.LoaderOptions();
    large.setCodePointLimit(8 * 1024 * 1024);
    return new Yaml(large).load(Files.readString(file));
  }

  /** The schema of a part; a name of an array's property leads to its items. */
  CustomResourceSchema part(String... names) {
    Map<String, Object> schema = root;
    for (String name : names) {
      schema = Manifest.map(Manifest.at(schema, "properties", name));
      if (schema.containsKey("items")) {
        schema = Manifest.map(schema.get("items"));
      }
    }
    return new CustomResourceSchema(schema);
  }

  /** What is wrong with a value, one line a problem; nothing if it fits. */
  List<String> problems(String path, Object value) {
    List<String> problems = new ArrayList<>();
    check(path, root, value, problems);
    return problems;
  }

  private static void check(
      String path, Map<String, Object> schema, Object value, List<String> problems) {
    if (!typed(schema, value)) {
      problems.add(path + ": " + value + " is not of type " + schema.get("type"));
      return;
    }
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      problems.add(path + ": " + value + " is none of " + allowed);
    }
    if (schema.get("minimum") instanceof Number least
        && value instanceof Number number
        && number.doubleValue() < least.doubleValue()) {
      problems.add(path + ": " + value + " is less than " + least);
    }
    if (value instanceof Map<?, ?>) {
      checkFields(path, schema, Manifest.map(value), problems);
    } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
      for (int i = 0; i < list.size(); i++) {
        check(path + "[" + i + "]", Manifest.map(items), list.get(i), problems);
      }
    }
  }

  private static void checkFields(
      String path, Map<String, Object> schema, Map<String, Object> value, List<String> problems) {
    if (schema.get("required") instanceof List<?> required) {
      required.stream()
          .filter(name -> !value.containsKey(name))
          .forEach(name -> problems.add(path + "." + name + ": is missing"));
    }
    Map<String, Object> known =
        schema.get("properties") instanceof Map<?, ?> properties
            ? Manifest.map(properties)
            : Map.of();
    boolean open =
        Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"))
            || known.isEmpty() && !schema.containsKey("additionalProperties");
    value.forEach(
        (name, each) -> {
          String at = path + "." + name;
          if (known.get(name) instanceof Map<?, ?> property) {
            check(at, Manifest.map(property), each, problems);
          } else if (schema.get("additionalProperties") instanceof Map<?, ?> every) {
            check(at, Manifest.map(every), each, problems);
          } else if (!open) {
            problems.add(at + ": is not a known field");
          }
        });
  }

  private static boolean typed(Map<String, Object> schema, Object value) {
    if (Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"))) {
      return value instanceof String || value instanceof Integer;
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Integer || value instanceof Long;
      case "number" -> value instanceof Number;
      case "boolean" -> value instanceof Boolean;
      case "array" -> value instanceof List;
      case "object" -> value instanceof Map;
      default -> true;
    };
  }
}
