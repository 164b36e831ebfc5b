package io.sluice.config;

import java.util.ArrayList;
import java.util.Collections;
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
            fact.lookups().forEach(lookup -> checkDimension(node, fact, lookup));
            checkColumns(node, name, fact, table.partitionByDate().isPresent());
            checkEvents(node, fact);
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

  void checkControl() {
    gold.forEach(
        (name, table) -> {
          if (table.shape() instanceof GoldTable.SqlModel model) {
            model.control().forEach(total -> checkControl(nodes.get(name), total));
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

  private void checkControl(Node node, ControlTotal total) {
    String said = node.pathOf("control") + ": " + total.column() + " is held to " + total.fact();
    if (!nodes.containsKey(total.fact())) {
      node.mistake(
          TableKeys.CONTROL,
          said
              + ", which is not a gold table"
              + Suggestion.orList(total.fact(), facts(), "there are the facts"));
      return;
    }
    GoldTable table = gold.get(total.fact());
    if (table == null) {
      return;
    }
    if (!(table.shape() instanceof GoldTable.Fact fact)) {
      node.mistake(TableKeys.CONTROL, said + ", which is not a fact table");
      return;
    }
    Optional<Measure> measure =
        fact.measures().stream().filter(each -> each.column().equals(total.measure())).findFirst();
    if (measure.isEmpty()) {
      node.mistake(
          TableKeys.CONTROL,
          "%s.%s, which is not a measure of it%s"
              .formatted(
                  said,
                  total.measure(),
                  Suggestion.orList(total.measure(), fact.measureColumns(), "there are")));
    } else if (!measure.get().sumsWithinDay()) {
      node.mistake(
          TableKeys.CONTROL,
          "%s.%s, whose sum over a day means nothing: %s"
              .formatted(
                  said,
                  total.measure(),
                  measure.get().additive() == Measure.Additive.NONE
                      ? "it is non-additive"
                      : "it is additive except over "
                          + String.join(" and ", measure.get().except())));
    }
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

  /** Two of the fact's columns must not have one name. */
  private void checkColumns(Node node, String name, GoldTable.Fact fact, boolean partitioned) {
    List<String> columns = new ArrayList<>(List.of("date_key", "file_id", "sheet_row"));
    if (partitioned) {
      columns.addAll(SilverReader.DATE_PARTS);
    }
    fact.dates().forEach(date -> columns.add(GoldTable.Fact.dateKey(date)));
    fact.lookups().forEach(lookup -> columns.add(lookup.keyName()));
    columns.addAll(fact.carried(tables::businessKey));
    fact.measureColumns().stream()
        .filter(column -> !fact.degenerate().contains(column))
        .forEach(columns::add);
    columns.stream()
        .filter(column -> Collections.frequency(columns, column) > 1)
        .distinct()
        .forEach(
            column ->
                node.mistake(
                    "the fact %s would have two columns called %s".formatted(name, column)));
  }

  /** Events that no column tells apart are a snapshot of what happened on the day. */
  private void checkEvents(Node node, GoldTable.Fact fact) {
    if (fact.kind() == GoldTable.Fact.Kind.TRANSACTION
        && !fact.grain().isEmpty()
        && gold.keySet().containsAll(fact.dimensions())
        && fact.carried(tables::businessKey).stream().noneMatch(fact.grain()::contains)) {
      node.mistake(
          TableKeys.GRAIN,
          "%s has only dates and keys of dimensions, which two events of one day can share; name what"
                  .formatted(node.pathOf("grain"))
              + " tells them apart, e.g. the number of the trade, or leave out kind = transaction");
    }
  }

  private void checkDimension(Node node, GoldTable.Fact fact, Lookup lookup) {
    String name = lookup.dimension();
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
      checkBusinessKey(node, fact, lookup, dimension);
    } else {
      node.mistake(TableKeys.DIMENSIONS, name, name + " is not a dimension");
    }
  }

  private void checkBusinessKey(
      Node node, GoldTable.Fact fact, Lookup lookup, GoldTable.Dimension dimension) {
    Optional<Map<String, Column>> columns = tables.silverColumns(fact.from());
    if (columns.isEmpty() || dimension.key().isEmpty()) {
      return;
    }
    String name = lookup.dimension();
    List<String> own = lookup.columns(dimension.key());
    if (own.size() != dimension.key().size()) {
      node.mistake(
          TableKeys.DIMENSIONS,
          name,
          "%s names %d columns of %s for the %d of the key of %s; they go together one by one"
              .formatted(
                  node.pathOf("dimensions"),
                  own.size(),
                  fact.from(),
                  dimension.key().size(),
                  lookup.title()));
      return;
    }
    for (int i = 0; i < own.size(); i++) {
      String key = dimension.key().get(i);
      if (!columns.get().containsKey(own.get(i))) {
        // One that is named there is a mistake already.
        if (lookup.key().isEmpty()) {
          node.mistake(
              TableKeys.DIMENSIONS,
              name,
              "%s names %s, whose key %s is not a column of %s"
                  .formatted(node.pathOf("dimensions"), name, key, fact.from()));
        }
        continue;
      }
      Optional<ColumnType> here = tables.type(fact.from(), own.get(i));
      Optional<ColumnType> there =
          dimension.from().stream().flatMap(from -> tables.type(from, key).stream()).findFirst();
      if (here.isPresent() && there.isPresent() && !here.equals(there)) {
        node.mistake(
            TableKeys.DIMENSIONS,
            name,
            "%s names %s, whose key %s is %s, but %s of %s is %s"
                .formatted(
                    node.pathOf("dimensions"),
                    name,
                    key,
                    there.get().sql(),
                    own.get(i),
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

  private List<String> facts() {
    return gold.values().stream()
        .filter(table -> table.shape() instanceof GoldTable.Fact)
        .map(GoldTable::name)
        .toList();
  }
}
