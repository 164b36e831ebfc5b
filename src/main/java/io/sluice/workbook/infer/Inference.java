package io.sluice.workbook.infer;

import io.sluice.config.LoadRequest;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineLoader;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import io.sluice.workbook.StoredSheets;
import io.sluice.workbook.lint.LintedFile;
import io.sluice.workbook.lint.LintedFile.Verdict;
import io.sluice.workbook.lint.Linter;
import io.sluice.workbook.lint.SourceChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a draft of a pipeline from workbooks. */
public final class Inference {
  private static final int ATTEMPTS = 4;

  /**
   * A draft.
   *
   * @param text a pipeline file
   * @param remarks what it cannot do, one sentence each: no draft reads a formula without a value
   */
  public record Draft(String text, List<String> remarks) {
    public Draft {
      remarks = List.copyOf(remarks);
    }
  }

  private final List<Path> files;
  private final Path root;
  private final Path home;

  private Inference(List<Path> files, Path home) {
    this.files = files.stream().map(file -> file.toAbsolutePath().normalize()).distinct().toList();
    this.root = FileNames.folder(this.files);
    this.home = home;
  }

  /**
   * Makes a draft that reads the files with no refusal and no reject. Files of one layout become
   * one source.
   *
   * @param home project directory, which relative places in the draft lie in
   * @throws SluiceException if a file cannot be read as a workbook, or has no table
   */
  public static Draft of(List<Path> files, Path home) {
    return new Inference(files, home).draft();
  }

  private Draft draft() {
    List<SourceInference> sources = new ArrayList<>();
    for (Group group : groups()) {
      sources.add(read(group));
    }
    for (int attempt = 1; ; attempt++) {
      List<SourceDraft> drafts = sources.stream().map(SourceInference::draft).toList();
      String text = DraftText.of(drafts, root, home);
      Pipeline pipeline = load(text);
      List<String> remarks = new ArrayList<>();
      boolean changed = false;
      for (SourceInference source : sources) {
        changed |= tried(source, pipeline, remarks);
      }
      if (!changed || attempt == ATTEMPTS) {
        return new Draft(text, remarks);
      }
    }
  }

  /** Files that one contract can read. */
  private static final class Group {
    private SheetShape shape;
    private final List<Path> files = new ArrayList<>();
    private String name;
    private String glob;
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Path file : files) {
      SheetShape shape;
      String shown = FileNames.relativeText(root, file);
      try (StoredSheets workbook = StoredSheets.open(file, shown)) {
        shape = ShapeSearch.of(workbook, shown);
      }
      Optional<Group> same = groups.stream().filter(group -> group.shape.like(shape)).findFirst();
      Group group = same.orElseGet(Group::new);
      group.shape = same.isPresent() ? group.shape.and(shape) : shape;
      group.files.add(file);
      if (same.isEmpty()) {
        groups.add(group);
      }
    }
    name(groups);
    return groups;
  }

  private void name(List<Group> groups) {
    groups.forEach(group -> group.glob = FileNames.glob(root, group.files));
    List<String> taken = new ArrayList<>();
    for (Group group : groups) {
      group.name = FileNames.source(group.glob, taken);
      taken.add(group.name);
    }
    for (Group group : groups) {
      io.sluice.config.FilesGlob glob = new io.sluice.config.FilesGlob(group.glob);
      boolean takesOthers =
          groups.stream()
              .filter(other -> other != group)
              .flatMap(other -> other.files.stream())
              .anyMatch(file -> glob.matches(FileNames.relativeText(root, file)));
      if (takesOthers) {
        group.glob = FileNames.exact(root, group.files);
      }
    }
  }

  private SourceInference read(Group group) {
    SourceInference source = new SourceInference(group.name, group.glob, group.files, group.shape);
    Pipeline texts = load(DraftText.of(List.of(source.texts()), root, home));
    for (Path file : group.files) {
      String shown = FileNames.relativeText(root, file);
      try {
        source.read(file, shown, texts.sources().get(group.name));
      } catch (SluiceException refusal) {
        throw new SluiceException(
            refusal.reason(),
            shown + " has no table that a contract could find by its headers",
            refusal.problem() + ": " + refusal.why(),
            "Change the layout of the workbook, or write the contract by hand.",
            refusal.place().orElse(Place.file(shown)),
            refusal);
      }
    }
    return source;
  }

  private boolean tried(SourceInference source, Pipeline pipeline, List<String> remarks) {
    boolean changed = false;
    for (Path file : source.files()) {
      String path = SourceChoice.byGlob(pipeline, file).path();
      LintedFile linted =
          Linter.lint(file, path, pipeline.sources().get(source.name()), pipeline.zone(), 10_000);
      if (linted.verdict() == Verdict.REFUSED) {
        changed |= source.withoutTypesAbove();
        remarks.add(
            path
                + " would be refused: "
                + linted.refusal().problem()
                + ", "
                + linted.refusal().why());
      }
      for (LintedFile.Reject reject : linted.rejects()) {
        changed |= source.asText(reject.columnName());
      }
      if (linted.verdict() == Verdict.REJECTS) {
        LintedFile.Reject first = linted.rejects().get(0);
        remarks.add(
            "%s: %d rows would be rejected, the first because of cell %s: %s"
                .formatted(path, linted.rejectedRows(), first.cell(), first.message()));
      }
    }
    return changed;
  }

  private Pipeline load(String text) {
    try {
      Path file = Files.createTempFile("sluice-draft-", ".conf");
      try {
        Files.writeString(file, text);
        return PipelineLoader.load(new LoadRequest(file, Optional.empty(), List.of(), home))
            .pipeline();
      } catch (SluiceException defect) {
        // Not the user's mistake, whatever its reason says, so it does not travel as the cause.
        throw new IllegalStateException("the draft does not load: " + defect.getMessage());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
