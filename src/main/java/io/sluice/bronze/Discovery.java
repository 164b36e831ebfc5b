package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.FilesGlob;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.Failures;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds what the landing holds and the ledger does not know. */
final class Discovery {
  private static final StructType LISTING =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("uri", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("modified_at", DataTypes.TimestampType)
          .add("contract", DataTypes.StringType);

  private final RunScope scope;
  private final Ledger ledger;
  private final Set<LandedFile> unsettled = new LinkedHashSet<>();
  private final Sweeps sweeps;
  private final Instant began = Instant.now();
  private final boolean sweeping;
  private final AtomicLong passed = new AtomicLong();
  private long listed;
  private boolean folder;

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
   * What is new, oldest first. A refused file is new again once its contract has changed.
   *
   * @throws SluiceException LANDING_MISSING if there is no landing
   */
  List<LandedFile> newFiles() {
    List<LandedFile> fresh = fresh();
    Duration settle = scope.pipeline().arrivals().settle();
    if (!folder || settle.isZero()) {
      return fresh;
    }
    long now = System.currentTimeMillis();
    // A file server's clock may be ahead of ours.
    fresh.stream()
        .filter(file -> Math.abs(now - file.modifiedMillis()) < settle.toMillis())
        .forEach(unsettled::add);
    return fresh.stream().filter(file -> !unsettled.contains(file)).toList();
  }

  /** What is new but may still be being written, once {@link #newFiles} was asked for. */
  List<LandedFile> unsettled() {
    return List.copyOf(unsettled);
  }

  private List<LandedFile> fresh() {
    List<LandedFile> listed = list();
    if (listed.isEmpty() || ledger.state().isEmpty()) {
      return oldestFirst(listed);
    }
    List<Row> rows = new ArrayList<>();
    for (LandedFile file : listed) {
      rows.add(
          RowFactory.create(
              file.source(),
              file.uri(),
              file.size(),
              Instant.ofEpochMilli(file.modifiedMillis()),
              file.contract()));
    }
    Dataset<Row> listing = scope.lake().spark().createDataFrame(rows, LISTING).alias("listing");
    Dataset<Row> known = ledger.standing().alias("known");
    Dataset<Row> fresh =
        listing.join(
            known,
            col("listing.source")
                .equalTo(col("known.source"))
                .and(col("listing.uri").equalTo(col("known.uri")))
                .and(col("listing.size").equalTo(col("known.size")))
                .and(col("listing.modified_at").equalTo(col("known.modified_at")))
                .and(
                    col("known.outcome")
                        .notEqual("REFUSED")
                        .or(
                            col("listing.contract")
                                .equalTo(col("known.contract"))
                                .and(col("known.file_id").notEqual("")))),
            "left_anti");
    List<LandedFile> found = new ArrayList<>();
    for (Row row : fresh.collectAsList()) {
      Instant modified = row.getAs("modified_at");
      found.add(
          new LandedFile(
              row.getAs("source"),
              row.getAs("uri"),
              row.<Long>getAs("size"),
              modified.toEpochMilli(),
              row.getAs("contract")));
    }
    return oldestFirst(found);
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

  private static List<LandedFile> oldestFirst(List<LandedFile> files) {
    List<LandedFile> sorted = new ArrayList<>(files);
    sorted.sort(
        java.util.Comparator.comparingLong(LandedFile::modifiedMillis)
            .thenComparing(LandedFile::uri)
            .thenComparing(LandedFile::source));
    return sorted;
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
        globs.forEach(
            (source, glob) -> {
              if (glob.matches(found.uri())) {
                files.add(
                    new LandedFile(
                        source.name(),
                        found.uri(),
                        found.size(),
                        found.modifiedMillis(),
                        contracts.get(source.name())));
              }
            });
      }
    } catch (IOException | UncheckedIOException e) {
      throw new SluiceException(
          Reason.LANDING_MISSING,
          "The landing at " + root + " cannot be listed",
          Failures.summary(e),
          "Check landing.root and the permissions on it.",
          e);
    }
    return files;
  }
}
