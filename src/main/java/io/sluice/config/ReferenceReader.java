package io.sluice.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads the references of one silver table to others, and checks them. */
final class ReferenceReader {
  private final Node node;
  private final Tables tables;
  private final Set<String> ruleNames;

  /**
   * @param ruleNames names that rejects know already; those of the references are added
   */
  ReferenceReader(Node node, Tables tables, Set<String> ruleNames) {
    this.node = node;
    this.tables = tables;
    this.ruleNames = ruleNames;
  }

  List<Reference> read() {
    List<Reference> references = new ArrayList<>();
    for (Node item : node.items(TableKeys.REFERENCES)) {
      List<String> columns = item.value(TableKeys.REFERENCE_COLUMNS);
      Reference reference =
          new Reference(
              item.value(TableKeys.REFERENCE_NAME),
              columns,
              item.value(TableKeys.REFERENCE_IN),
              item.optional(TableKeys.REFERENCE_KEY).orElse(columns));
      if (!reference.name().isEmpty() && !ruleNames.add(reference.name())) {
        item.mistake(
            TableKeys.REFERENCE_NAME,
            "there are two rules or references called " + reference.name());
      }
      check(item, reference);
      references.add(reference);
    }
    return references;
  }

  private void check(Node item, Reference reference) {
    if (reference.columns().isEmpty() && !item.wrong(TableKeys.REFERENCE_COLUMNS)) {
      item.mistake(
          TableKeys.REFERENCE_COLUMNS, item.pathOf("columns") + " must name at least one column");
      return;
    }
    columns(node.name()).check(item, TableKeys.REFERENCE_COLUMNS, reference.columns());
    if (reference.in().isEmpty()) {
      return;
    }
    if (!tables.silverNames().contains(reference.in())) {
      item.mistake(
          TableKeys.REFERENCE_IN,
          "%s names %s, which is not a silver table%s"
              .formatted(
                  item.pathOf("in"),
                  reference.in(),
                  Suggestion.orList(reference.in(), tables.silverNames(), "there are")));
      return;
    }
    Key<?> key =
        item.declares(TableKeys.REFERENCE_KEY)
            ? TableKeys.REFERENCE_KEY
            : TableKeys.REFERENCE_COLUMNS;
    columns(reference.in()).check(item, key, reference.key());
    if (reference.columns().size() != reference.key().size()) {
      item.mistake(
          key,
          "%s names %d columns of %s for the %d of %s; they go together one by one"
              .formatted(
                  item.pathOf("key"),
                  reference.key().size(),
                  reference.in(),
                  reference.columns().size(),
                  node.name()));
      return;
    }
    for (int i = 0; i < reference.columns().size(); i++) {
      checkTypes(item, key, reference, reference.columns().get(i), reference.key().get(i));
    }
  }

  private void checkTypes(Node item, Key<?> key, Reference reference, String here, String there) {
    Optional<ColumnType> mine = tables.type(node.name(), here);
    Optional<ColumnType> other = tables.type(reference.in(), there);
    if (mine.isEmpty() || other.isEmpty()) {
      return;
    }
    if (!mine.get().equals(other.get())) {
      item.mistake(
          key,
          "%s of %s is %s, but %s of %s is %s; what is compared must have one type"
              .formatted(
                  here, node.name(), mine.get().sql(), there, reference.in(), other.get().sql()));
    } else if (!Objects.equals(hashKey(node.name(), here), hashKey(reference.in(), there))) {
      item.mistake(
          key,
          "%s of %s and %s of %s are not hashed alike, so that no value of the one is one of the"
                  .formatted(here, node.name(), there, reference.in())
              + " other");
    }
  }

  private Secret hashKey(String table, String column) {
    return tables
        .silverColumns(table)
        .map(columns -> columns.get(column))
        .map(Column::hashKey)
        .orElse(null);
  }

  private References columns(String table) {
    return new References(
        tables.silverColumns(table).map(Map::keySet).orElse(Set.of()), "the silver table " + table);
  }

  /** Says so where tables refer to each other in a circle, or to themselves. */
  static void checkCircles(Map<String, Node> nodes, Collection<SilverTable> silver) {
    Map<String, SilverTable> byName = new LinkedHashMap<>();
    silver.forEach(table -> byName.put(table.name(), table));
    for (SilverTable table : silver) {
      List<String> path = circle(List.of(table.name()), byName);
      boolean first = path.stream().noneMatch(name -> before(name, table.name(), byName));
      if (!path.isEmpty() && first) {
        nodes
            .get(table.name())
            .mistake(
                "silver tables refer to each other in a circle: "
                    + String.join(" to ", path)
                    + "; none of them could be made first");
      }
    }
  }

  /** The way from the first table of the path back to it; empty if there is none. */
  private static List<String> circle(List<String> path, Map<String, SilverTable> byName) {
    SilverTable last = byName.get(path.get(path.size() - 1));
    for (Reference reference : last == null ? List.<Reference>of() : last.references()) {
      List<String> longer = new ArrayList<>(path);
      longer.add(reference.in());
      if (reference.in().equals(path.get(0))) {
        return longer;
      }
      if (!path.contains(reference.in())) {
        List<String> found = circle(longer, byName);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private static boolean before(String name, String other, Map<String, SilverTable> byName) {
    List<String> order = List.copyOf(byName.keySet());
    return order.indexOf(name) < order.indexOf(other);
  }
}
