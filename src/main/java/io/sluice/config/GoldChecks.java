package io.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What gold tables, and the list of those to publish, say of each other. */
final class GoldChecks {
  private final Map<String, Node> nodes;
  private final Map<String, GoldTable> gold;
  private final Tables tables;

  /**
   * @param nodes all declared gold tables
   * @param gold those of them that could be read
   */
  GoldChecks(Map<String, Node> nodes, Map<String, GoldTable> gold, Tables tables) {
    this.nodes = nodes;
    this.gold = gold;
    this.tables = tables;
  }

  void checkFacts() {
    List<String> calendars = calendars();
    gold.forEach(
        (name, table) -> {
          if (table.shape() instanceof GoldTable.Fact fact) {
            Node node = nodes.get(name).child(TableKeys.FACT);
            fact.dimensions().forEach(dimension -> checkDimension(node, fact, dimension));
            if (calendars.size() != 1 && gold.size() == nodes.size()) {
              node.mistake(
                  "the fact "
                      + name
                      + " needs exactly one calendar table in gold for its date_key, but there "
                      + (calendars.isEmpty()
                          ? "is none"
                          : "are " + String.join(" and ", calendars)));
            }
          }
        });
  }

  /** The table of changes beside a dimension lies where a gold table of its name would. */
  void checkNames() {
    gold.forEach(
        (name, table) -> {
          String changes = GoldTable.changesOf(name);
          if (table.shape() instanceof GoldTable.Dimension && nodes.containsKey(changes)) {
            nodes
                .get(changes)
                .mistake(
                    "%s is the table of what changes in %s; choose another name"
                        .formatted(changes, name));
          }
        });
  }

  void checkPublished(Node publish, List<String> published) {
    for (String name : published) {
      if (!nodes.containsKey(name)) {
        publish.mistake(
            PlaceKeys.PUBLISHED,
            name,
            "%s names %s, which is not a gold table%s"
                .formatted(
                    publish.pathOf("tables"),
                    name,
                    Suggestion.orList(name, nodes.keySet(), "there are")));
      } else if (gold.containsKey(name) && gold.get(name).shape() instanceof GoldTable.Fact fact) {
        checkReferred(publish, name, fact, published);
      }
    }
  }

  private void checkReferred(
      Node publish, String name, GoldTable.Fact fact, List<String> published) {
    List<String> referred = new ArrayList<>(calendars());
    referred.addAll(fact.dimensions());
    for (String table : referred) {
      if (nodes.containsKey(table) && !published.contains(table)) {
        publish.mistake(
            PlaceKeys.PUBLISHED,
            name,
            "%s has %s, but not %s, to which it refers"
                .formatted(publish.pathOf("tables"), name, table));
      }
    }
  }

  private void checkDimension(Node node, GoldTable.Fact fact, String name) {
    if (!nodes.containsKey(name)) {
      node.mistake(
          TableKeys.DIMENSIONS,
          name,
          "%s names %s, which is not a gold table%s"
              .formatted(
                  node.pathOf("dimensions"),
                  name,
                  Suggestion.orList(name, dimensions(), "there are the dimensions")));
      return;
    }
    GoldTable table = gold.get(name);
    if (table == null) {
      return;
    }
    if (table.shape() instanceof GoldTable.Calendar) {
      node.mistake(
          TableKeys.DIMENSIONS,
          name,
          name + " is the calendar, which a fact joins by its date: leave it out of dimensions");
    } else if (table.shape() instanceof GoldTable.Dimension dimension) {
      checkBusinessKey(node, fact, name, dimension);
    } else {
      node.mistake(TableKeys.DIMENSIONS, name, name + " is not a dimension");
    }
  }

  private void checkBusinessKey(
      Node node, GoldTable.Fact fact, String name, GoldTable.Dimension dimension) {
    Optional<Map<String, Column>> columns = tables.silverColumns(fact.from());
    if (columns.isEmpty()) {
      return;
    }
    for (String key : dimension.key()) {
      if (!columns.get().containsKey(key)) {
        node.mistake(
            TableKeys.DIMENSIONS,
            name,
            "%s names %s, whose key %s is not a column of %s"
                .formatted(node.pathOf("dimensions"), name, key, fact.from()));
        continue;
      }
      Optional<ColumnType> here = tables.type(fact.from(), key);
      Optional<ColumnType> there =
          dimension.from().stream().flatMap(from -> tables.type(from, key).stream()).findFirst();
      if (here.isPresent() && there.isPresent() && !here.equals(there)) {
        node.mistake(
            TableKeys.DIMENSIONS,
            name,
            "%s names %s, whose key %s is %s, but in %s it is %s"
                .formatted(
                    node.pathOf("dimensions"),
                    name,
                    key,
                    there.get().sql(),
                    fact.from(),
                    here.get().sql()));
      }
    }
  }

  private List<String> calendars() {
    return gold.values().stream()
        .filter(table -> table.shape() instanceof GoldTable.Calendar)
        .map(GoldTable::name)
        .toList();
  }

  private List<String> dimensions() {
    return gold.values().stream()
        .filter(table -> table.shape() instanceof GoldTable.Dimension)
        .map(GoldTable::name)
        .toList();
  }
}
