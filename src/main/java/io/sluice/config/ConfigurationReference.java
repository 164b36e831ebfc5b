package io.sluice.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes down what the declarations of keys say: as defaults in HOCON, and as a page for people.
 */
final class ConfigurationReference {
  private ConfigurationReference() {}

  /** The content of {@code reference.conf}. */
  static String defaults() {
    StringBuilder text =
        new StringBuilder(
            """
            # Every key with its default. A pipeline file overrides what it sets; null stands for none.
            # Made from the declarations in io.sluice.config; a test holds it in step with them.

            """);
    for (Section section : TableKeys.ROOT.sections()) {
      if (section.item().isEmpty()) {
        block(text, section, 0);
        text.append('\n');
      }
    }
    block(text, Defaults.section(), 0);
    return text.toString();
  }

  private static void block(StringBuilder text, Section section, int depth) {
    String indent = "  ".repeat(depth);
    text.append(indent).append("# ").append(section.documentation()).append('\n');
    text.append(indent).append(section.name()).append(" {\n");
    String inner = indent + "  ";
    for (Key<?> key : section.keys()) {
      text.append(inner).append("# ").append(key.documentation()).append('\n');
      text.append(inner);
      switch (key.presence()) {
        case REQUIRED -> text.append("# ").append(key.name()).append(" = (required)");
        case OPTIONAL -> text.append(key.name()).append(" = null");
        case DEFAULTED -> text.append(key.name()).append(" = ").append(key.fallback());
      }
      text.append('\n');
    }
    section.sections().forEach(nested -> block(text, nested, depth + 1));
    text.append(indent).append("}\n");
  }

  /** The content of {@code docs/configuration.md}. */
  static String page() {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            One file in HOCON is one pipeline. This page lists every key that it may hold; it is made from the
            declarations in the code, and a test holds it in step with them.

            Four layers, of which the later ones win:

            1. the defaults below (`src/main/resources/reference.conf`),
            2. the pipeline file, e.g. `conf/portfolio.conf`,
            3. an environment overlay: `--env NAME` reads `env/NAME.conf` beside the pipeline file,
            4. `--set key=value`, as often as needed.

            Overlays and `--set` change places, credentials and sizes (`landing.root`, `lake.*`, `warehouse.*`, `batch.*`,
            `spark.*`), never logic: what a pipeline computes is the same everywhere. Secrets are given by reference
            (`env:NAME` or `file:/path`), never by their value.

            Relative places written in a file lie in the project directory, those given with `--set` in the working
            directory. SQL files are relative to the pipeline file.

            Unknown, mistyped and missing keys, and names that refer to nothing, are all reported at once, with file and
            line, before anything is read. `sluice config` prints the configuration in effect.

            A pipeline file may also hold a block `defaults`, with what holds for all of its sources, columns, tables and
            checks that do not say otherwise: `defaults.source.limits.rejected-rows = 5%`. What it may hold is shown in
            `reference.conf`.
            """);
    TableKeys.ROOT.sections().forEach(section -> chapter(text, section, "", 2));
    return text.toString();
  }

  private static void chapter(StringBuilder text, Section section, String prefix, int level) {
    String path = prefix + section.name() + suffix(section);
    text.append('\n').append("#".repeat(level)).append(" `").append(path).append("`\n\n");
    text.append(section.documentation()).append('\n');
    if (!section.keys().isEmpty()) {
      text.append("\n| key | value | default | |\n|---|---|---|---|\n");
      section.keys().forEach(key -> row(text, key));
    }
    List<Section> nested = section.sections();
    nested.forEach(inner -> chapter(text, inner, path + ".", Math.min(4, level + 1)));
  }

  private static String suffix(Section section) {
    return switch (section.shape()) {
      case ONE -> "";
      case NAMED -> ".NAME";
      case LISTED -> "[]";
      case FREE -> ".*";
    };
  }

  private static void row(StringBuilder text, Key<?> key) {
    String fallback =
        switch (key.presence()) {
          case REQUIRED -> "**required**";
          case OPTIONAL -> "";
          case DEFAULTED -> "`" + key.fallback() + "`";
        };
    String cells =
        List.of(
                "`" + key.name() + "`",
                key.type().description().replace("*", "\\*"),
                fallback,
                key.documentation())
            .stream()
            .map(cell -> cell.replace("|", "\\|").replace("<", "&lt;"))
            .collect(Collectors.joining(" | ", "| ", " |"));
    text.append(cells).append("\n");
  }
}
