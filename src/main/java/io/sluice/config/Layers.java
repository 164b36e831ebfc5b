package io.sluice.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layers of one configuration: defaults, pipeline file, environment overlay, settings of the
 * command line. Later ones win.
 *
 * @param merged all of them
 * @param settings the paths that the command line set
 */
record Layers(ConfigObject merged, Set<String> settings) {
  private static final String DEFAULTS = "reference.conf";
  private static final String SETTING = "--set ";

  /**
   * What differs between environments; everything else is the pipeline's logic, the same
   * everywhere.
   */
  private static final List<List<String>> CHANGEABLE =
      List.of(
          List.of("landing"),
          List.of("lake"),
          List.of("warehouse"),
          List.of("batch"),
          List.of("spark"));

  static Layers read(LoadRequest request, Problems problems) {
    Config defaults = defaults();
    Config pipeline = parse(existing(request.pipelineFile(), "pipeline file"));
    Config below = pipeline.withFallback(defaults);
    Config settings = settings(request.settings(), problems);
    Set<String> paths = new HashSet<>();
    leaves(settings.root(), List.of(), (path, value) -> paths.add(ConfigUtil.joinPath(path)));
    Config overlay =
        request.environment().map(name -> overlay(request, name)).orElse(ConfigFactory.empty());
    Config all = resolve(settings.withFallback(overlay).withFallback(below));
    Config allowed = withoutLogic(overlay, overlay.resolveWith(all), problems);
    return new Layers(resolve(settings.withFallback(allowed).withFallback(below)).root(), paths);
  }

  private static Config defaults() {
    try (InputStream resource = Layers.class.getResourceAsStream("/" + DEFAULTS)) {
      return ConfigFactory.parseReader(
          new InputStreamReader(resource, StandardCharsets.UTF_8),
          ConfigParseOptions.defaults().setOriginDescription(DEFAULTS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config overlay(LoadRequest request, String name) {
    Path folder = request.pipelineFile().resolveSibling("env");
    return parse(existing(folder.resolve(name + ".conf"), "environment file"));
  }

  private static Config withoutLogic(Config overlay, Config resolved, Problems problems) {
    List<String> refused = new ArrayList<>();
    leaves(
        resolved.root(),
        List.of(),
        (path, value) -> {
          if (!changeable(path)) {
            problems.add(path, Location.of(value), refusal(path, "an environment file"));
            refused.add(ConfigUtil.joinPath(path));
          }
        });
    Config rest = overlay;
    for (String path : refused) {
      rest = rest.withoutPath(path);
    }
    return rest;
  }

  private static Config settings(List<String> settings, Problems problems) {
    Config all = ConfigFactory.empty();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      Location location = new Location(SETTING + setting.substring(0, Math.max(0, equals)), 0);
      List<String> path;
      try {
        path = ConfigUtil.splitPath(setting.substring(0, Math.max(0, equals)).strip());
      } catch (ConfigException e) {
        problems.add(
            List.of(),
            new Location((SETTING + setting).strip(), 0),
            "this is not of the form key=value");
        continue;
      }
      if (!changeable(path)) {
        problems.add(path, location, refusal(path, "--set"));
        continue;
      }
      ConfigValue value =
          ConfigValueFactory.fromAnyRef(setting.substring(equals + 1).strip(), location.file());
      all = all.withValue(ConfigUtil.joinPath(path), value);
    }
    return all;
  }

  private static boolean changeable(List<String> path) {
    return CHANGEABLE.stream()
        .anyMatch(
            prefix ->
                path.size() >= 2
                    && path.size() >= prefix.size()
                    && path.subList(0, prefix.size()).equals(prefix));
  }

  private static String refusal(List<String> path, String by) {
    String written = ConfigUtil.joinPath(path);
    return Suggestion.nearest(written, changeablePaths())
        .map(near -> "unknown key " + written + "; did you mean " + near + "?")
        .orElse(
            written
                + " cannot be changed by "
                + by
                + ", which changes places, credentials and sizes (landing.*, lake.*,"
                + " warehouse.*, batch.*, spark.*) but never logic: change it in the pipeline file");
  }

  private static List<String> changeablePaths() {
    return TableKeys.ROOT.sections().stream()
        .flatMap(section -> section.keys().stream().map(key -> List.of(section.name(), key.name())))
        .filter(Layers::changeable)
        .map(ConfigUtil::joinPath)
        .toList();
  }

  private interface LeafVisitor {
    void visit(List<String> path, ConfigValue value);
  }

  private static void leaves(ConfigObject object, List<String> path, LeafVisitor visitor) {
    object.forEach(
        (key, value) -> {
          List<String> longer = Stream.concat(path.stream(), Stream.of(key)).toList();
          if (value instanceof ConfigObject inner) {
            leaves(inner, longer, visitor);
          } else {
            visitor.visit(longer, value);
          }
        });
  }

  static Config parse(Path file) {
    try {
      return ConfigFactory.parseFile(file.toFile());
    } catch (ConfigException e) {
      throw unreadable(e);
    }
  }

  static Config resolve(Config config) {
    try {
      return config.resolve();
    } catch (ConfigException e) {
      throw unreadable(e);
    }
  }

  private static SluiceException unreadable(ConfigException e) {
    Location location =
        e.origin() == null ? new Location("configuration", 0) : Location.of(e.origin());
    String prefix = e.origin() == null ? "" : e.origin().description() + ": ";
    String message = String.valueOf(e.getMessage());
    String detail = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return new SluiceException(
        Reason.CONFIG_INVALID,
        "The configuration cannot be read",
        location + ": " + detail.strip(),
        "Correct the HOCON at this place; often a bracket or a quote is missing.",
        e);
  }

  private static Path existing(Path file, String what) {
    if (Files.isRegularFile(file) && Files.isReadable(file)) {
      return file;
    }
    List<String> beside = beside(file);
    throw new SluiceException(
        Reason.CONFIG_INVALID,
        "The " + what + " " + file + " cannot be read",
        (Files.exists(file) ? "it is not a readable file: " : "there is no file ")
            + file.toAbsolutePath().normalize(),
        beside.isEmpty()
            ? "Check the path."
            : "Check the path; there are: " + String.join(", ", beside) + ".");
  }

  private static List<String> beside(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".conf"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
