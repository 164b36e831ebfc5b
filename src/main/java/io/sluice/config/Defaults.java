package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The block {@code defaults}: what holds for every source, column, table and check that does not
 * say otherwise.
 */
final class Defaults {
  static final String NAME = "defaults";

  private Defaults() {}

  /** What the block may hold: one block for each kind of item, without the items inside. */
  static Section section() {
    List<Section> kinds = new ArrayList<>();
    collect(TableKeys.ROOT, kinds);
    return Section.one(
        NAME,
        "What holds for every source, column, table and check that does not say otherwise.",
        List.of(),
        kinds.toArray(Section[]::new));
  }

  private static void collect(Section section, List<Section> kinds) {
    for (Section inner : section.sections()) {
      if (!inner.item().isEmpty() && kinds.stream().noneMatch(k -> k.name().equals(inner.item()))) {
        Section[] once =
            inner.sections().stream()
                .filter(nested -> nested.shape() == Section.Shape.ONE)
                .toArray(Section[]::new);
        kinds.add(Section.one(inner.item(), inner.documentation(), inner.keys(), once));
      }
      collect(inner, kinds);
    }
  }

  /** Notes names that mean nothing; values are checked where they are used. */
  static void check(
      ConfigValue written,
      Problems problems,
      Effective effective,
      DeclarationOrder order,
      Location file) {
    if (written instanceof ConfigObject object) {
      Section section = section();
      Node node =
          Node.root(
              new Node.Context(problems, effective, order, object),
              section,
              List.of(NAME),
              object,
              file);
      section.sections().forEach(kind -> kind.sections().forEach(node.child(kind)::child));
    }
  }
}
