package io.sluice.cli;

import io.sluice.config.LoadedPipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** What the verbs over a pipeline share: one argument may name it. */
abstract class PipelineVerb extends ConfiguredVerb {
  private static final String SUFFIX = ".conf";

  @Parameters(
      paramLabel = "PIPELINE",
      arity = "0..*",
      description = "pipeline file; conf/portfolio.conf if none is given")
  List<String> arguments = new ArrayList<>();

  LoadedPipeline load() {
    return load(pipelines().findFirst().map(Path::of).orElse(null));
  }

  /** Arguments that are not the pipeline file. */
  List<String> others() {
    List<String> others = new ArrayList<>(arguments);
    pipelines().findFirst().ifPresent(others::remove);
    return others;
  }

  /** For verbs that take nothing but a pipeline. */
  void requireNoOthers() {
    if (!others().isEmpty()) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(),
          "'%s' is not a pipeline file (their names end in .conf)".formatted(others().get(0)));
    }
  }

  private Stream<String> pipelines() {
    return arguments.stream().filter(argument -> argument.endsWith(SUFFIX));
  }
}
