package io.sluice.cli;

import io.sluice.benchmark.BronzeBenchmark;
import io.sluice.benchmark.ParseBenchmark;
import io.sluice.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
      "  sluice benchmark bronze --rows 200000 --rounds 5"
    },
    synopsisSubcommandLabel = "WHAT",
    subcommands = {BenchmarkVerb.Parse.class, BenchmarkVerb.Bronze.class})
final class BenchmarkVerb implements Runnable {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "what to measure is missing: parse or bronze");
  }

  /** Reading a workbook. */
  @Command(
      name = "parse",
      description = {
        "Reads one generated workbook on one thread, and for comparison only inflates it.",
        "",
        "All ways alternate; the first round is not counted."
      })
  static final class Parse implements java.util.concurrent.Callable<Integer> {
    @Spec CommandSpec spec;

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

    @Override
    public Integer call() throws IOException {
      requireSize(spec, rows, columns, rounds);
      PrintWriter out = spec.commandLine().getOut();
      List<ParseBenchmark.Line> lines = new ParseBenchmark(rows, columns).run(rounds);
      out.printf("%,d rows x %d columns, one thread, %d rounds%n", rows, columns, rounds);
      print(out, lines);
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
        "All ways alternate; the first round is not counted."
      })
  static final class Bronze implements java.util.concurrent.Callable<Integer> {
    @Spec CommandSpec spec;

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
        names = "--rounds",
        paramLabel = "N",
        defaultValue = "3",
        description = "how often each way is measured, default ${DEFAULT-VALUE}")
    int rounds;

    @Option(
        names = "--cores",
        paramLabel = "N",
        defaultValue = "2",
        description = "cores of the Spark session, default ${DEFAULT-VALUE}")
    int cores;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "show this help")
    boolean help;

    @Override
    public Integer call() throws IOException {
      requireSize(spec, rows, columns, rounds);
      if (cores < 1) {
        throw new ParameterException(spec.commandLine(), "cores go from 1");
      }
      PrintWriter out = spec.commandLine().getOut();
      List<ParseBenchmark.Line> lines = new BronzeBenchmark(rows, columns, cores).run(rounds);
      out.printf(
          "%,d rows x %d columns to bronze, %d cores, %d rounds%n", rows, columns, cores, rounds);
      print(out, lines);
      return ExitCode.DONE.code();
    }
  }

  private static void requireSize(CommandSpec spec, int rows, int columns, int rounds) {
    if (rows < 1 || rows > 1_000_000 || columns < 1 || columns > 26 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "rows go from 1 to 1000000, columns from 1 to 26, rounds from 1");
    }
  }

  private static void print(PrintWriter out, List<ParseBenchmark.Line> lines) {
    out.printf("%-24s %10s %24s %8s%n", "", "median", "fastest to slowest", "ratio");
    for (ParseBenchmark.Line line : lines) {
      out.printf(
          "%-24s %7.0f ms %13.0f to %5.0f ms %8.2f%n",
          line.way(),
          line.medianMillis(),
          line.fastestMillis(),
          line.slowestMillis(),
          line.medianMillis() / lines.get(0).medianMillis());
    }
  }
}
