package io.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one silver table and checks it against its source. */
final class SilverReader {
  /** The partition columns. */
  static final List<String> DATE_PARTS = List.of("year", "month", "day");

  private static final String REJECTS = "rejects";

  private final Node node;
  private final Tables tables;

  private SilverReader(Node node, Tables tables) {
    this.node = node;
    this.tables = tables;
  }

  static SilverTable read(Node node, Tables tables) {
    return new SilverReader(node, tables).read();
  }

  private SilverTable read() {
    if (node.name().equals(REJECTS)) {
      node.mistake("rejects is the table of rejected rows; choose another name");
    }
    String from = node.value(TableKeys.SILVER_FROM);
    if (!from.isEmpty() && !tables.sourceNames().contains(from)) {
      node.mistake(
          TableKeys.SILVER_FROM,
          "%s names the source %s, which is not declared%s"
              .formatted(
                  node.pathOf("from"),
                  from,
                  Suggestion.orList(from, tables.sourceNames(), "declared")));
    }
    Map<String, Column> columns = tables.sourceColumns(from).orElse(Map.of());
    References references = new References(columns.keySet(), "the source " + from);
    List<String> key = key(columns, references, from);
    Optional<String> partition = partition(references, from);
    Set<String> ruleNames = new HashSet<>();
    List<RowRule> rules = rules(ruleNames);
    SilverTable table =
        new SilverTable(
            node.name(),
            node.value(PlaceKeys.DESCRIPTION),
            node.value(PlaceKeys.OWNER),
            from,
            key,
            partition,
            node.value(TableKeys.DUPLICATES),
            rules,
            GateReader.read(node, gateColumns(columns, partition)));
    return table
        .referringTo(new ReferenceReader(node, tables, ruleNames).read())
        .deletedWhen(deletedWhen());
  }

  private List<String> key(Map<String, Column> columns, References references, String from) {
    List<String> key = node.value(TableKeys.SILVER_KEY);
    if (node.wrong(TableKeys.SILVER_KEY)) {
      return key;
    }
    if (key.isEmpty()) {
      node.mistake(TableKeys.SILVER_KEY, node.pathOf("key") + " must name at least one column");
    }
    references.check(node, TableKeys.SILVER_KEY, key);
    for (String slice : tables.source(from).map(Source::slice).orElse(List.of())) {
      if (!key.contains(slice) && columns.containsKey(slice)) {
        node.mistake(
            TableKeys.SILVER_KEY,
            "%s must include %s, because the source %s is sliced by it"
                .formatted(node.pathOf("key"), slice, from));
      }
    }
    tables.source(from).ifPresent(source -> checkDelivery(source, key));
    return key;
  }

  private void checkDelivery(Source source, List<String> key) {
    boolean sameColumns = Set.copyOf(key).equals(Set.copyOf(source.slice()));
    if (source.delivers() == Source.Delivers.CHANGES && !sameColumns) {
      node.mistake(
          TableKeys.SILVER_KEY,
          "%s must be the slice of %s, %s, because its workbooks bring changes, a row a key"
              .formatted(node.pathOf("key"), source.name(), String.join(", ", source.slice())));
    }
    if (source.delivers() == Source.Delivers.SNAPSHOT && sameColumns) {
      node.mistake(
          TableKeys.SILVER_KEY,
          "%s must name more than %s, because the workbooks of %s are snapshots of the members on a date"
              .formatted(node.pathOf("key"), String.join(", ", source.slice()), source.name()));
    }
    for (String taken : SilverTable.VANISHED_COLUMNS) {
      if (source.delivers() == Source.Delivers.SNAPSHOT && key.contains(taken)) {
        node.mistake(
            TableKeys.SILVER_KEY,
            "%s cannot have %s, which is a column of %s; choose another name for it"
                .formatted(node.pathOf("key"), taken, SilverTable.vanished(node.name())));
      }
    }
    String vanished = SilverTable.vanished(node.name());
    if (source.delivers() == Source.Delivers.SNAPSHOT && tables.silverNames().contains(vanished)) {
      node.mistake(
          vanished + " is the table of what vanished from " + node.name() + "; rename one of both");
    }
  }

  private String deletedWhen() {
    Optional<String> condition = node.optional(TableKeys.DELETED_WHEN);
    if (condition.isPresent() && condition.get().isBlank()) {
      node.mistake(TableKeys.DELETED_WHEN, node.pathOf("deleted-when") + " must not be empty");
    }
    return condition.map(String::strip).orElse("");
  }

  private Optional<String> partition(References references, String from) {
    Optional<String> partition = node.optional(TableKeys.PARTITION_BY_DATE);
    if (partition.isEmpty() || node.wrong(TableKeys.PARTITION_BY_DATE)) {
      return partition;
    }
    String column = partition.get();
    references.check(node, TableKeys.PARTITION_BY_DATE, List.of(column));
    References.checkDate(node, TableKeys.PARTITION_BY_DATE, tables, node.name(), column);
    tables
        .silverColumns(node.name())
        .map(columns -> columns.get(column))
        .filter(found -> !found.required())
        .ifPresent(
            found ->
                node.mistake(
                    TableKeys.PARTITION_BY_DATE,
                    "%s names %s, which must then be required = true"
                        .formatted(node.pathOf("partition-by-date"), column)));
    tables
        .source(from)
        .map(Source::slice)
        .filter(slice -> !slice.isEmpty() && !slice.contains(column))
        .ifPresent(
            slice ->
                node.mistake(
                    TableKeys.PARTITION_BY_DATE,
                    "%s names %s, which must be a slice column of %s: a slice lies in one partition"
                        .formatted(node.pathOf("partition-by-date"), column, from)));
    for (String part : DATE_PARTS) {
      if (tables.silverColumns(node.name()).map(all -> all.containsKey(part)).orElse(false)) {
        node.mistake(
            TableKeys.PARTITION_BY_DATE,
            "a table that is partitioned by date has columns year, month and day of its own, so the"
                + " source cannot have a column "
                + part);
      }
    }
    return partition;
  }

  private List<RowRule> rules(Set<String> names) {
    List<RowRule> rules = new ArrayList<>();
    for (Node item : node.items(TableKeys.RULES)) {
      RowRule rule = new RowRule(item.value(TableKeys.RULE_NAME), item.value(TableKeys.RULE_ROW));
      if (!rule.name().isEmpty() && !names.add(rule.name())) {
        item.mistake(TableKeys.RULE_NAME, "there are two rules called " + rule.name());
      }
      if (rule.row().isBlank() && !item.wrong(TableKeys.RULE_ROW)) {
        item.mistake(TableKeys.RULE_ROW, item.pathOf("row") + " must not be empty");
      }
      rules.add(rule);
    }
    return rules;
  }

  private Map<String, Optional<ColumnType>> gateColumns(
      Map<String, Column> columns, Optional<String> partition) {
    Map<String, Optional<ColumnType>> all = new HashMap<>();
    if (columns.isEmpty()) {
      return all;
    }
    columns.keySet().forEach(name -> all.put(name, tables.type(node.name(), name)));
    all.put("file_id", Optional.of(ColumnType.of(ColumnType.Kind.STRING)));
    all.put("sheet_row", Optional.of(ColumnType.of(ColumnType.Kind.INTEGER)));
    if (partition.isPresent()) {
      DATE_PARTS.forEach(part -> all.put(part, Optional.of(ColumnType.of(ColumnType.Kind.STRING))));
    }
    return all;
  }
}
