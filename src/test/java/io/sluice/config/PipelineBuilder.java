package io.sluice.config;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pipelines for tests: with nothing in them, in UTC, taking everything, unless said otherwise. */
public final class PipelineBuilder {
  private final String name;
  private String landing = "landing";
  private Lake lake;
  private Warehouse warehouse;
  private Batch batch = new Batch(100, 1L << 30);
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, SilverTable> silver = new LinkedHashMap<>();
  private final Map<String, GoldTable> gold = new LinkedHashMap<>();
  private List<String> publish = List.of();
  private Arrivals arrivals = Arrivals.EVERYTHING;
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  private PipelineBuilder(String name) {
    this.name = name;
  }

  public static PipelineBuilder pipeline(String name) {
    return new PipelineBuilder(name);
  }

  public PipelineBuilder landing(Path landing) {
    return landing(landing.toString());
  }

  /** A folder, or a place in a store. */
  public PipelineBuilder landing(String landing) {
    this.landing = landing;
    return this;
  }

  public PipelineBuilder lake(Path root) {
    this.lake = new Lake(root.toString(), Map.of(), "zstd");
    return this;
  }

  public PipelineBuilder warehouse(Warehouse warehouse) {
    this.warehouse = warehouse;
    return this;
  }

  public PipelineBuilder batch(Batch batch) {
    this.batch = batch;
    return this;
  }

  public PipelineBuilder sources(Source... more) {
    for (Source source : more) {
      sources.put(source.name(), source);
    }
    return this;
  }

  public PipelineBuilder silver(SilverTable... more) {
    for (SilverTable table : more) {
      silver.put(table.name(), table);
    }
    return this;
  }

  public PipelineBuilder gold(GoldTable... more) {
    for (GoldTable table : more) {
      gold.put(table.name(), table);
    }
    return this;
  }

  public PipelineBuilder publish(String... tables) {
    this.publish = List.of(tables);
    return this;
  }

  /** A metric that stands in a file of the pipeline's name, on line 9. */
  public PipelineBuilder metric(String metric, String sql, String over) {
    metrics.put(metric, new Metric(metric, sql, over, "", "", "conf/" + name + ".conf:9"));
    return this;
  }

  public PipelineBuilder arrivals(Arrivals arrivals) {
    this.arrivals = arrivals;
    return this;
  }

  public Pipeline build() {
    return new Pipeline(
        name,
        "conf/" + name + ".conf",
        ZoneOffset.UTC,
        landing,
        lake,
        warehouse,
        batch,
        sources,
        silver,
        gold,
        publish,
        Map.of(),
        arrivals,
        metrics);
  }
}
