package io.sluice.cli;

import io.sluice.error.ExitCode;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.infer.Inference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A draft of a pipeline. */
@Command(
    name = "infer",
    description = {
      "Writes a draft of a pipeline from the workbooks that it is to read.",
      "",
      "It finds table, columns, types, dates, texts for none, slice and key by their look, and says",
      "what it saw in comments. The draft reads those workbooks as it stands; check every line of it.",
      "Workbooks with the same headers become one source."
    })
final class InferVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "workbooks")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write the draft, which must not exist; printed if not given")
  Path target;

  @Option(names = "--verbose", description = "show the stack trace of a failure")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  @Override
  public Integer call() {
    files.forEach(InferVerb::requireFile);
    if (target != null && Files.exists(target)) {
      throw new SluiceException(
          Reason.USAGE,
          target + " exists already",
          "a draft does not replace what somebody may have edited",
          "Name another file with --out, or remove that one.");
    }
    Inference.Draft draft = Inference.of(files, ConfiguredVerb.home());
    if (target == null) {
      spec.commandLine().getOut().print(draft.text());
      spec.commandLine().getOut().flush();
    } else {
      write(draft.text());
      spec.commandLine().getOut().println("Wrote the draft to " + target + "; check every line.");
    }
    draft.remarks().forEach(remark -> spec.commandLine().getErr().println("note: " + remark));
    return ExitCode.DONE.code();
  }

  private void write(String text) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new SluiceException(
          Reason.USAGE,
          "The draft cannot be written to " + target,
          String.valueOf(e.getMessage()),
          "Name a place with --out that can be written to.",
          e);
    }
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SluiceException(
          Reason.USAGE,
          Files.isDirectory(file) ? file + " is a folder" : "There is no file " + file,
          "a draft is made from workbooks",
          "Name workbooks, e.g. data/mine/*.xlsx.",
          Place.file(file.toString()));
    }
  }
}
