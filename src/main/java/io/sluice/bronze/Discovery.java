package io.sluice.bronze;

import io.sluice.config.Deliveries;
import io.sluice.config.FilesGlob;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.Failures;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.workbook.FilePart;
import io.sluice.workbook.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds what the landing holds and the ledger does not know. */
final class Discovery {
  /** Why a file that may still be being written waits. */
  static final String UNSETTLED = "it was written less than landing.settle ago";

  private final RunScope scope;
  private final Ledger ledger;
  private final Map<String, String> left = new TreeMap<>();
  private final Map<String, Listing.Found> landing = new HashMap<>();
  private final Sweeps sweeps;
  private final Instant began = Instant.now();
  private final boolean sweeping;
  private final AtomicLong passed = new AtomicLong();
  private long listed;
  private boolean folder;
  private boolean unsettled;

  /**
   * @param sweep whether everything is listed, due or not
   */
  Discovery(RunScope scope, Ledger ledger, boolean sweep) {
    this.scope = scope;
    this.ledger = ledger;
    this.sweeps = new Sweeps(scope.lake(), scope.pipeline());
    this.sweeping =
        sweep
            || ledger.lastBatch() == 0
            || sweeps.due().filter(due -> due.isAfter(began)).isEmpty();
  }

  /** Records a sweep. To be called once all that was found is in the ledger. */
  void finished() {
    if (sweeping) {
      sweeps.record(scope.runId(), began, listed);
    }
  }

  /** How many folders of old dates were passed over. */
  long passed() {
    return passed.get();
  }

  /**
   * What is new, oldest first, with what belongs to it. A refused file is new again once its
   * contract has changed.
   *
   * @throws SluiceException LANDING_MISSING if there is no landing
   */
  List<Delivery> deliveries() {
    Map<String, List<LandedFile>> listed = bySource(list());
    Map<String, List<LandedFile>> fresh =
        bySource(
            new KnownFiles(scope.lake().spark(), ledger)
                .without(listed.values().stream().flatMap(List::stream).toList()));
    List<Delivery> deliveries = new ArrayList<>();
    scope
        .pipeline()
        .sources()
        .forEach(
            (name, source) ->
                deliveries.addAll(
                    deliveries(
                        source,
                        listed.getOrDefault(name, List.of()),
                        fresh.getOrDefault(name, List.of()))));
    deliveries.sort(Delivery.OLDEST_FIRST);
    return deliveries;
  }

  /** The files of {@link #deliveries}. */
  List<LandedFile> newFiles() {
    return deliveries().stream().flatMap(delivery -> delivery.files().stream()).toList();
  }

  /** What is new and waits for the next run, by path, and why; once deliveries were asked for. */
  Map<String, String> left() {
    return Map.copyOf(left);
  }

  /** Whether something is left only since it may still be being written. */
  boolean unsettled() {
    return unsettled;
  }

  private static Map<String, List<LandedFile>> bySource(List<LandedFile> files) {
    Map<String, List<LandedFile>> bySource = new HashMap<>();
    files.forEach(
        file -> bySource.computeIfAbsent(file.source(), name -> new ArrayList<>()).add(file));
    return bySource;
  }

  private List<Delivery> deliveries(
      Source source, List<LandedFile> listed, List<LandedFile> fresh) {
    List<Delivery> single = new ArrayList<>();
    List<LandedFile> others = new ArrayList<>();
    for (LandedFile file : fresh) {
      if (LockFile.is(file.uri()) || source.deliveries().equals(Deliveries.SINGLE)) {
        if (settled(file.modifiedMillis())) {
          single.add(Delivery.of(file));
        } else {
          leave(file, UNSETTLED);
        }
      } else {
        others.add(file);
      }
    }
    if (source.deliveries().withManifest()) {
      Set<String> manifests =
          others.stream()
              .map(file -> ManifestedFiles.manifestOf(source, file.uri()))
              .collect(Collectors.toSet());
      List<LandedFile> beside =
          listed.stream()
              .filter(file -> manifests.contains(ManifestedFiles.manifestOf(source, file.uri())))
              .toList();
      single.addAll(
          new ManifestedFiles(source, landing, files(), this::settled, this::leave)
              .deliveries(
                  beside, others, new KnownFiles(scope.lake().spark(), ledger).taken(beside)));
    } else if (source.deliveries().inParts()) {
      List<FileRecord> lines =
          ledger.state().isEmpty()
              ? List.of()
              : ledger.ofDeliveries(
                  source.name(),
                  others.stream()
                      .map(file -> FilePart.of(source, file.uri()).delivery())
                      .collect(Collectors.toSet()));
      single.addAll(
          new PartedFiles(source, this::settled, this::leave).deliveries(listed, others, lines));
    }
    return single;
  }

