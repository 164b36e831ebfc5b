package io.sluice.run;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.SparkForTests;
import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.config.SilverTable;
import io.sluice.config.Warehouse;
import io.sluice.error.SluiceException;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.run.RunOptions.Stage;
import io.sluice.warehouse.ServerForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A pipeline with a landing and a lake in a folder, and a schema in the shared warehouse. What the
 * tests of a run compare is read through it as lines of text.
 */
final class Trial {
  /** Ids of runs, and when they were: all that may differ between two equal lakes. */
  private static final Set<String> OF_THE_RUN = Set.of("run_id", "received_run");

  private static final Instant FIRST_ARRIVAL = Instant.parse("2024-02-01T06:00:00Z");

  private final Pipeline pipeline;
  private final Lake lake;

  private Trial(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.lake = new Lake(SparkForTests.session(), pipeline);
  }

  /** A pipeline file whose landing and lake are the folders {@code landing} and {@code lake}. */
  static Trial of(Path conf, Path folder, String... settings) {
    Warehouse shared = ServerForTests.warehouse("any");
    List<String> all =
        new ArrayList<>(
            List.of(
                "landing.root=" + folder.resolve("landing"),
                "lake.root=" + folder.resolve("lake"),
                "warehouse.data-directory=" + shared.dataDirectory()));
    all.addAll(Arrays.asList(settings));
    return new Trial(
        PipelineLoader.load(new LoadRequest(conf, Optional.empty(), all, folder)).pipeline());
  }

  /** The pipeline of {@link Star}, changed by replacing texts: what is there, what shall be. */
  static Trial star(Path folder, String name, String... replacements) {
    return changed(folder, name, Star.CONF, replacements);
  }

  /** The same with the net asset values only of all of gold, for what ends in silver or there. */
  static Trial nav(Path folder, String name, String... replacements) {
    return changed(folder, name, Star.WITH_NAV_ONLY, replacements);
  }

