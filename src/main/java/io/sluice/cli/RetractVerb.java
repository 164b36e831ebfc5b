package io.sluice.cli;

import io.sluice.bronze.Retraction;
import io.sluice.run.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A workbook taken back. */
@Command(
    name = "retract",
    customSynopsis = "sluice retract FILE [PIPELINE.conf] --why TEXT [options]",
    description = {
      "Takes back by hand what a workbook restated, in lake and warehouse, at once.",
      "",
      "FILE is a path relative to landing.root, of which the newest version is meant, or the first",
      "digits of a file id. Its slices fall to the next older workbook that has them, or become",
      "empty. The same content counts no more under any name it came by; it counts again only when",
      "sent anew at a later place in the source's order. A corrected workbook counts at once.",
      "With a part of a delivery goes the whole version of it.",
      "",
      "The ledger keeps who, when and why; rebuilding follows it. Landing and bronze stay as they are."
    },
    footer = {
      "",
      "Example:",
      "  sluice retract holdings/2024-01-15/P001.xlsx --why 'sent for the wrong portfolio'"
    })
final class RetractVerb extends StageVerb {
  @Option(
      names = "--why",
      paramLabel = "TEXT",
      required = true,
      description = "the reason, for the ledger")
  String why;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who takes it back, default ${DEFAULT-VALUE}")
  String by;

  @Override
  RunOptions options() {
    if (others().size() != 1) {
      throw new ParameterException(
          spec.commandLine(), "name one file to take back, and at most one pipeline file");
    }
    if (why.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--why must say something");
    }
    return RunOptions.retract(group, new Retraction(others().get(0), by, why));
  }

  @Override
  boolean answersVerdict() {
    return true;
  }
}