  private void leave(LandedFile file, String why) {
    left.put(file.uri(), why);
  }

  private LocalCopy.Landing files() {
    return new LocalCopy.Landing(
        scope.pipeline().landing(), scope.lake().spark().sparkContext().hadoopConfiguration());
  }

  /** Whether a file of this time is not being written any more. A server's clock may be ahead. */
  private boolean settled(long modifiedMillis) {
    Duration settle = scope.pipeline().arrivals().settle();
    boolean settled =
        !folder
            || settle.isZero()
            || Math.abs(began.toEpochMilli() - modifiedMillis) >= settle.toMillis();
    unsettled |= !settled;
    return settled;
  }

  private BiPredicate<String, FileStatus> cold(Map<Source, FilesGlob> globs) {
    if (sweeping) {
      return (path, status) -> false;
    }
    ColdFolders cold =
        new ColdFolders(
            globs,
            ledger,
            scope.pipeline().arrivals().hotDays(),
            folder ? sweeps.last() : Optional.empty());
    return (path, status) -> {
      boolean passes = cold.has(path, status);
      if (passes) {
        passed.incrementAndGet();
      }
      return passes;
    };
  }

  private List<LandedFile> list() {
    Map<Source, FilesGlob> globs = new LinkedHashMap<>();
    Map<String, String> contracts = new LinkedHashMap<>();
    for (Source source : scope.pipeline().sources().values()) {
      globs.put(source, new FilesGlob(source.files()));
      contracts.put(source.name(), Definitions.contract(source));
    }
    Path root = new Path(scope.pipeline().landing());
    List<LandedFile> files = new ArrayList<>();
    try {
      FileSystem system =
          root.getFileSystem(scope.lake().spark().sparkContext().hadoopConfiguration());
      if (!system.exists(root)) {
        throw new SluiceException(
            Reason.LANDING_MISSING,
            "There is no landing at " + root,
            "the folder or prefix named by landing.root does not exist",
            "Create it, or name another one with --set landing.root=…");
      }
      folder = system.getScheme().equals("file");
      BiPredicate<String, FileStatus> cold = cold(globs);
      Listing listing =
          new Listing(
              system,
              root,
              (path, status) ->
                  globs.values().stream().anyMatch(glob -> glob.mayHold(path))
                      && !cold.test(path, status));
      for (Listing.Found found : listing.files(root)) {
        listed++;
        landing.put(found.uri(), found);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new SluiceException(
          Reason.LANDING_MISSING,
          "The landing at " + root + " cannot be listed",
          Failures.summary(e),
          "Check landing.root and the permissions on it.",
          e);
    }
    globs.forEach(
        (source, glob) ->
            landing.values().stream()
                .filter(found -> glob.matches(found.uri()))
                .map(found -> landed(source, found, contracts.get(source.name())))
                .forEach(files::add));
    return withoutManifests(files);
  }

  private LandedFile landed(Source source, Listing.Found found, String contract) {
    LandedFile file =
        new LandedFile(source.name(), found.uri(), found.size(), found.modifiedMillis(), contract)
            .tagged(found.etag());
    return source.deliveries().withManifest()
        ? file.beside(
            ManifestedFiles.stamp(landing.get(ManifestedFiles.manifestOf(source, found.uri()))))
        : file;
  }

  /** A glob that takes everything takes no manifest for a workbook. */
  private List<LandedFile> withoutManifests(List<LandedFile> files) {
    Map<String, Source> sources = scope.pipeline().sources();
    Set<String> manifests = new HashSet<>();
    files.stream()
        .filter(file -> sources.get(file.source()).deliveries().withManifest())
        .forEach(
            file ->
                manifests.add(
                    file.source()
                        + "\n"
                        + ManifestedFiles.manifestOf(sources.get(file.source()), file.uri())));
    return files.stream()
        .filter(file -> !manifests.contains(file.source() + "\n" + file.uri()))
        .toList();
  }
}
