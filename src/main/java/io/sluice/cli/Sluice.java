package io.sluice.cli;

import io.sluice.error.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line. */
@Command(
    name = "sluice",
    description = "Carries Excel workbooks through a Delta lakehouse into a Postgres star schema.",
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done, or nothing to do",
      "  2  usage, configuration, or a changed definition",
      "  3  a source is missing or late",
      "  4  a file was refused or waits, or a contract or reject limit was broken",
      "  5  a quality gate failed",
      "  6  another run holds the pipeline",
      "  7  infrastructure failed; try again",
      "  1  a defect of Sluice itself",
      "",
      "Begin with 'sluice demo', which needs nothing; every verb explains itself with --help."
    },
    mixinStandardHelpOptions = true,
    version = "Sluice 0.1.0",
    subcommands = {
      DemoVerb.class,
      RunVerb.class,
      IngestVerb.class,
      ConformVerb.class,
      ModelVerb.class,
      PublishVerb.class,
      RejectsVerb.class,
      ReplayVerb.class,
      RebuildVerb.class,
      RetractVerb.class,
      MigrateVerb.class,
      StatusVerb.class,
      SqlVerb.class,
      ConfigVerb.class,
      TestVerb.class,
      LintVerb.class,
      InferVerb.class,
      SampleVerb.class,
      WarehouseVerb.class,
      BenchmarkVerb.class,
      HelpCommand.class
    })
public final class Sluice implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Sluice() {}

  /** Without a verb there is only help to give. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }

  /**
   * Runs one command.
   *
   * @return what the process ends with
   */
  public static int run(String[] arguments) {
    CommandLine line = commandLine();
    int code = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  /** Verbs and options, to run commands with or only to parse them. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sluice());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(Sluice::wrongUsage);
    line.setExecutionExceptionHandler(Problems::report);
    line.registerConverter(LocalDate.class, Sluice::date);
    line.setUsageHelpWidth(100);
    line.setAbbreviatedOptionsAllowed(false);
    return line;
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no date; write it like 2024-01-15");
    }
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("sluice: " + e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("See '" + line.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE.code();
  }
}
