package io.sluice.benchmark;

import io.sluice.bronze.IngestStage;
import io.sluice.config.Arrivals;
import io.sluice.config.Batch;
import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.lake.Lake;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Our stage from landing to bronze, into a new lake each time. */
final class OwnStage {
  private final Path folder;

  /**
   * @param folder for the lakes
   */
  OwnStage(Path folder) {
    this.folder = folder;
  }

  /** Lands all of a folder's workbooks in one batch, and answers their rows in bronze. */
  long land(SparkSession spark, Path landing, Source source) throws IOException {
    Path lake = Files.createTempDirectory(folder, "lake-");
    Pipeline pipeline =
        new Pipeline(
            "benchmark",
            "benchmark",
            ZoneOffset.UTC,
            landing.toString(),
            new io.sluice.config.Lake(lake.toString(), Map.of(), "snappy"),
            null,
            new Batch(1_000_000, Long.MAX_VALUE),
            Map.of(source.name(), source),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Arrivals.EVERYTHING);
    RunScope scope = new RunScope(pipeline, new Lake(spark, pipeline), "benchmark");
    return new IngestStage(scope)
        .next().files().stream().mapToLong(file -> file.bronzeRows()).sum();
  }
}
