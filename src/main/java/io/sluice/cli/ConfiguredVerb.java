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
import picocli.CommandLine.Spec;

/** What the verbs that load a pipeline share: its overlays, and how they answer. */
abstract class ConfiguredVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

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

  /**
   * Loads a pipeline.
   *
   * @param file null for the one that is used if none is given; one that is not there is looked for
   *     in the project, too
   */
  final LoadedPipeline load(Path file) {
    if (verbose) {
      Logs.show();
    }
    return PipelineLoader.load(
        new LoadRequest(found(file), Optional.ofNullable(environment), settings, home()));
  }

  private static Path found(Path file) {
    if (file == null) {
      return home().resolve("conf/portfolio.conf");
    }
    Path inHome = home().resolve(file);
    return !Files.exists(file) && Files.exists(inHome) ? inHome : file;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
