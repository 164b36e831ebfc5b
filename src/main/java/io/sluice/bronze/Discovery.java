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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
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

  Discovery(RunScope scope, Ledger ledger) {
    this.scope = scope;
    this.ledger = ledger;
  }

  /**
   * What is new, oldest first. A refused file is new again once its contract has changed.
   *
   * @throws SluiceException LANDING_MISSING if there is no landing
   */
  List<LandedFile> newFiles() {
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
                        .or(col("listing.contract").equalTo(col("known.contract")))),
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
      String base = system.makeQualified(root).toUri().getPath();
      RemoteIterator<LocatedFileStatus> listing = system.listFiles(root, true);
      while (listing.hasNext()) {
        LocatedFileStatus status = listing.next();
        String path = status.getPath().toUri().getPath();
        String uri = path.substring(base.length()).replaceFirst("^/", "");
        globs.forEach(
            (source, glob) -> {
              if (glob.matches(uri)) {
                files.add(
                    new LandedFile(
                        source.name(),
                        uri,
                        status.getLen(),
                        status.getModificationTime(),
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
