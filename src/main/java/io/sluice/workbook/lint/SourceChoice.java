package io.sluice.workbook.lint;

import io.sluice.config.FilesGlob;
import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sources that take a file, and how their messages name it.
 *
 * @param path relative to the landing; for a file that is not in it, as much of the end of its path
 *     as a glob matches, or its name
 * @param sources at least one
 */
public record SourceChoice(String path, List<Source> sources) {
  public SourceChoice {
    sources = List.copyOf(sources);
  }

  /**
   * Finds the sources by their globs. A file in the landing is taken by every source whose glob
   * matches its path there, as in a run; one that waits elsewhere by what it would match there.
   *
   * @throws SluiceException USAGE if there is no such file, no source takes it, or its name alone
   *     does not tell which one does
   */
  public static SourceChoice byGlob(Pipeline pipeline, Path file) {
    requireFile(file);
    Path absolute = file.toAbsolutePath().normalize();
    Optional<String> landed = inLanding(pipeline, absolute);
    if (landed.isPresent()) {
      List<Source> taking = taking(pipeline, landed.get());
      if (taking.isEmpty()) {
        throw taken(pipeline, landed.get(), "no run would take it");
      }
      return new SourceChoice(landed.get(), taking);
    }
    for (int i = 0; i < absolute.getNameCount(); i++) {
      String end = slashed(absolute.subpath(i, absolute.getNameCount()));
      List<Source> taking = taking(pipeline, end);
      if (!taking.isEmpty()) {
        return new SourceChoice(end, taking);
      }
    }
    return byName(pipeline, absolute.getFileName().toString());
  }

  /**
   * The source of a name.
   *
   * @throws SluiceException USAGE if there is no such file or no such source
   */
  public static SourceChoice byName(Pipeline pipeline, Path file, String source) {
    requireFile(file);
    Source named = pipeline.sources().get(source);
    if (named == null) {
      throw new SluiceException(
          Reason.USAGE,
          "There is no source " + source,
          pipeline.definedIn() + " declares " + String.join(", ", pipeline.sources().keySet()),
          "Name one of them with --source.");
    }
    Path absolute = file.toAbsolutePath().normalize();
    return new SourceChoice(
        inLanding(pipeline, absolute).orElse(absolute.getFileName().toString()), List.of(named));
  }

  private static SourceChoice byName(Pipeline pipeline, String name) {
    List<Source> possible =
        pipeline.sources().values().stream()
            .filter(
                source ->
                    new FilesGlob(source.files().substring(source.files().lastIndexOf('/') + 1))
                        .matches(name))
            .toList();
    if (possible.size() == 1) {
      return new SourceChoice(name, possible);
    }
    if (possible.isEmpty()) {
      throw taken(pipeline, name, "not even its name fits");
    }
    throw new SluiceException(
        Reason.USAGE,
        "It cannot be told which source " + name + " is for",
        "it does not lie in the landing, and its name fits "
            + String.join(", ", possible.stream().map(Source::name).toList()),
        "Name the source with --source.",
        Place.file(name));
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      boolean folder = Files.isDirectory(file);
      throw new SluiceException(
          Reason.USAGE,
          folder ? file + " is a folder" : "There is no file " + file,
          folder ? "files are checked one by one" : "nothing is found under that path",
          folder ? "Name the workbooks in it, e.g. " + file + "/*.xlsx" : "Correct the path.",
          Place.file(file.toString()));
    }
  }

  private static SluiceException taken(Pipeline pipeline, String path, String why) {
    List<String> globs =
        pipeline.sources().values().stream()
            .map(source -> source.name() + " takes " + source.files())
            .toList();
    return new SluiceException(
        Reason.USAGE,
        "No source takes " + path,
        why + ": " + String.join(", ", globs),
        "Put the file where a source looks for it, name the source with --source, or name another"
            + " pipeline with --pipeline.",
        Place.file(path));
  }

  private static List<Source> taking(Pipeline pipeline, String path) {
    return pipeline.sources().values().stream()
        .filter(source -> new FilesGlob(source.files()).matches(path))
        .toList();
  }

  private static Optional<String> inLanding(Pipeline pipeline, Path file) {
    if (pipeline.landing().contains("://")) {
      return Optional.empty();
    }
    Path landing = Path.of(pipeline.landing().replaceFirst("^file:", ""));
    Path root = landing.toAbsolutePath().normalize();
    return file.startsWith(root) ? Optional.of(slashed(root.relativize(file))) : Optional.empty();
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
