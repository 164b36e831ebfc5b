package io.sluice.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One written block, read key by key; mistakes are collected and reading goes on. */
final class Node {
  /**
   * What all nodes of one pipeline share.
   *
   * @param defaults the block of defaults for items
   */
  record Context(
      Problems problems, Effective effective, DeclarationOrder order, ConfigObject defaults) {}

  private static final ConfigObject NOTHING = ConfigValueFactory.fromMap(Map.of());

  private final Context context;
  private final Section section;
  private final List<String> path;
  private final ConfigObject own;
  private final ConfigObject fallback;
  private final Location location;

  private Node(
      Context context,
      Section section,
      List<String> path,
      ConfigObject own,
      ConfigObject fallback,
      Location location) {
    this.context = context;
    this.section = section;
    this.path = List.copyOf(path);
    this.own = own;
    this.fallback = fallback;
    this.location = location;
    checkNames();
  }

  /**
   * @param location where what is missing altogether should have been
   */
  static Node root(
      Context context, Section section, List<String> path, ConfigObject own, Location location) {
    return new Node(context, section, path, own, NOTHING, location);
  }

  String name() {
    return path.get(path.size() - 1);
  }

  /** Whether the key stands in the block itself. */
  boolean declares(Key<?> key) {
    return present(own, key.name());
  }

  boolean declares(Section child) {
    return present(own, child.name());
  }

  /** The value, or its default; a stand-in of the type where there is a mistake, which is noted. */
  <T> T value(Key<T> key) {
    ConfigValue written = written(key.name());
    if (written == null) {
      if (key.presence() == Key.Presence.REQUIRED) {
        mistake(key, "the key " + pathOf(key.name()) + " is missing: " + lower(key));
      }
      return key.presence() == Key.Presence.DEFAULTED
          ? read(key, ConfigFactory.parseString("it = " + key.fallback()).getValue("it"))
          : key.type().blank();
    }
    return read(key, written);
  }

  <T> Optional<T> optional(Key<T> key) {
    ConfigValue written = written(key.name());
    return written == null ? Optional.empty() : Optional.of(read(key, written));
  }

  /** A block that stands once; empty if it is not there. */
  Node child(Section child) {
    ConfigObject childFallback = objectOr(fallback.get(child.name()));
    ConfigValue written = own.get(child.name());
    List<String> childPath = append(path, child.name());
    if (written == null) {
      return new Node(context, child, childPath, NOTHING, childFallback, location);
    }
    return new Node(
        context,
        child,
        childPath,
        object(written, childPath),
        childFallback,
        Location.inFile(written).orElse(location));
  }

  /** The blocks of a section of named or listed ones, in the order in which they are written. */
  List<Node> items(Section child) {
    ConfigValue written = written(child.name());
    if (written == null) {
      return List.of();
    }
    return child.shape() == Section.Shape.LISTED ? listed(child, written) : named(child, written);
  }

  /** The values of a block of any keys, flattened. */
  ConfigObject free(Section child) {
    ConfigValue written = own.get(child.name());
    return written == null ? NOTHING : object(written, append(path, child.name()));
  }

  /** Notes a mistake in this block. */
  void mistake(String text) {
    context.problems().add(path, location, text);
  }

  /** Notes a mistake in the value of a key. */
  void mistake(Key<?> key, String text) {
    ConfigValue written = written(key.name());
    context.problems().add(append(path, key.name()), locate(written), text);
  }

  /** Notes a mistake in one element of a list. */
  void mistake(Key<?> key, String element, String text) {
    ConfigValue found = written(key.name());
    if (found instanceof ConfigList list) {
      for (ConfigValue value : list) {
        if (element.equals(value.unwrapped())
            || value.unwrapped() instanceof Map<?, ?> block && block.containsValue(element)) {
          found = value;
        }
      }
    }
    context.problems().add(append(path, key.name()), locate(found), text);
  }

  /** The file and line of a key's value, for mistakes that only Spark finds. */
  String place(Key<?> key) {
    return locate(written(key.name())).toString();
  }

  /** The file and line where the block begins. */
  String place() {
    return location.toString();
  }

  /** Notes a mistake in a file that the value of a key names. */
  void mistake(Key<?> key, Location inFile, String text) {
    context.problems().add(append(path, key.name()), inFile, text);
  }

