package io.sluice.benchmark;

import static org.apache.spark.sql.functions.expr;

import io.sluice.benchmark.ParseBenchmark.Line;
import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.gold.ModelResult;
import io.sluice.gold.ModelStage;
import io.sluice.lake.Changes;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import io.sluice.lake.RunScope;
import io.sluice.lake.Sessions;
import io.sluice.lake.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Generated holdings in silver, made into a star schema: all days at once, then one further day
 * upon a short and upon a long history, and one security that is renamed in the middle of it.
 */
public final class GoldBenchmark {
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final int PORTFOLIOS = 20;
  private static final int SHORT_HISTORY = 10;

  private static final String CONF =
      """
      pipeline.name = gold_benchmark
      landing.root = "landing"
      warehouse { url = embedded, schema = benchmark }
      sources.holdings {
        files = "*.xlsx"
        slice = [as_of_date]
        above { as_of_date { label = "As of", type = date } }
        columns {
          portfolio_id { type = string, required = true }
          security_id { type = string, required = true }
          security_name { type = string }
          sector { type = string }
          quantity { type = "decimal(20,4)" }
          market_value { type = "decimal(20,4)" }
        }
      }
      silver.stg_holdings {
        from = holdings
        key = [portfolio_id, security_id, as_of_date]
        partition-by-date = as_of_date
      }
      gold {
        dim_date { calendar { from = 2020-01-01, to = 2035-12-31 } }
        dim_portfolio {
          dimension { from = [stg_holdings], key = portfolio_id, as-of = as_of_date, history = [] }
        }
        dim_security {
          dimension {
            from = [stg_holdings], key = security_id, as-of = as_of_date
            history = [security_name, sector]
          }
        }
        fact_holdings {
          fact {
            from = stg_holdings, grain = [portfolio_id, security_id, as_of_date], date = as_of_date
            dimensions = [dim_portfolio, dim_security]
            measures = [quantity, market_value]
          }
          partition-by-date = as_of_date
        }
        daily_nav { sql = "nav.sql", date = as_of_date }
      }
      publish.tables = [daily_nav]
      """;

  private static final String NAV =
      """
      SELECT portfolio_id, as_of_date, SUM(market_value) AS total_nav
      FROM stg_holdings GROUP BY portfolio_id, as_of_date
      """;

  private final int rowsADay;
  private final int days;
  private final int securities;
  private final int churn;

  /**
   * @param facts in all
   * @param days of history; a tenth of it is the short one
   * @param securities in the dimension
   * @param churn of a hundred securities, so many are renamed once in the history
   */
  public GoldBenchmark(int facts, int days, int securities, int churn) {
    this.rowsADay = Math.max(1, facts / days);
    this.days = days;
    this.securities = securities;
    this.churn = churn;
  }

  /**
   * Measures in a temporary folder. The first line is one further day upon the short history, the
   * last one the full build, measured once; results are the rows that were made last.
   *
   * @param cores of the Spark session
   * @param rounds how often each is measured
   */
  public List<Line> run(int cores, int rounds) throws IOException {
    SparkSession spark =
        Sessions.local("sluice benchmark", Map.of("spark.master", "local[" + cores + "]"));
    Path folder = Files.createTempDirectory("sluice-benchmark-");
    try {
      int few = Math.max(1, days / SHORT_HISTORY);
      Star small = new Star(spark, Files.createDirectory(folder.resolve("short")));
      small.fill(few);
      small.model();
      Star large = new Star(spark, Files.createDirectory(folder.resolve("long")));
      large.fill(days);
      large.model();
      List<Line> lines =
          new ArrayList<>(
              InTurns.measured(
                  List.of(
                      new NextDay("one day after %,d".formatted(few), small),
                      new NextDay("one day after %,d".formatted(days), large),
                      new Renaming(
                          "one security, %,d days back".formatted(days / 2), large, days / 2)),
                  rounds));
      lines.addAll(
          InTurns.measured(
              List.of(new FullBuild("all of %,d days".formatted(days), spark, folder, days)), 1));
      return lines;
    } finally {
      Folders.delete(folder);
    }
  }

  /** A lake whose silver is generated. */
  private final class Star {
    private final SparkSession spark;
    private final RunScope scope;
    private int next;

