package io.sluice.cli;

import io.sluice.config.LoadedPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What the verbs over a pipeline share: they name it first. */
abstract class PipelineVerb extends ConfiguredVerb {
  private static final String SUFFIX = ".conf";

  @Parameters(
      paramLabel = "PIPELINE",
      arity = "0..*",
      description = "pipeline file; conf/portfolio.conf if none is given")
  List<String> arguments = new ArrayList<>();

  LoadedPipeline load() {
    return load(namesPipeline() ? Path.of(arguments.get(0)) : null);
  }

  /** Arguments that are not the pipeline file. */
  List<String> others() {
    return namesPipeline() ? arguments.subList(1, arguments.size()) : arguments;
  }

  /** For verbs that take nothing but a pipeline. */
  void requireNoOthers() {
    if (!others().isEmpty()) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(),
          "'%s' is not a pipeline file (their names end in .conf)".formatted(others().get(0)));
    }
  }

  private boolean namesPipeline() {
    return !arguments.isEmpty() && arguments.get(0).endsWith(SUFFIX);
  }
}
