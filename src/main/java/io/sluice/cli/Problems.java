package io.sluice.cli;

import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/**
 * One message for what stopped a command: problem, cause, remedy. The stack trace only on request.
 */
final class Problems {
  private Problems() {}

  static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    SluiceException problem = named(failure);
    print(problem, err);
    if (verbose(parsed)) {
      failure.printStackTrace(err);
    } else if (problem.exitCode() == ExitCode.DEFECT) {
      err.println("          Add --verbose for the stack trace.");
    }
    return problem.exitCode().code();
  }

  static void print(SluiceException problem, PrintWriter err) {
    err.println();
    err.println(problem.reason() + ": " + problem.problem() + ".");
    problem.place().ifPresent(place -> err.println("  where   " + place));
    err.println("  cause   " + indented(problem.why()));
    err.println("  remedy  " + indented(problem.remedy()));
  }

  /** The failure under its name: the one it has, or the one that fits. */
  private static SluiceException named(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SluiceException problem) {
        return problem;
      }
    }
    Optional<IOException> io = Optional.empty();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException found) {
        io = Optional.of(found);
      }
    }
    if (io.isPresent()) {
      return new SluiceException(
          Reason.LAKE_UNREADABLE,
          "A file of the landing or the lake could not be read or written",
          String.valueOf(io.get().getMessage()),
          "Check the storage and run again; what was committed stays, and the next run goes on.",
          failure);
    }
    return new SluiceException(
        Reason.DEFECT,
        "Sluice failed in a way that it does not know",
        failure.getClass().getSimpleName() + ": " + failure.getMessage(),
        "Please report it. What was committed stays, and the next run goes on.",
        failure);
  }

  private static String indented(String text) {
    return text.strip().replace("\n", "\n          ");
  }

  private static boolean verbose(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--verbose");
  }
}
