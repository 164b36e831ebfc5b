package io.sluice.warehouse;

import io.sluice.config.Column;
import io.sluice.config.GateRule;
import io.sluice.config.GoldTable;
import io.sluice.config.Lookup;
import io.sluice.config.Measure;
import io.sluice.config.Pipeline;
import io.sluice.config.SilverTable;
import io.sluice.warehouse.TargetTable.ForeignKey;
import io.sluice.warehouse.TargetTable.Kind;
import io.sluice.warehouse.TargetTable.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Derives the shapes of the tables that one pipeline publishes. */
final class TargetShapes {
  private static final String DATE_KEY = "date_key";
  private static final Set<String> PARTITION = Set.of("year", "month", "day");
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("file_id", "SHA-256 of the workbook: leads to source_file"),
          Map.entry("sheet_row", "Row of the sheet in that workbook"),
          Map.entry("valid_from", "First day on which this version holds"),
          Map.entry("valid_to", "First day on which it no longer holds"),
          Map.entry("is_current", "Whether this is the newest version"),
          Map.entry("is_inferred", "Whether a fact mentioned it before its own data arrived"),
          Map.entry(DATE_KEY, "Business date as yyyymmdd"));

  private final Pipeline pipeline;

  TargetShapes(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  TargetTable of(GoldTable table, StructType stored) {
    List<String> key = primaryKey(table);
    Set<String> required = new HashSet<>(key);
    if (table.shape() instanceof GoldTable.Fact fact) {
      required.addAll(referenceColumns(fact));
    }
    List<TargetColumn> columns = new ArrayList<>();
    for (StructField field : stored.fields()) {
      if (table.partitionByDate().isPresent() && PARTITION.contains(field.name())) {
        continue;
      }
      columns.add(
          new TargetColumn(
              field.name(),
              TargetColumn.type(table.name(), field.name(), field.dataType()),
              required.contains(field.name()),
              description(table, field)));
    }
    return new TargetTable(
        pipeline.name(),
        pipeline.warehouse().schema(),
        table.name(),
        kind(table.shape()),
        columns,
        key,
        foreignKeys(table.shape()),
        indexes(table, key),
        scope(table),
        table.description());
  }

  TargetTable sourceFile() {
    List<TargetColumn> columns =
        List.of(
            new TargetColumn("file_id", "text", true, "SHA-256 of the workbook"),
            new TargetColumn("source", "text", false, "Which declared source it belongs to"),
            new TargetColumn("uri", "text", false, "Where it was found"),
            new TargetColumn(
                "modified_at",
                "timestamp with time zone",
                false,
                "When the landing says it was modified"),
            new TargetColumn("sheet", "text", false, "The sheet that was read"),
            new TargetColumn(
                "order_key", "text", false, "What it is ordered by among its versions"),
            new TargetColumn("received_run", "text", false, "The run that took it in"),
            new TargetColumn(
                "outcome",
                "text",
                false,
                "ACCEPTED as long as it counts, else what became of it, as REFUSED or RETRACTED"));
    return new TargetTable(
        pipeline.name(),
        pipeline.warehouse().schema(),
        "source_file",
        Kind.REFERENCED,
        columns,
        List.of("file_id"),
        List.of(),
        List.of(),
        Scope.WHOLE,
        "The workbooks that published rows come from");
  }

  private static Kind kind(GoldTable.Shape shape) {
    return shape instanceof GoldTable.Fact || shape instanceof GoldTable.SqlModel
        ? Kind.REFERRING
        : Kind.REFERENCED;
  }

  private List<String> primaryKey(GoldTable table) {
    if (table.shape() instanceof GoldTable.Calendar) {
      return List.of(DATE_KEY);
    }
    if (table.shape() instanceof GoldTable.Dimension) {
      return List.of(surrogate(table.name()));
    }
    if (table.shape() instanceof GoldTable.Fact fact) {
      return grainIsCovered(fact) ? referenceColumns(fact) : List.of();
    }
    return table.gate().stream()
        .filter(rule -> rule.kind() == GateRule.Kind.UNIQUE)
        .filter(rule -> rule.severity() == GateRule.Severity.ERROR)
        .findFirst()
        .map(GateRule::columns)
        .orElse(List.of());
  }

  /** A grain with a column that no dimension stands for allows several rows with the same keys. */
  private boolean grainIsCovered(GoldTable.Fact fact) {
    Set<String> covered = new HashSet<>();
    covered.add(fact.date());
    for (Lookup lookup : fact.lookups()) {
      if (shape(lookup.dimension()) instanceof GoldTable.Dimension declared) {
        covered.addAll(lookup.columns(declared.key()));
      }
    }
    return covered.containsAll(fact.grain());
  }

  private static List<String> referenceColumns(GoldTable.Fact fact) {
    return Stream.concat(Stream.of(DATE_KEY), fact.lookups().stream().map(Lookup::keyName))
        .toList();
  }

  /** Keys of further dates, which may be none. */
  private static List<String> dateKeys(GoldTable.Fact fact) {
    return fact.dates().stream().map(GoldTable.Fact::dateKey).toList();
  }

  private List<ForeignKey> foreignKeys(GoldTable.Shape shape) {
    if (!(shape instanceof GoldTable.Fact fact)) {
      return List.of();
    }
    List<ForeignKey> keys = new ArrayList<>();
    pipeline.publish().stream()
        .filter(name -> shape(name) instanceof GoldTable.Calendar)
        .findFirst()
        .ifPresent(
            calendar -> {
              keys.add(new ForeignKey(DATE_KEY, calendar, DATE_KEY));
              dateKeys(fact).forEach(key -> keys.add(new ForeignKey(key, calendar, DATE_KEY)));
            });
    for (Lookup lookup : fact.lookups()) {
      String dimension = lookup.dimension();
      if (pipeline.publish().contains(dimension)) {
        keys.add(new ForeignKey(lookup.keyName(), dimension, surrogate(dimension)));
      }
    }
    return keys;
  }

  private List<String> indexes(GoldTable table, List<String> key) {
    Set<String> columns = new LinkedHashSet<>();
    if (table.shape() instanceof GoldTable.Fact fact) {
      columns.addAll(referenceColumns(fact));
      columns.addAll(dateKeys(fact));
    } else if (table.shape() instanceof GoldTable.Dimension dimension) {
      columns.addAll(dimension.key());
    } else if (table.shape() instanceof GoldTable.Calendar) {
      columns.add("date");
    }
    Scope scope = scope(table);
    if (scope.dated()) {
      columns.add(scope.column());
    }
    // The primary key's own index serves its first column.
    return columns.stream().filter(column -> key.isEmpty() || !key.get(0).equals(column)).toList();
  }

  private static Scope scope(GoldTable table) {
    if (table.shape() instanceof GoldTable.Fact) {
      return new Scope(DATE_KEY, true);
    }
    if (table.shape() instanceof GoldTable.SqlModel model) {
      return model
          .date()
          .or(table::partitionByDate)
          .map(column -> new Scope(column, false))
          .orElse(Scope.WHOLE);
    }
    return Scope.WHOLE;
  }

  private GoldTable.Shape shape(String table) {
    GoldTable gold = pipeline.gold().get(table);
    return gold == null ? null : gold.shape();
  }

  /** What a column is, and along what a measure may be summed. */
  private String description(GoldTable table, StructField field) {
    String said = description(field.name());
    if (!(table.shape() instanceof GoldTable.Fact fact)) {
      return said;
    }
    String advice =
        fact.measures().stream()
            .filter(measure -> measure.column().equals(field.name()))
            .map(Measure::advice)
            .findFirst()
            .orElse("");
    return Stream.of(said, advice)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(". "));
  }

  /** The contract's words for a column, where all sources that have it agree on them. */
  private String description(String column) {
    Set<String> said =
        pipeline.silver().values().stream()
            .map(SilverTable::from)
            .map(pipeline.sources()::get)
            .filter(java.util.Objects::nonNull)
            .flatMap(source -> source.contractColumns().stream())
            .filter(each -> each.name().equals(column))
            .map(Column::description)
            .filter(text -> !text.isBlank())
            .collect(Collectors.toSet());
    return said.size() == 1
        ? said.iterator().next()
        : Optional.ofNullable(OURS.get(column)).orElse("");
  }

  private static String surrogate(String dimension) {
    return dimension.replaceFirst("^dim_", "") + "_key";
  }
}
