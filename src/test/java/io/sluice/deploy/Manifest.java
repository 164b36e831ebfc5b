package io.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** A SparkApplication as it stands in its file. */
final class Manifest {
  private final Map<String, Object> root;

  private Manifest(Map<String, Object> root) {
    this.root = root;
  }

  static Manifest read(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  static Manifest parse(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new Manifest(map(new Yaml(strict).load(text)));
  }

  Map<String, Object> root() {
    return root;
  }

  Object get(String... path) {
    return at(root, path);
  }

  Map<String, Object> object(String... path) {
    return map(get(path));
  }

  List<String> arguments() {
    return list(get("spec", "arguments")).stream().map(String.class::cast).toList();
  }

  /** The values that {@code --set} gives, as {@code key=value}. */
  List<String> settings() {
    List<String> arguments = arguments();
    List<String> settings = new ArrayList<>();
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i - 1).equals("--set")) {
        settings.add(arguments.get(i));
      }
    }
    return settings;
  }

  /** The pod template's spec of the driver or the executor. */
  Map<String, Object> pod(String role) {
    return object("spec", role, "template", "spec");
  }

  /** The only container of that pod. */
  Map<String, Object> container(String role) {
    List<Object> containers = list(pod(role).get("containers"));
    if (containers.size() != 1) {
      throw new AssertionError(role + " has " + containers.size() + " containers");
    }
    return map(containers.get(0));
  }

  /** The driver's volume that is mounted at a place. */
  Map<String, Object> driverVolumeAt(String mountPath) {
    for (Object mount : list(container("driver").get("volumeMounts"))) {
      if (at(mount, "mountPath").equals(mountPath)) {
        for (Object volume : list(pod("driver").get("volumes"))) {
          if (at(volume, "name").equals(at(mount, "name"))) {
            return map(volume);
          }
        }
      }
    }
    throw new AssertionError("nothing is mounted at " + mountPath);
  }

  static Object at(Object value, String... path) {
    Object here = value;
    StringBuilder way = new StringBuilder();
    for (String name : path) {
      way.append('.').append(name);
      here = map(here).get(name);
      if (here == null) {
        throw new AssertionError(way + " is missing");
      }
    }
    return here;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
