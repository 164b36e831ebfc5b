package io.sluice.cli;

import io.sluice.config.LoadRequest;
import io.sluice.config.LoadedPipeline;
import io.sluice.config.PipelineLoader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What the verbs over a pipeline share: its file, its overlays, and the Spark session that it asks
 * for.
 */
abstract class PipelineVerb implements Callable<Integer> {
  private static final String SUFFIX = ".conf";

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "PIPELINE",
      arity = "0..*",
      description = "pipeline file; conf/portfolio.conf if none is given")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "environment overlay: env/NAME.conf beside the pipeline file")
  String environment;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "changes a place, e.g. landing.root=/data/in; may be repeated")
  List<String> settings = new ArrayList<>();

  @Option(names = "--json", description = "print JSON instead of text")
  boolean json;

  @Option(names = "--verbose", description = "show logs, and the stack trace of a failure")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  boolean help;

  /**
   * The project: where the default pipeline is, and what relative paths in files are relative to.
   */
  static Path home() {
    return Path.of(System.getProperty("sluice.home", "")).toAbsolutePath().normalize();
  }

  LoadedPipeline load() {
    if (verbose) {
      Logs.show();
    }
    return PipelineLoader.load(
        new LoadRequest(pipelineFile(), Optional.ofNullable(environment), settings, home()));
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

  private Path pipelineFile() {
    if (!namesPipeline()) {
      return home().resolve("conf/portfolio.conf");
    }
    Path given = Path.of(arguments.get(0));
    Path inHome = home().resolve(given);
    return !Files.exists(given) && Files.exists(inHome) ? inHome : given;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
