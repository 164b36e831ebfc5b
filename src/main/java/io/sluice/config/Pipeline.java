package io.sluice.config;

import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a pipeline file declares, checked. Maps keep the order of declaration.
 *
 * @param name names the pipeline in lake and warehouse
 * @param definedIn the file, as the user named it
 * @param zone of cell timestamps, expected-by and the Spark session
 * @param landing root folder or URI; the globs of sources are relative to it
 * @param publish names of the gold tables to publish
 * @param spark settings passed on to the Spark session
 * @param metrics what models may use by name
 */
public record Pipeline(
    String name,
    String definedIn,
    ZoneId zone,
    String landing,
    Lake lake,
    Warehouse warehouse,
    Batch batch,
    Map<String, Source> sources,
    Map<String, SilverTable> silver,
    Map<String, GoldTable> gold,
    List<String> publish,
    Map<String, String> spark,
    Arrivals arrivals,
    Map<String, Metric> metrics) {

  public Pipeline {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    silver = Collections.unmodifiableMap(new LinkedHashMap<>(silver));
    gold = Collections.unmodifiableMap(new LinkedHashMap<>(gold));
    publish = List.copyOf(publish);
    spark = Collections.unmodifiableMap(new LinkedHashMap<>(spark));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** A pipeline without metrics. */
  public Pipeline(
      String name,
      String definedIn,
      ZoneId zone,
      String landing,
      Lake lake,
      Warehouse warehouse,
      Batch batch,
      Map<String, Source> sources,
      Map<String, SilverTable> silver,
      Map<String, GoldTable> gold,
      List<String> publish,
      Map<String, String> spark,
      Arrivals arrivals) {
    this(
        name, definedIn, zone, landing, lake, warehouse, batch, sources, silver, gold, publish,
        spark, arrivals, Map.of());
  }

  /** The silver tables, each after those that it refers to, else as they are declared. */
  public List<SilverTable> silverInOrder() {
    Map<String, SilverTable> ordered = new LinkedHashMap<>();
    silver.values().forEach(table -> put(table, ordered));
    return List.copyOf(ordered.values());
  }

  private void put(SilverTable table, Map<String, SilverTable> ordered) {
    if (!ordered.containsKey(table.name())) {
      table.references().forEach(reference -> put(silver.get(reference.in()), ordered));
      ordered.put(table.name(), table);
    }
  }
}
