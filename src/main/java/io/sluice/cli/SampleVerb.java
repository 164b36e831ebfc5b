package io.sluice.cli;

import io.sluice.error.ExitCode;
import io.sluice.sample.SampleSummary;
import io.sluice.sample.SampleWorkbooks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sample workbooks. */
@Command(
    name = "sample",
    description = {
      "Writes sample workbooks with the mess that real desks send.",
      "",
      "The same size and seed give the same files. Those that are there already are left as they are."
    })
final class SampleVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "where to write them")
  Path directory;

  @Option(
      names = "--portfolios",
      paramLabel = "N",
      defaultValue = "6",
      description = "portfolios, default ${DEFAULT-VALUE}")
  int portfolios;

  @Option(
      names = "--securities",
      paramLabel = "N",
      defaultValue = "40",
      description = "securities they choose from, default ${DEFAULT-VALUE}")
  int securities;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "15",
      description = "business days, default ${DEFAULT-VALUE}")
  int days;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "12",
      description = "rows a workbook, default ${DEFAULT-VALUE}")
  int rows;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "what chance begins with, default ${DEFAULT-VALUE}")
  long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Option(names = "--verbose", description = "show the stack trace of a failure")
  boolean verbose;

  @Override
  public Integer call() {
    SampleSummary summary =
        SampleWorkbooks.write(
            directory, new SampleWorkbooks.Size(portfolios, securities, days, rows, seed));
    var out = spec.commandLine().getOut();
    out.printf(
        "%d workbooks in %s: %d written, %d there already%n",
        summary.files(), summary.directory(), summary.written(), summary.unchanged());
    summary.kept().forEach(file -> out.println("  kept as it is: " + file));
    return ExitCode.DONE.code();
  }
}
