package io.sluice.benchmark;

import io.sluice.benchmark.ParseBenchmark.Line;
import io.sluice.benchmark.ParseBenchmark.Way;
import io.sluice.config.Source;
import io.sluice.lake.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The same rows in a few large workbooks and in many small ones, on all cores and on one: what
 * spreading costs and brings.
 */
public final class SpreadBenchmark {
  private static final int WARM_UP_ROWS = 2_000;

  private final int rows;
  private final int columns;
  private final int few;
  private final int many;
  private final int cores;

  /**
   * @param rows of each large workbook
   * @param columns at most 26
   * @param few number of large workbooks
   * @param many number of small workbooks with the same rows in all
   * @param cores compared with one
   */
  public SpreadBenchmark(int rows, int columns, int few, int many, int cores) {
    this.rows = rows;
    this.columns = columns;
    this.few = few;
    this.many = many;
    this.cores = cores;
  }

  /**
   * Measures in temporary folders. Results are numbers of rows in bronze.
   *
   * @param rounds how often each is measured
   */
  public List<Line> run(int rounds) throws IOException {
    Path folder = Files.createTempDirectory("sluice-benchmark-");
    try {
      Path large = workbooks(folder.resolve("large"), few, rows);
      Path small = workbooks(folder.resolve("small"), many, rows * few / many);
      Path warmUp = workbooks(folder.resolve("warm-up"), 1, WARM_UP_ROWS);
      OwnStage stage = new OwnStage(folder);
      Source source = new GeneratedWorkbook(rows, columns).source();
      List<Way> ways =
          List.of(
              new Landing(
                  "%d workbooks, %d cores".formatted(few, cores), cores, large, warmUp, stage),
              new Landing("%d workbooks, one core".formatted(few), 1, large, warmUp, stage),
              new Landing(
                  "%,d workbooks, %d cores".formatted(many, cores), cores, small, warmUp, stage));
      return ParseBenchmark.measured(ways, rounds, large, source);
    } finally {
      Folders.delete(folder);
    }
  }

  private Path workbooks(Path folder, int count, int rowsOfEach) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      // The number of rows is the seed: so none has the content of another.
      new GeneratedWorkbook(rowsOfEach + i - count / 2, columns)
          .write(folder.resolve("generated-" + i + ".xlsx"));
    }
    return folder;
  }

  /** A session of its own number of cores, warmed up before the time is taken. */
  private record Landing(String name, int cores, Path landing, Path warmUp, OwnStage stage)
      implements Way {
    @Override
    public void prepare(Source source) throws IOException {
      SparkSession.getActiveSession()
          .foreach(
              session -> {
                session.stop();
                return null;
              });
      stage.land(session(), warmUp, source);
    }

    @Override
    public long read(Path workbook, Source source) throws IOException {
      return stage.land(session(), landing, source);
    }

    private SparkSession session() {
      return Sessions.local("sluice benchmark", Map.of("spark.master", "local[" + cores + "]"));
    }
  }
}