  private static Trial changed(Path folder, String name, String pattern, String... replacements) {
    String text = pattern.replace("NAME", name);
    for (int i = 0; i < replacements.length; i += 2) {
      if (!text.contains(replacements[i])) {
        throw new IllegalArgumentException(replacements[i]);
      }
      text = text.replace(replacements[i], replacements[i + 1]);
    }
    Path conf = folder.resolve(name + ".conf");
    write(conf, text.getBytes(StandardCharsets.UTF_8));
    write(folder.resolve("nav.sql"), Star.NAV.getBytes(StandardCharsets.UTF_8));
    write(folder.resolve("wide.sql"), Star.WIDE.getBytes(StandardCharsets.UTF_8));
    Path landing = folder.resolve("landing");
    try {
      Files.createDirectories(landing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(conf, folder);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Lake lake() {
    return lake;
  }

  /** Puts a workbook in the landing, so many minutes after the first one. */
  Trial land(String uri, byte[] content, int minutes) {
    Path file = Path.of(pipeline.landing(), uri);
    write(file, content);
    try {
      Files.setLastModifiedTime(file, FileTime.from(FIRST_ARRIVAL.plusSeconds(60L * minutes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  RunReport run() {
    return execute(RunOptions.everything(""));
  }

  RunReport run(Stage first, Stage... others) {
    return execute(RunOptions.of("run", "", EnumSet.of(first, others)));
  }

  RunReport rebuild(String... tables) {
    return execute(RunOptions.rebuild("", Set.of(tables)));
  }

  /** Makes silver tables anew, and nothing that is made of them. */
  RunReport rebuildSilver(String... tables) {
    return execute(
        RunOptions.of("rebuild", "", EnumSet.of(Stage.CONFORM)).rebuilding(Set.of(tables)));
  }

  RunReport execute(RunOptions options) {
    return new PipelineRun(SparkForTests.session(), pipeline, Progress.SILENT).execute(options);
  }

  SluiceException failure(RunOptions options) {
    return catchThrowableOfType(SluiceException.class, () -> execute(options));
  }

  PipelineStatus status() {
    return PipelineStatus.of(lake, pipeline, new RunLog(lake).last(10));
  }

  LakeTable silver(String name) {
    return lake.table(Layer.SILVER, name);
  }

  LakeTable gold(String name) {
    return lake.table(Layer.GOLD, name);
  }

  LakeTable bronze(String name) {
    return lake.table(Layer.BRONZE, name);
  }

  /** What the tables of a pipeline are, with their present contents. */
  Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new TreeMap<>(lakeContents());
    contents.putAll(warehouseContents());
    return contents;
  }

  Map<String, List<String>> lakeContents() {
    Map<String, List<String>> contents = new TreeMap<>();
    dataTables().forEach((name, table) -> contents.put(name, rows(table)));
    return contents;
  }

  Map<String, List<String>> warehouseContents() {
    Map<String, List<String>> contents = new TreeMap<>();
    for (String name : published()) {
      String table = pipeline.warehouse().schema() + "." + name;
      String columns =
          name.equals("source_file")
              ? "(source, file_id, uri, modified_at, sheet, order_key)"
              : "t";
      contents.put(
          "warehouse." + name,
          warehouse("SELECT " + columns + "::text FROM " + table + " t ORDER BY 1"));
    }
    return contents;
  }

  /** The Delta version of every data table. */
  Map<String, Long> versions() {
    Map<String, Long> versions = new TreeMap<>();
    dataTables()
        .forEach((name, table) -> versions.put(name, table.state().orElseThrow().version()));
    return versions;
  }

  /** By published table, the transactions and places of its rows: no row was touched if equal. */
  Map<String, List<String>> untouched() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String name : published()) {
      rows.put(
          name,
          warehouse(
              "SELECT xmin, ctid FROM %s.%s ORDER BY ctid"
                  .formatted(pipeline.warehouse().schema(), name)));
    }
    return rows;
  }

  private List<String> published() {
    List<String> names = new ArrayList<>(pipeline.publish());
    names.add("source_file");
    return names;
  }

  private Map<String, LakeTable> dataTables() {
    Map<String, LakeTable> tables = new TreeMap<>();
    pipeline
        .silver()
        .forEach(
            (name, table) -> {
              tables.put("silver." + name, silver(name));
              String vanished = SilverTable.vanished(name);
              tables.put("silver." + vanished, silver(vanished));
            });
    tables.put("silver.rejects", silver("rejects"));
    pipeline.gold().keySet().forEach(name -> tables.put("gold." + name, gold(name)));
    tables.values().removeIf(table -> !table.exists());
    return tables;
  }

  List<String> warehouse(String sql) {
    return ServerForTests.rows(pipeline.warehouse(), sql);
  }

  static List<String> rows(LakeTable table) {
    return rows(table.read());
  }

  /** The rows as lines, in order, without what is of the run. */
  static List<String> rows(Dataset<Row> table) {
    Column[] cells =
        Stream.of(table.columns())
            .filter(name -> !OF_THE_RUN.contains(name))
            .map(name -> functions.coalesce(functions.col(name).cast("string"), functions.lit("")))
            .toArray(Column[]::new);
    return table.select(functions.concat_ws("|", cells)).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** The files of each partition, or of the table, in its latest version. */
  static Map<String, List<String>> files(LakeTable table) {
    Map<String, List<String>> files = new TreeMap<>();
    for (Row row : table.read().select("_metadata.file_path").distinct().collectAsList()) {
      Path file = Path.of(java.net.URI.create(row.getString(0)));
      files
          .computeIfAbsent(
              Path.of(table.path()).relativize(file.getParent()).toString(),
              name -> new ArrayList<>())
          .add(file.getFileName().toString());
    }
    files.values().forEach(names -> names.sort(null));
    return files;
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
