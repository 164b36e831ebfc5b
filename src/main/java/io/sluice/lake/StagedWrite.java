package io.sluice.lake;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.commands.DMLUtils.TaggedCommitData;
import scala.collection.JavaConverters;

/** Data files of a commit that is still to be made, or not. */
public final class StagedWrite {
  private final DeltaLog log;
  private final OptimisticTransaction transaction;
  private final TaggedCommitData<Action> written;
  private final DeltaOperations.Operation operation;
  private final Stamp stamp;

  StagedWrite(
      DeltaLog log,
      OptimisticTransaction transaction,
      TaggedCommitData<Action> written,
      DeltaOperations.Operation operation,
      Stamp stamp) {
    this.log = log;
    this.transaction = transaction;
    this.written = written;
    this.operation = operation;
    this.stamp = stamp;
  }

  /** How many rows the files hold. */
  public long rows() {
    return added().stream().mapToLong(file -> (Long) file.numLogicalRecords().get()).sum();
  }

  /** The files, as places that Spark reads. */
  public List<String> files() {
    return added().stream().map(file -> file.absolutePath(log).toString()).toList();
  }

  /**
   * Deletes the files, in place of a commit.
   *
   * @throws SluiceException LAKE_UNWRITABLE
   */
  public void discard() {
    try {
      for (AddFile file : added()) {
        Path path = file.absolutePath(log);
        path.getFileSystem(log.newDeltaHadoopConf()).delete(path, false);
      }
    } catch (IOException e) {
      throw new SluiceException(
          Reason.LAKE_UNWRITABLE,
          "Files that " + log.dataPath() + " does not need cannot be deleted",
          Failures.summary(e),
          "Nothing was committed to that table; check its permissions and run again.",
          e);
    }
  }

  private List<AddFile> added() {
    return JavaConverters.seqAsJavaList(written.actions()).stream()
        .filter(AddFile.class::isInstance)
        .map(AddFile.class::cast)
        .toList();
  }

  DeltaLog log() {
    return log;
  }

  OptimisticTransaction transaction() {
    return transaction;
  }

  TaggedCommitData<Action> written() {
    return written;
  }

  DeltaOperations.Operation operation() {
    return operation;
  }

  Stamp stamp() {
    return stamp;
  }
}
