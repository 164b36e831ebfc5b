package io.sluice.cli;

import io.sluice.benchmark.BronzeBenchmark;
import io.sluice.benchmark.GoldBenchmark;
import io.sluice.benchmark.ParseBenchmark;
import io.sluice.benchmark.ParseBenchmark.Line;
import io.sluice.benchmark.SpreadBenchmark;
import io.sluice.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements. */
@Command(
    name = "benchmark",
    description = {
      "Measures Sluice beside what else reads workbooks, on this machine.",
      "",
      "What is compared runs in turns in one process, on data made for it. Look at the ratios: the",
      "times of one machine say nothing of another."
    },
    footer = {
      "",
      "Examples:",
      "  sluice benchmark parse --rows 50000",
      "  SLUICE_JAVA_OPTS=-Xmx8g sluice benchmark bronze --rows 200000 --rounds 5",
      "  sluice benchmark spread",
      "  SLUICE_JAVA_OPTS=-Xmx8g sluice benchmark gold --facts 1000000 --days 250"
    },
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      BenchmarkVerb.Parse.class,
      BenchmarkVerb.Bronze.class,
      BenchmarkVerb.Spread.class,
      BenchmarkVerb.Gold.class
    })
final class BenchmarkVerb implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what to measure is missing: parse, bronze, spread or gold");
  }

  /** What all measurements share. */
  abstract static class Measurement implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "5",
        description = "how often each way is measured, default ${DEFAULT-VALUE}")
    int rounds;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    final void requireSize(int rows, int columns) {
      if (rows < 1 || rows > 1_000_000 || columns < 1 || columns > 26 || rounds < 1) {
        throw mistake("rows go from 1 to 1000000, columns from 1 to 26, rounds from 1");
      }
    }

    final ParameterException mistake(String problem) {
      return new ParameterException(spec.commandLine(), problem);
    }

    final PrintWriter out() {
      return spec.commandLine().getOut();
    }

    final void print(List<Line> lines) {
      out().printf("%-24s %10s %24s %8s%n", "", "median", "fastest to slowest", "ratio");
      for (Line line : lines) {
        out()
            .printf(
                "%-24s %7.0f ms %13.0f to %5.0f ms %8.2f%n",
                line.way(),
                line.medianMillis(),
                line.fastestMillis(),
                line.slowestMillis(),
                line.medianMillis() / lines.get(0).medianMillis());
      }
    }
  }

  /** Reading a workbook. */
  @Command(
      name = "parse",
      description = {
        "Reads one generated workbook on one thread, and for comparison only inflates it.",
        "",
        "All ways alternate; the first round is not counted."
      })
  static final class Parse extends Measurement {
    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "200000",
        description = "rows of the workbook, default ${DEFAULT-VALUE}")
    int rows;

    @Option(
        names = "--columns",
        paramLabel = "N",
        defaultValue = "8",
        description = "columns of the workbook, 1 to 26, default ${DEFAULT-VALUE}")
    int columns;

    @Override
    public Integer call() throws IOException {
      requireSize(rows, columns);
      List<Line> lines = new ParseBenchmark(rows, columns).run(rounds);
      out().printf("%,d rows x %d columns, one thread, %d rounds%n", rows, columns, rounds);
      print(lines);
      return ExitCode.DONE.code();
    }
  }

  /** A workbook into bronze. */
  @Command(
      name = "bronze",
      description = {
        "Lands one generated workbook in a new bronze table, in one Spark session, and for",
        "comparison has spark-excel read it, streaming and as it does by default, and writes that",
        "to the same Delta layout.",
        "",
        "spark-excel holds the whole workbook in memory by default: 200000 rows want -Xmx8g.",
        "",
        "All ways alternate. The session is warmed up with a small workbook, and the first round is",
        "not counted."
      })
  static final class Bronze extends Measurement {
    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "20000",
        description = "rows of the workbook, default ${DEFAULT-VALUE}")
    int rows;

    @Option(
        names = "--columns",
        paramLabel = "N",
        defaultValue = "8",
        description = "columns of the workbook, 1 to 26, default ${DEFAULT-VALUE}")
    int columns;

    @Option(
        names = "--cores",
        paramLabel = "N",
        defaultValue = "2",
        description = "cores of the Spark session, default ${DEFAULT-VALUE}")
    int cores;

    @Override
    public Integer call() throws IOException {
      requireSize(rows, columns);
      if (cores < 1) {
        throw mistake("cores go from 1");
      }
      List<Line> lines = new BronzeBenchmark(rows, columns, cores).run(rounds);
      out()
          .printf(
              "%,d rows x %d columns to bronze, %d cores, %d rounds%n",
              rows, columns, cores, rounds);
      print(lines);
      return ExitCode.DONE.code();
    }
  }

  /** Workbooks into bronze, in several sizes and on several cores. */
  @Command(
      name = "spread",
      description = {
        "Lands the same rows in a few large workbooks and in many small ones, on all cores, and the",
        "large ones on one core, each in a warm Spark session of its own.",
        "",
        "All ways alternate; the first round is not counted."
      })
  static final class Spread extends Measurement {
    private static final int COLUMNS = 8;
    private static final int FEW = 8;
    private static final int MANY = 1_000;

    @Option(
        names = "--rows",
        paramLabel = "N",
        defaultValue = "200000",
        description =
            "rows of each of the 8 large workbooks, 100000 to 1000000, default ${DEFAULT-VALUE}")
    int rows;

    @Option(
        names = "--cores",
        paramLabel = "N",
        defaultValue = "2",
        description = "cores to compare with one, default ${DEFAULT-VALUE}")
    int cores;

    @Override
    public Integer call() throws IOException {
      requireSize(rows, COLUMNS);
      if (cores < 2 || rows < 100_000) {
        throw mistake("cores go from 2, rows of a workbook from 100000");
      }
      List<Line> lines = new SpreadBenchmark(rows, COLUMNS, FEW, MANY, cores).run(rounds);
      out().printf("%,d rows x %d columns to bronze, %d rounds%n", FEW * rows, COLUMNS, rounds);
      print(lines);
      return ExitCode.DONE.code();
    }
  }

  /** Silver into a star schema. */
  @Command(
      name = "gold",
      description = {
        "Makes a star schema of generated holdings in silver, with all the checks that stand before",
        "a commit: all days at once, one further day after a tenth of the days and after all of",
        "them, and one security that gets another name on one day in the middle.",
        "",
        "All but the full build alternate, and their first round is not counted; that is made twice, and",
        "measured the second time."
      })
  static final class Gold extends Measurement {
    @Option(
        names = "--facts",
        paramLabel = "N",
        defaultValue = "1000000",
        description = "rows of facts in all, default ${DEFAULT-VALUE}")
    int facts;

    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "250",
        description = "days of history, from 10, default ${DEFAULT-VALUE}")
    int days;

    @Option(
        names = "--securities",
        paramLabel = "N",
        defaultValue = "5000",
        description = "members of the larger dimension, default ${DEFAULT-VALUE}")
    int securities;

    @Option(
        names = "--churn",
        paramLabel = "N",
        defaultValue = "5",
        description =
            "of a hundred securities, so many get another name in the history, default"
                + " ${DEFAULT-VALUE}")
    int churn;

    @Option(
        names = "--cores",
        paramLabel = "N",
        defaultValue = "2",
        description = "cores of the Spark session, default ${DEFAULT-VALUE}")
    int cores;

    @Override
    public Integer call() throws IOException {
      if (days < 10 || facts < days || securities < 1 || churn < 0 || churn > 100 || cores < 1) {
        throw mistake(
            "days go from 10, facts from one a day, securities and cores from 1, churn to 100");
      }
      List<Line> lines = new GoldBenchmark(facts, days, securities, churn).run(cores, rounds);
      out()
          .printf(
              "%,d facts on %,d days, %,d securities, %d cores, %d rounds%n",
              facts, days, securities, cores, rounds);
      print(lines);
      return ExitCode.DONE.code();
    }
  }
}
