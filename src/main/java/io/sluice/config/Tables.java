package io.sluice.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the columns of sources and silver tables while a pipeline is read. What a
 * mistake makes unknown is not asked about, so that one mistake is reported once.
 */
final class Tables {
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Set<String> sourceNames = new LinkedHashSet<>();
  private final Map<String, String> silverSources = new LinkedHashMap<>();
  private final Map<String, List<String>> businessKeys = new LinkedHashMap<>();
  private final Set<List<String>> uncertain = new HashSet<>();

  void addSource(Source source) {
    sources.put(source.name(), source);
  }

  void declareSource(String name) {
    sourceNames.add(name);
  }

  void addSilver(String name, String source) {
    silverSources.put(name, source);
  }

  void addDimension(String name, List<String> businessKey) {
    businessKeys.put(name, businessKey);
  }

  /** The business key of a dimension; empty if there is none of this name. */
  List<String> businessKey(String dimension) {
    return businessKeys.getOrDefault(dimension, List.of());
  }

  /** The type of this column could not be read. */
  void uncertain(String source, String column) {
    uncertain.add(List.of(source, column));
  }

  Set<String> sourceNames() {
    return sourceNames;
  }

  Set<String> silverNames() {
    return silverSources.keySet();
  }

  Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** The declared columns of a silver table; empty if they cannot be known. */
  Optional<Map<String, Column>> silverColumns(String table) {
    return Optional.ofNullable(silverSources.get(table)).flatMap(this::sourceColumns);
  }

  /** The declared columns of a source; empty if they cannot be known. */
  Optional<Map<String, Column>> sourceColumns(String source) {
    return source(source)
        .map(
            found -> {
              Map<String, Column> columns = new LinkedHashMap<>();
              found.contractColumns().forEach(column -> columns.put(column.name(), column));
              return columns;
            });
  }

  /**
   * The type of a silver table's column; empty if there is no such column or its type is not known.
   */
  Optional<ColumnType> type(String table, String column) {
    String source = silverSources.getOrDefault(table, "");
    if (uncertain.contains(List.of(source, column))) {
      return Optional.empty();
    }
    return silverColumns(table)
        .flatMap(columns -> Optional.ofNullable(columns.get(column)))
        .map(Column::type);
  }
}
