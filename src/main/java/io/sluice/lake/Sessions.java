package io.sluice.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark with the settings that every table of ours is read and written under. */
public final class Sessions {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.sql.ansi.enabled", "true",
          "spark.sql.datetime.java8API.enabled", "true",
          // The first version of a dimension member begins on 0001-01-01, in today's calendar.
          "spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED",
          "spark.sql.parquet.datetimeRebaseModeInRead", "CORRECTED",
          "spark.delta.logStore.file.impl", SluiceLogStore.class.getName(),
          "spark.delta.logStore.s3a.impl", SluiceLogStore.class.getName());

  private static final Map<String, String> UNLESS_SET =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.sources.parallelPartitionDiscovery.parallelism", "4",
          "spark.databricks.delta.snapshotPartitions", "2",
          // Without it rows of a single partition are sorted before they are written.
          "spark.sql.maxConcurrentOutputFileWriters", "2",
          "spark.databricks.delta.vacuum.logging.enabled", "false",
          // The other one asks a process, per file, whether it is a link.
          "spark.sql.streaming.checkpointFileManagerClass",
              "org.apache.spark.sql.execution.streaming.FileSystemBasedCheckpointFileManager",
          "spark.ui.showConsoleProgress", "false");

  // Bound to loopback so that a laptop without a resolvable name, or behind a VPN, can start.
  private static final Map<String, String> UNLESS_SUBMITTED =
      Map.of(
          "spark.master", "local[*]",
          "spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName(),
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "4");

  private Sessions() {}

  /**
   * The session of this process, started if there is none. A master, and whatever else {@code
   * spark-submit} was given, is kept; without a master Spark runs inside this process.
   *
   * @param extra settings of the caller, which win over the defaults here and over {@code
   *     spark-submit}'s
   */
  public static SparkSession local(String appName, Map<String, String> extra) {
    return SparkSession.builder().config(configuration(appName, extra)).getOrCreate();
  }

  static SparkConf configuration(String appName, Map<String, String> extra) {
    SparkConf conf = new SparkConf();
    boolean submitted = conf.contains("spark.master");
    extra.forEach(conf::set);
    ALWAYS.forEach(conf::set);
    UNLESS_SET.forEach(conf::setIfMissing);
    if (!submitted) {
      UNLESS_SUBMITTED.forEach(conf::setIfMissing);
    }
    if (!conf.contains("spark.sql.warehouse.dir")) {
      conf.set("spark.sql.warehouse.dir", temporaryDirectory().toUri().toString());
    }
    return conf.setAppName(appName);
  }

  private static Path temporaryDirectory() {
    try {
      Path directory = Files.createTempDirectory("sluice-spark-");
      directory.toFile().deleteOnExit();
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
