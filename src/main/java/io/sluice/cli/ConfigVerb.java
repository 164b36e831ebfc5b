package io.sluice.cli;

import io.sluice.error.ExitCode;
import picocli.CommandLine.Command;

/** The effective configuration. */
@Command(
    name = "config",
    description = {
      "Checks a pipeline file and prints the configuration that is in force.",
      "",
      "That is defaults, pipeline, environment overlay and --set put together. Credentials appear as",
      "references, never as values."
    })
final class ConfigVerb extends PipelineVerb {
  @Override
  public Integer call() {
    requireNoOthers();
    out().println(load().effective());
    return ExitCode.DONE.code();
  }
}
