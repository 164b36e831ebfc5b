package io.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one gold table and checks it against silver; what gold tables say of each other is checked
 * by {@link GoldChecks}.
 */
final class GoldReader {
  private static final String CONFLICTS = "dim_conflicts";

  private final Node node;
  private final Tables tables;
  private final Path folder;

  private GoldReader(Node node, Tables tables, Path folder) {
    this.node = node;
    this.tables = tables;
    this.folder = folder;
  }

  /**
   * @param folder of the pipeline file
   * @return the table; empty where its kind is not clear
   */
  static Optional<GoldTable> read(Node node, Tables tables, Path folder) {
    return new GoldReader(node, tables, folder).read();
  }

  private Optional<GoldTable> read() {
    if (node.name().equals(CONFLICTS)) {
      node.mistake("dim_conflicts is the table of contradictory attributes; choose another name");
    }
    if (tables.silverNames().contains(node.name())) {
      node.mistake(
          "there is a silver table called "
              + node.name()
              + " too; names must differ between silver and gold");
    }
    Optional<String> partition = node.optional(TableKeys.PARTITION_BY_DATE);
    Optional<GoldTable.Shape> shape = shape(partition);
    return shape.map(
        found ->
            new GoldTable(
                node.name(),
                node.value(PlaceKeys.DESCRIPTION),
                node.value(PlaceKeys.OWNER),
                found,
                partition,
                GateReader.read(node, GoldColumns.of(node.name(), found, partition, tables))));
  }

  private Optional<GoldTable.Shape> shape(Optional<String> partition) {
    List<String> kinds = new ArrayList<>();
    for (Section section : List.of(TableKeys.CALENDAR, TableKeys.DIMENSION, TableKeys.FACT)) {
      if (node.declares(section)) {
        kinds.add(section.name());
      }
    }
    if (node.declares(TableKeys.SQL)) {
      kinds.add(TableKeys.SQL.name());
    }
    if (kinds.size() != 1) {
      node.mistake(
          "a gold table is exactly one of calendar, dimension, fact or sql, but "
              + node.name()
              + " is "
              + (kinds.isEmpty() ? "none of them" : String.join(" and ", kinds)));
      return Optional.empty();
    }
    String kind = kinds.get(0);
    if (!kind.equals("sql")) {
      for (Key<?> key : List.of(TableKeys.SQL_DATE, TableKeys.READS, TableKeys.CONTROL)) {
        if (node.declares(key)) {
          node.mistake(key, key.name() + " stands here only with sql, not with " + kind);
        }
      }
    }
    if (partition.isPresent() && (kind.equals("calendar") || kind.equals("dimension"))) {
      node.mistake(TableKeys.PARTITION_BY_DATE, "a " + kind + " is not partitioned");
    }
    return Optional.of(
        switch (kind) {
          case "calendar" -> CalendarReader.read(node.child(TableKeys.CALENDAR), folder);
          case "dimension" -> dimension(node.child(TableKeys.DIMENSION));
          case "fact" -> {
            GoldTable.Fact fact = new FactReader(node.child(TableKeys.FACT), tables).read();
            checkPartition(fact, partition);
            yield fact;
          }
          default -> sql(partition);
        });
  }

  private GoldTable.Dimension dimension(Node dimension) {
    List<String> from = dimension.value(TableKeys.DIMENSION_FROM);
    List<String> key = dimension.value(TableKeys.DIMENSION_KEY);
    String asOf = dimension.value(TableKeys.AS_OF);
    GoldTable.Dimension shape =
        new GoldTable.Dimension(
            from,
            key,
            asOf,
            dimension.value(TableKeys.FIXED),
            dimension.value(TableKeys.HISTORY),
            dimension.value(TableKeys.OVERWRITE));
    atLeastOne(dimension, TableKeys.DIMENSION_FROM, from);
    atLeastOne(dimension, TableKeys.DIMENSION_KEY, key);
    for (String table : from) {
      silver(dimension, TableKeys.DIMENSION_FROM, table);
      columns(dimension, TableKeys.DIMENSION_KEY, table, key);
      columns(dimension, TableKeys.AS_OF, table, List.of(asOf));
      References.checkDate(dimension, TableKeys.AS_OF, tables, table, asOf);
    }
    DimensionChecks.check(dimension, shape, node.name(), tables);
    return shape;
  }

  private void checkPartition(GoldTable.Fact fact, Optional<String> partition) {
    if (partition.isPresent() && !fact.date().isEmpty() && !partition.get().equals(fact.date())) {
      node.mistake(
          TableKeys.PARTITION_BY_DATE,
          "%s is %s, but a fact is partitioned by its date, %s"
              .formatted(node.pathOf("partition-by-date"), partition.get(), fact.date()));
    }
  }

  private GoldTable.SqlModel sql(Optional<String> partition) {
    Optional<String> date = node.optional(TableKeys.SQL_DATE);
    if (date.isPresent() && partition.isPresent() && !date.equals(partition)) {
      node.mistake(
          TableKeys.SQL_DATE,
          "%s is %s, but the table is partitioned by %s: they must be the same; leave date out"
              .formatted(node.pathOf("date"), date.get(), partition.get()));
    }
    int reads = node.value(TableKeys.READS);
    if (date.isEmpty() && partition.isEmpty() && node.declares(TableKeys.READS)) {
      node.mistake(
          TableKeys.READS,
          "reads has a meaning only with date or partition-by-date; without them the table is"
              + " recomputed whole");
    }
    if (date.isEmpty() && partition.isEmpty() && node.declares(TableKeys.CONTROL)) {
      node.mistake(
          TableKeys.CONTROL,
          "control compares sums date by date; it needs date or partition-by-date");
    }
    String name = node.value(TableKeys.SQL);
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    String text = "";
    if (!node.wrong(TableKeys.SQL)) {
      node.shows(TableKeys.SQL, file.toString());
      text = text(file);
    }
    return new GoldTable.SqlModel(
        file, text, partition.or(() -> date), reads, node.value(TableKeys.CONTROL));
  }

  private String text(Path file) {
    String problem;
    try {
      String text = Files.readString(file).stripTrailing();
      while (text.endsWith(";")) {
        text = text.substring(0, text.length() - 1).stripTrailing();
      }
      if (!text.isBlank()) {
        return text;
      }
      problem = "is empty";
    } catch (IOException e) {
      problem = Files.exists(file) ? "cannot be read" : "does not exist";
    }
    node.mistake(TableKeys.SQL, "the SQL file " + file + " " + problem);
    return "";
  }

  private void silver(Node at, Key<?> key, String table) {
    References.checkSilver(at, key, tables, table);
  }

  private void columns(Node at, Key<?> key, String table, List<String> names) {
    References.checkColumns(at, key, tables, table, names);
  }

  private static void atLeastOne(Node at, Key<List<String>> key, List<String> names) {
    if (names.isEmpty() && !at.wrong(key)) {
      at.mistake(key, at.pathOf(key.name()) + " must not be empty");
    }
  }
}