  /** Whether the value of the key is already known to be wrong. */
  boolean wrong(Key<?> key) {
    return context.problems().at(append(path, key.name()));
  }

  /** Replaces what the effective configuration shows for a key. */
  void shows(Key<?> key, String text) {
    context
        .effective()
        .put(append(path, key.name()), ConfigUtil.quoteString(text), locate(written(key.name())));
  }

  String pathOf(String key) {
    return ConfigUtil.joinPath(append(path, key));
  }

  private <T> T read(Key<T> key, ConfigValue written) {
    try {
      T value = key.type().reading().read(written);
      if (section.shape() != Section.Shape.LISTED) {
        context.effective().put(append(path, key.name()), hocon(written), Location.of(written));
      }
      return value;
    } catch (BadValue e) {
      String shown = key.type().hidden() ? "is not usable" : "is " + hocon(written);
      mistake(
          key,
          pathOf(key.name())
              + " "
              + shown
              + ", but must be "
              + key.type().description()
              + e.getMessage());
      return key.type().blank();
    }
  }

  private List<Node> named(Section child, ConfigValue written) {
    List<String> childPath = append(path, child.name());
    ConfigObject object = object(written, childPath);
    ConfigObject itemDefaults = objectOr(context.defaults().get(child.item()));
    List<Node> items = new ArrayList<>();
    for (String name : context.order().of(object)) {
      List<String> itemPath = append(childPath, name);
      ConfigValue value = object.get(name);
      if (!Types.isName(name)) {
        context
            .problems()
            .add(
                itemPath,
                Location.of(value),
                "the name %s in %s must be %s"
                    .formatted(name, String.join(".", childPath), Types.NAME.description()));
      }
      context.effective().begin(itemPath);
      items.add(
          new Node(
              context, child, itemPath, object(value, itemPath), itemDefaults, Location.of(value)));
    }
    return items;
  }

  private List<Node> listed(Section child, ConfigValue written) {
    List<String> childPath = append(path, child.name());
    if (!(written instanceof ConfigList list)) {
      context
          .problems()
          .add(
              childPath,
              Location.of(written),
              "%s must be a list of blocks, [ { … }, { … } ]".formatted(pathOf(child.name())));
      return List.of();
    }
    if (own.containsKey(child.name()) && !list.isEmpty()) {
      context.effective().put(childPath, hocon(written), Location.of(written));
    }
    ConfigObject itemDefaults = objectOr(context.defaults().get(child.item()));
    List<Node> items = new ArrayList<>();
    for (ConfigValue value : list) {
      List<String> itemPath = append(childPath, String.valueOf(items.size() + 1));
      items.add(
          new Node(
              context, child, itemPath, object(value, itemPath), itemDefaults, Location.of(value)));
    }
    return items;
  }

  private void checkNames() {
    List<String> known = section.names();
    for (String name : own.keySet()) {
      if (!known.contains(name)) {
        context
            .problems()
            .add(
                append(path, name),
                Location.of(own.get(name)),
                "unknown key " + pathOf(name) + Suggestion.orList(name, known, "known here"));
      }
    }
  }

  private ConfigObject object(ConfigValue value, List<String> at) {
    if (value instanceof ConfigObject object) {
      return object;
    }
    context
        .problems()
        .add(
            at,
            Location.of(value),
            "%s is %s, but must be a block, { … }"
                .formatted(ConfigUtil.joinPath(at), hocon(value)));
    return NOTHING;
  }

  private ConfigValue written(String key) {
    if (present(own, key)) {
      return own.get(key);
    }
    return present(fallback, key) ? fallback.get(key) : null;
  }

  private Location locate(ConfigValue value) {
    return value == null ? location : Location.of(value);
  }

  private static boolean present(ConfigObject object, String key) {
    ConfigValue value = object.get(key);
    return value != null && value.valueType() != ConfigValueType.NULL;
  }

  private static ConfigObject objectOr(ConfigValue value) {
    return value instanceof ConfigObject object ? object : NOTHING;
  }

  private static String hocon(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static String lower(Key<?> key) {
    String text = key.documentation();
    String start = text.substring(0, 1).toLowerCase(Locale.ROOT);
    return start + text.substring(1, text.length() - 1);
  }

  private static List<String> append(List<String> path, String key) {
    List<String> longer = new ArrayList<>(path);
    longer.add(key);
    return List.copyOf(longer);
  }
}
