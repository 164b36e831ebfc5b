package io.sluice.lake;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * One Delta table. Its progress lies in its own commits: each carries a {@link Stamp} as user
 * metadata, and the same facts as transaction marks, which outlive the clean-up of the log.
 */
public final class LakeTable {
  private static final String FENCE = "sluice/sequence";
  private static final String DEFINITION = "sluice/definition";
  private static final String PROGRESS = "sluice/progress/";
  private static final Pattern COMMITTED =
      Pattern.compile("\\d{20}\\.(json|checkpoint.*)|_last_checkpoint");

  private final SparkSession spark;
  private final Layer layer;
  private final String name;
  private final String path;

  LakeTable(SparkSession spark, Layer layer, String name, String path) {
    this.spark = spark;
    this.layer = layer;
    this.name = name;
    this.path = path;
  }

  public String name() {
    return name;
  }

  public Layer layer() {
    return layer;
  }

  public String path() {
    return path;
  }

  SparkSession spark() {
    return spark;
  }

  public boolean exists() {
    return DeltaApi.latest(DeltaApi.log(spark, path)).version() >= 0;
  }

  /** All rows of the latest version. */
  public Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /** All rows of one version. */
  public Dataset<Row> read(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path);
  }

  /** The table as it is now; empty if there is none. */
  public Optional<LakeState> state() {
    Snapshot snapshot = DeltaApi.latest(DeltaApi.log(spark, path));
    return snapshot.version() < 0 ? Optional.empty() : Optional.of(stateOf(snapshot));
  }

  /**
   * Creates the table if it is not there. The protocol stays at what Athena reads: no deletion
   * vectors, no column mapping, classic checkpoints.
   *
   * @throws SluiceException LAKE_UNWRITABLE if it cannot be created, e.g. over a folder that holds
   *     something else
   */
  public LakeState create(StructType schema, List<String> partitionBy, String description) {
    return create(schema, partitionBy, description, Map.of());
  }

  /** {@link #create(StructType, List, String)} with table properties of Delta's besides. */
  public LakeState create(
      StructType schema,
      List<String> partitionBy,
      String description,
      Map<String, String> properties) {
    return create(schema, partitionBy, description, properties, false);
  }

  private LakeState create(
      StructType schema,
      List<String> partitionBy,
      String description,
      Map<String, String> properties,
      boolean again) {
    Optional<LakeState> there = state();
    if (there.isPresent()) {
      return there.get();
    }
    try {
      var builder =
          io.delta.tables.DeltaTable.createIfNotExists(spark)
              .location(path)
              .addColumns(schema)
              .comment(description)
              .property("delta.enableDeletionVectors", "false")
              .property("delta.checkpointPolicy", "classic")
              .property("delta.logRetentionDuration", "interval 3650 days");
      properties.forEach(builder::property);
      if (!partitionBy.isEmpty()) {
        builder.partitionedBy(partitionBy.toArray(String[]::new));
      }
      builder.execute();
    } catch (Exception e) {
      // Spark's refusals are checked exceptions that Scala does not declare.
      Optional<LakeState> meanwhile = stateOrEmpty();
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      if (!again && removedUnfinished()) {
        return create(schema, partitionBy, description, properties, true);
      }
      throw new SluiceException(
          Reason.LAKE_UNWRITABLE,
          "The table " + path + " cannot be created",
          Failures.summary(e),
          "Check that lake.root can be written, and that the folder holds nothing but Delta tables.",
          e);
    }
    return state().orElseThrow();
  }

  /**
   * A process that died before a table's first commit leaves a log without one, which Delta takes
   * for a table, and will not create.
   */
  private boolean removedUnfinished() {
    Path log = new Path(path, "_delta_log");
    try {
      FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
      if (!files.exists(log)) {
        return false;
      }
      for (FileStatus file : files.listStatus(log)) {
        if (COMMITTED.matcher(file.getPath().getName()).matches()) {
          return false;
        }
      }
      boolean removed = files.delete(log, true);
      if (files.listStatus(log.getParent()).length == 0) {
        files.delete(log.getParent(), false);
      }
      return removed;
    } catch (IOException e) {
      return false;
    }
  }

  /** Of a table that somebody else may just be creating. */
  private Optional<LakeState> stateOrEmpty() {
    try {
      return state();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Commits one write, pinned to the state that the stage started from.
   *
   * @return the table as it is after the commit
   * @throws SluiceException FENCED if another run committed meanwhile; nothing is changed then
   */
  public LakeState commit(LakeState from, LakeWrite write) {
    return commit(stage(from, write));
  }

  /**
   * Writes the files of a commit without committing it, for a stage that decides by what it read on
   * the way.
   */
  public StagedWrite stage(LakeState from, LakeWrite write) {
    Stamp given = write.stamp();
    Map<String, Long> progress = new HashMap<>(from.progress());
    progress.putAll(given.progress());
    String definition = given.definition().isEmpty() ? from.definition() : given.definition();
    Stamp stamp =
        new Stamp(given.run(), from.sequence() + 1, definition, progress, given.changes());
    return DeltaApi.stage(spark, DeltaApi.log(spark, path), from, write, stamp);
  }

  /**
   * Commits what was staged.
   *
   * @return the table as it is after the commit
   * @throws SluiceException FENCED if another run committed meanwhile; nothing is changed then
   */
  public LakeState commit(StagedWrite staged) {
    Stamp stamp = staged.stamp();
    Map<String, Long> marks = new HashMap<>();
    marks.put(FENCE, stamp.sequence());
    stamp.progress().forEach((input, version) -> marks.put(PROGRESS + input, version));
    if (!stamp.definition().isEmpty()) {
      marks.put(DEFINITION, Long.parseUnsignedLong(stamp.definition(), 16));
    }
    long version = DeltaApi.commit(staged, FENCE, marks);
    Snapshot latest = DeltaApi.latest(staged.log());
    return latest.version() == version
        ? new LakeState(latest, stamp.sequence(), stamp.definition(), stamp.progress())
        : stateOf(latest);
  }

  /**
   * What changed after {@code version}, up to {@code upTo}. Where the log no longer reaches back
   * that far, everything.
   */
  public Changes changes(long version, long upTo) {
    return changes(version, upTo, false);
  }

  /**
   * {@link #changes} together with the dates that a commit of ours made anew although no row was or
   * is there: that a date has none may be all that there is to say of it.
   */
  public Changes datesMade(long version, long upTo) {
    return changes(version, upTo, true);
  }

  private Changes changes(long version, long upTo, boolean withoutRows) {
    if (version >= upTo) {
      return Changes.NONE;
    }
    if (version < 0) {
      return Changes.EVERYTHING;
    }
    List<Map.Entry<Long, List<Action>>> versions;
    try {
      versions = DeltaApi.actions(DeltaApi.log(spark, path), version + 1, upTo);
    } catch (IllegalStateException e) {
      return Changes.EVERYTHING;
    }
    Changes changes = Changes.NONE;
    for (Map.Entry<Long, List<Action>> commit : versions) {
      changes = changes.and(changesOf(commit.getValue(), withoutRows));
    }
    return changes;
  }

  /** Whether any row may have changed after {@code version}, up to {@code upTo}. */
  public boolean rowsChanged(long version, long upTo) {
    if (version >= upTo) {
      return false;
    }
    if (version < 0) {
      return true;
    }
    try {
      return DeltaApi.actions(DeltaApi.log(spark, path), version + 1, upTo).stream()
          .flatMap(commit -> commit.getValue().stream())
          .anyMatch(LakeTable::changesRows);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static boolean changesRows(Action action) {
    return action instanceof AddFile add && add.dataChange()
        || action instanceof RemoveFile remove && remove.dataChange();
  }

  private static Changes changesOf(List<Action> actions, boolean withoutRows) {
    Optional<Stamp> stamp = Optional.empty();
    boolean data = false;
    boolean everything = false;
    SortedSet<LocalDate> dates = new TreeSet<>();
    for (Action action : actions) {
      if (action instanceof CommitInfo info && info.userMetadata().isDefined()) {
        stamp = Stamp.parse(info.userMetadata().get());
      } else if (changesRows(action)) {
        data = true;
        Optional<LocalDate> date = dateOf(action);
        date.ifPresent(dates::add);
        everything |= date.isEmpty();
      }
    }
    if (!data && !(withoutRows && stamp.isPresent())) {
      return Changes.NONE;
    }
    if (stamp.isPresent()) {
      return stamp.get().changes();
    }
    return everything ? Changes.EVERYTHING : Changes.of(dates);
  }

  /** The date of a file's partition; empty where its partition is not that of a date. */
  private static Optional<LocalDate> dateOf(Action action) {
    var partition =
        action instanceof AddFile add
            ? add.partitionValues()
            : ((RemoveFile) action).partitionValues();
    // Some writers leave the partition out of what they remove.
    if (partition == null) {
      return Optional.empty();
    }
    Map<String, String> values = JavaConverters.mapAsJavaMap(partition);
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(values.get("year")),
              Integer.parseInt(values.get("month")),
              Integer.parseInt(values.get("day"))));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LakeState stateOf(Snapshot snapshot) {
    Map<String, Long> marks = DeltaApi.transactions(snapshot);
    Map<String, Long> progress = new HashMap<>();
    marks.forEach(
        (mark, version) -> {
          if (mark.startsWith(PROGRESS)) {
            progress.put(mark.substring(PROGRESS.length()), version);
          }
        });
    String definition = marks.containsKey(DEFINITION) ? Hashes.hex(marks.get(DEFINITION)) : "";
    return new LakeState(snapshot, marks.getOrDefault(FENCE, 0L), definition, progress);
  }
}