    Star(SparkSession spark, Path folder) throws IOException {
      this.spark = spark;
      Files.writeString(folder.resolve("nav.sql"), NAV, StandardCharsets.UTF_8);
      Path conf = Files.writeString(folder.resolve("benchmark.conf"), CONF, StandardCharsets.UTF_8);
      Pipeline pipeline =
          PipelineLoader.load(
                  new LoadRequest(
                      conf,
                      Optional.empty(),
                      List.of("lake.root=" + folder.resolve("lake")),
                      folder))
              .pipeline();
      this.scope = new RunScope(pipeline, new Lake(spark, pipeline), "benchmark");
    }

    /** The next days in one commit. */
    void fill(int count) {
      write(holdings(next, count), next, count);
      next += count;
    }

    /** Gives one security another name on one day of the past, and no other. */
    void rename(int day, int security) {
      Dataset<Row> rows =
          holdings(day, 1)
              .withColumn(
                  "security_name",
                  expr(
                      "if(security_id = 'S%d', 'Renamed %d', security_name)"
                          .formatted(security, security)));
      write(rows, day, 1);
    }

    int securities() {
      return securities;
    }

    long model() {
      return new ModelStage(scope)
          .run(List.of(), Set.of()).stream().mapToLong(ModelResult::rows).sum();
    }

    private void write(Dataset<Row> rows, int first, int count) {
      LakeTable silver = scope.lake().table(Layer.SILVER, "stg_holdings");
      SortedSet<LocalDate> dates = new TreeSet<>();
      for (int day = first; day < first + count; day++) {
        dates.add(FIRST_DAY.plusDays(day));
      }
      silver.commit(
          silver.create(rows.schema(), List.of("year", "month", "day"), "generated"),
          LakeWrite.replaceWhere(
              rows,
              LakeWrite.partitions(dates),
              new Stamp("benchmark", 0, "", Map.of(), Changes.of(dates))));
    }

    private Dataset<Row> holdings(int first, int count) {
      return spark
          .range((long) first * rowsADay, (long) (first + count) * rowsADay)
          .selectExpr(
              "cast(id div %d as int) as n".formatted(rowsADay),
              "cast(id %% %d as int) as r".formatted(rowsADay))
          .selectExpr("*", "(r div %d + n * 7) %% %d as s".formatted(PORTFOLIOS, securities))
          .selectExpr(
              "*",
              "pmod(hash(s), 100) < %d and pmod(hash(s, 1), %d) <= n as renamed"
                  .formatted(churn, days))
          .selectExpr(
              "date_add(date'%s', n) as as_of_date".formatted(FIRST_DAY),
              "concat('P', r %% %d) as portfolio_id".formatted(PORTFOLIOS),
              "concat('S', s) as security_id",
              "concat(if(renamed, 'New ', ''), 'Security ', s) as security_name",
              "concat('Sector ', s % 11) as sector",
              "cast(r + 1 as decimal(20,4)) as quantity",
              "cast((r + 1) * 10.01 as decimal(20,4)) as market_value",
              "sha2(cast(n as string), 256) as file_id",
              "r + 2 as sheet_row")
          .selectExpr(
              "*",
              "date_format(as_of_date, 'yyyy') as year",
              "date_format(as_of_date, 'MM') as month",
              "date_format(as_of_date, 'dd') as day")
          .repartition(expr("as_of_date"));
    }
  }

  private record NextDay(String name, Star star) implements InTurns.Task {
    @Override
    public void prepare() {
      star.fill(1);
    }

    @Override
    public long run() {
      return star.model();
    }
  }

  private static final class Renaming implements InTurns.Task {
    private final String name;
    private final Star star;
    private final int day;
    private int security;

    Renaming(String name, Star star, int day) {
      this.name = name;
      this.star = star;
      this.day = day;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void prepare() {
      // Another one each time, of those that the day holds.
      star.rename(day, (day * 7 + security++) % star.securities());
    }

    @Override
    public long run() {
      return star.model();
    }
  }

  private final class FullBuild implements InTurns.Task {
    private final String name;
    private final SparkSession spark;
    private final Path folder;
    private final int count;
    private Star star;

    FullBuild(String name, SparkSession spark, Path folder, int count) {
      this.name = name;
      this.spark = spark;
      this.folder = folder;
      this.count = count;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void prepare() throws IOException {
      star = new Star(spark, Files.createTempDirectory(folder, "full-"));
      star.fill(count);
    }

    @Override
    public long run() {
      return star.model();
    }
  }
}
