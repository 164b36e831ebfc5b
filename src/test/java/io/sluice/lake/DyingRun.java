package io.sluice.lake;

import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.run.PipelineRun;
import io.sluice.run.Progress;
import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A process that carries landing to silver and is killed before one of its commits: its data files
 * are written then, and the log does not name them.
 */
public final class DyingRun {
  private static final AtomicInteger COMMITS_LEFT = new AtomicInteger();

  private DyingRun() {}

  /** Delta's log, whose process does not live to write it. */
  public static final class Log extends SluiceLogStore {
    public Log(Configuration configuration) {
      super(configuration);
    }

    @Override
    public void write(
        org.apache.hadoop.fs.Path path,
        Iterator<String> actions,
        Boolean overwrite,
        Configuration configuration)
        throws IOException {
      if (path.getName().endsWith(".json") && COMMITS_LEFT.getAndDecrement() == 0) {
        die();
      }
      super.write(path, actions, overwrite, configuration);
    }

    private static void die() throws IOException {
      new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start();
      while (true) {
        Thread.onSpinWait();
      }
    }
  }

  /** Arguments: the pipeline file, the folder of landing and lake, and how many commits succeed. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    COMMITS_LEFT.set(Integer.parseInt(arguments[2]));
    Pipeline pipeline =
        PipelineLoader.load(
                new LoadRequest(
                    Path.of(arguments[0]),
                    Optional.empty(),
                    List.of(
                        "landing.root=" + folder.resolve("landing"),
                        "lake.root=" + folder.resolve("lake")),
                    folder))
            .pipeline();
    var configuration =
        Sessions.configuration(
            "dying",
            Map.of(
                "spark.master", "local[1]",
                "spark.sql.shuffle.partitions", "1",
                "spark.sql.codegen.wholeStage", "false",
                "spark.sql.codegen.factoryMode", "NO_CODEGEN"));
    configuration.set("spark.delta.logStore.file.impl", Log.class.getName());
    SparkSession spark = SparkSession.builder().config(configuration).getOrCreate();
    new PipelineRun(spark, pipeline, Progress.SILENT)
        .execute(RunOptions.of("run", "", EnumSet.of(Stage.INGEST, Stage.CONFORM)));
    Runtime.getRuntime().halt(0);
  }
}
