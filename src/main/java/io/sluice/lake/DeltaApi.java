package io.sluice.lake;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Predef;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** Delta's Scala interface, and the only class that speaks it. Pinned to one Delta version. */
final class DeltaApi {
  private DeltaApi() {}

  static DeltaLog log(SparkSession spark, String path) {
    return DeltaLog.forTable(spark, new Path(path));
  }

  static Snapshot latest(DeltaLog log) {
    return log.update(false, Option.empty(), Option.empty());
  }

  /**
   * The durable transaction marks of a snapshot. Delta keeps them in the checksum file beside each
   * commit; only where a writer left that out is the log replayed for them.
   */
  static Map<String, Long> transactions(Snapshot snapshot) {
    var checksum = snapshot.checksumOpt();
    boolean known = checksum.isDefined() && checksum.get().setTransactions().isDefined();
    Map<String, Long> marks = new HashMap<>();
    JavaConverters.seqAsJavaList(
            known ? checksum.get().setTransactions().get() : snapshot.setTransactions())
        .forEach(mark -> marks.put(mark.appId(), mark.version()));
    return marks;
  }

  /** Size of a table's data files; without a checksum file, counted. */
  static long bytes(Snapshot snapshot) {
    var checksum = snapshot.checksumOpt();
    return checksum.isDefined() ? checksum.get().tableSizeBytes() : snapshot.sizeInBytes();
  }

  /** The actions of each version in [from, to]. */
  static List<Map.Entry<Long, List<Action>>> actions(DeltaLog log, long from, long to) {
    List<Map.Entry<Long, List<Action>>> versions = new ArrayList<>();
    var changes = log.getChanges(from, to, true);
    while (changes.hasNext()) {
      Tuple2<Object, scala.collection.Seq<Action>> change = changes.next();
      versions.add(
          Map.entry(((Number) change._1()).longValue(), JavaConverters.seqAsJavaList(change._2())));
    }
    return versions;
  }

  /** A write pinned to {@code state}: its data files are there, and nothing is committed. */
  static StagedWrite stage(
      SparkSession spark, DeltaLog log, LakeState state, LakeWrite write, Stamp stamp) {
    String userMetadata = stamp.toJson();
    Map<String, String> options = new HashMap<>();
    options.put("userMetadata", userMetadata);
    if (!write.where().isEmpty()) {
      options.put("replaceWhere", write.where());
      // Bronze takes up the columns of a later contract beside those of earlier ones.
      options.put("mergeSchema", "true");
    } else if (write.mode() == LakeWrite.Mode.REPLACE && !state.hasColumnsOf(write.rows())) {
      options.put("overwriteSchema", "true");
    }
    SaveMode mode = write.mode() == LakeWrite.Mode.APPEND ? SaveMode.Append : SaveMode.Overwrite;
    DeltaOptions deltaOptions = new DeltaOptions(scalaMap(options), spark.sessionState().conf());
    OptimisticTransaction transaction =
        log.startTransaction(Option.empty(), Option.apply(state.snapshot()));
    if (write.mode() == LakeWrite.Mode.APPEND || !write.where().isEmpty()) {
      takeColumns(transaction, state.snapshot(), write.rows().schema());
    }
    var written =
        new WriteIntoDelta(
                log,
                mode,
                deltaOptions,
                state.snapshot().metadata().partitionColumns(),
                scalaMap(Map.of()),
                write.rows(),
                Option.empty(),
                Option.empty())
            .writeAndReturnCommitData(transaction, spark, Option.empty(), false);
    var operation =
        new DeltaOperations.Write(
            mode, Option.empty(), deltaOptions.replaceWhere(), Option.apply(userMetadata));
    return new StagedWrite(log, transaction, written, operation, stamp);
  }

  /**
   * Where rows have more columns than the table, and all of its own, the table gets theirs in their
   * order. Merging would leave new ones at the end, in the order in which they came.
   */
  private static void takeColumns(
      OptimisticTransaction transaction, Snapshot snapshot, StructType rows) {
    StructType there = snapshot.schema();
    List<String> names = List.of(rows.fieldNames());
    if (names.size() <= there.size() || !names.containsAll(List.of(there.fieldNames()))) {
      return;
    }
    List<String> old = List.of(there.fieldNames());
    StructType columns = new StructType();
    for (StructField field : rows.fields()) {
      columns =
          old.contains(field.name())
              ? columns.add(there.apply(field.name()))
              : columns.add(field.name(), field.dataType(), true);
    }
    Metadata metadata = snapshot.metadata();
    transaction.updateMetadata(
        new Metadata(
            metadata.id(),
            metadata.name(),
            metadata.description(),
            metadata.format(),
            columns.json(),
            metadata.partitionColumns(),
            metadata.configuration(),
            metadata.createdTime()),
        false);
  }

  /**
   * Commits a staged write: succeeds only if no writer of ours came between.
   *
   * @param fence mark that every commit of ours sets
   * @param marks transaction marks to set, by application id
   * @return the version of the commit
   * @throws SluiceException FENCED if another writer's commit came first
   */
  static long commit(StagedWrite staged, String fence, Map<String, Long> marks) {
    OptimisticTransaction transaction = staged.transaction();
    // As if read: a commit that sets the fence meanwhile is a conflict, whatever partitions it
    // touched; a compaction, which does not set it, is none.
    transaction.readTxn().append(JavaConverters.asScalaBuffer(List.of(fence)));
    Option<Object> now = Option.apply((Object) System.currentTimeMillis());
    marks.forEach(
        (application, version) -> transaction.updateSetTransaction(application, version, now));
    try {
      return transaction.commit(
          staged.written().actions(), staged.operation(), staged.written().stringTags());
    } catch (DeltaConcurrentModificationException e) {
      throw fenced(staged.log(), e);
    }
  }

  private static SluiceException fenced(DeltaLog log, Exception cause) {
    return new SluiceException(
        Reason.FENCED,
        "Another writer changed " + log.dataPath() + " during this run",
        "two runs worked on the same table, and the other one committed first",
        "Nothing was committed by this run to that table; run again.",
        cause);
  }

  private static scala.collection.immutable.Map<String, String> scalaMap(Map<String, String> map) {
    return JavaConverters.mapAsScalaMap(map).toMap(Predef.$conforms());
  }
}
