package io.sluice.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads a pipeline from its file, an environment overlay and settings. */
public final class PipelineLoader {
  private final LoadRequest request;
  private final Problems problems = new Problems();
  private final Effective effective = new Effective();
  private final Tables tables = new Tables();

  private PipelineLoader(LoadRequest request) {
    this.request = request;
  }

  /**
   * Loads and checks a pipeline. Nothing but files beside the pipeline file is read.
   *
   * @throws SluiceException CONFIG_INVALID with all mistakes, one a line with its file and line
   */
  public static LoadedPipeline load(LoadRequest request) {
    return new PipelineLoader(request).load();
  }

  private LoadedPipeline load() {
    Layers layers = Layers.read(request, problems);
    ConfigObject merged = layers.merged();
    DeclarationOrder order = new DeclarationOrder();
    Location file = new Location(request.pipelineFile().toString(), 0);
    Defaults.check(merged.get(Defaults.NAME), problems, effective, order, file);
    ConfigObject defaults =
        merged.get(Defaults.NAME) instanceof ConfigObject object
            ? object
            : ConfigFactory.empty().root();
    Node root =
        Node.root(
            new Node.Context(problems, effective, order, defaults),
            TableKeys.ROOT,
            List.of(),
            merged.withoutKey(Defaults.NAME),
            file);
    Pipeline pipeline = pipeline(root, new Places(request.home(), layers.settings()));
    problems.throwIfAny(request.pipelineFile().toString());
    return new LoadedPipeline(pipeline, effective.text(TableKeys.ROOT));
  }

  private Pipeline pipeline(Node root, Places places) {
    Node identity = root.child(PlaceKeys.PIPELINE);
    String name = identity.value(PlaceKeys.PIPELINE_NAME);
    ZoneId zone = identity.value(PlaceKeys.ZONE);
    Node arrivals = root.child(PlaceKeys.LANDING);
    String landing = places.of(arrivals, PlaceKeys.LANDING_ROOT);
    Lake lake = lake(root.child(PlaceKeys.LAKE), places);
    Warehouse warehouse = warehouse(root.child(PlaceKeys.WAREHOUSE), places, name);
    Node batch = root.child(PlaceKeys.BATCH);
    Batch bounds = new Batch(batch.value(PlaceKeys.MAX_FILES), batch.value(PlaceKeys.MAX_BYTES));
    Map<String, String> spark = SparkSettings.read(root.free(PlaceKeys.SPARK), problems, effective);
    Map<String, Source> sources = sources(root);
    Map<String, SilverTable> silver = silver(root);
    Node publish = root.child(PlaceKeys.PUBLISH);
    List<String> published = publish.value(PlaceKeys.PUBLISHED);
    Map<String, GoldTable> gold = gold(root, publish, published);
    List<String> goldNames = root.items(TableKeys.GOLD).stream().map(Node::name).toList();
    Map<String, Metric> metrics = MetricReader.read(root, tables, goldNames);
    return new Pipeline(
        name,
        request.pipelineFile().toString(),
        zone,
        landing,
        lake,
        warehouse,
        bounds,
        sources,
        silver,
        gold,
        published,
        spark,
        new Arrivals(
            arrivals.value(PlaceKeys.SETTLE),
            arrivals.value(PlaceKeys.HOT),
            arrivals.value(PlaceKeys.SWEEP_EVERY)),
        metrics);
  }

  private Map<String, Source> sources(Node root) {
    List<Node> nodes = root.items(SourceKeys.SOURCES);
    if (nodes.isEmpty()) {
      root.mistake("the pipeline declares no sources: sources.NAME { … }");
    }
    nodes.forEach(node -> tables.declareSource(node.name()));
    Map<String, Source> sources = new LinkedHashMap<>();
    nodes.forEach(node -> sources.put(node.name(), SourceReader.read(node, tables)));
    return sources;
  }

  private Map<String, SilverTable> silver(Node root) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    root.items(TableKeys.SILVER).forEach(node -> nodes.put(node.name(), node));
    nodes.forEach((name, node) -> tables.addSilver(name, node.value(TableKeys.SILVER_FROM)));
    Map<String, SilverTable> silver = new LinkedHashMap<>();
    nodes.forEach((name, node) -> silver.put(name, SilverReader.read(node, tables)));
    ReferenceReader.checkCircles(nodes, silver.values());
    return silver;
  }

  private Map<String, GoldTable> gold(Node root, Node publish, List<String> published) {
    Path folder = request.pipelineFile().toAbsolutePath().getParent();
    Map<String, Node> nodes = new LinkedHashMap<>();
    root.items(TableKeys.GOLD).forEach(node -> nodes.put(node.name(), node));
    nodes.values().stream()
        .filter(node -> node.declares(TableKeys.DIMENSION))
        .forEach(
            node ->
                tables.addDimension(
                    node.name(), node.child(TableKeys.DIMENSION).value(TableKeys.DIMENSION_KEY)));
    Map<String, GoldTable> gold = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) ->
            GoldReader.read(node, tables, folder).ifPresent(table -> gold.put(name, table)));
    GoldChecks checks = new GoldChecks(nodes, gold, tables);
    checks.checkNames();
    checks.checkFacts();
    checks.checkControl();
    checks.checkPublished(publish, published);
    return gold;
  }

  private static Lake lake(Node lake, Places places) {
    Node nodes = lake.child(PlaceKeys.ROOTS);
    String root = places.of(lake, PlaceKeys.LAKE_ROOT);
    Map<String, String> roots = new LinkedHashMap<>();
    for (Key<String> layer :
        List.of(
            PlaceKeys.BRONZE_ROOT,
            PlaceKeys.SILVER_ROOT,
            PlaceKeys.GOLD_ROOT,
            PlaceKeys.OPS_ROOT)) {
      places.optional(nodes, layer).ifPresent(place -> roots.put(layer.name(), place));
    }
    return new Lake(root, roots, lake.value(PlaceKeys.COMPRESSION));
  }

  private static Warehouse warehouse(Node warehouse, Places places, String pipelineName) {
    Optional<String> declared = warehouse.optional(PlaceKeys.SCHEMA);
    String schema = declared.orElse(pipelineName);
    if (schema.startsWith("pg_") || schema.equals("information_schema")) {
      warehouse.mistake(
          PlaceKeys.SCHEMA,
          "warehouse.schema is " + schema + ", which PostgreSQL keeps for itself; choose another");
    }
    warehouse.shows(PlaceKeys.SCHEMA, schema);
    return new Warehouse(
        warehouse.value(PlaceKeys.URL),
        schema,
        warehouse.value(PlaceKeys.USER),
        warehouse.value(PlaceKeys.PASSWORD),
        places.folder(warehouse, PlaceKeys.DATA_DIRECTORY),
        warehouse.value(PlaceKeys.PORT),
        warehouse.value(PlaceKeys.MAX_CONNECTIONS));
  }
}
