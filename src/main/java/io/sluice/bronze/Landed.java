package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import io.sluice.lake.StagedWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Files of one source, read into files of bronze that are committed once it is settled which of
 * them count. Most batches hold nothing that does not count, and are written once; otherwise what
 * was written is copied without it.
 */
final class Landed implements AutoCloseable {
  private final RunScope scope;
  private final Source source;
  private final long batch;
  private final LakeTable table;
  private final LakeState state;
  private final StagedWrite staged;
  private final List<FileOutcome> outcomes;
  private boolean mayBeCommitted;

  private Landed(RunScope scope, Source source, List<LandedFile> files, long batch) {
    this.scope = scope;
    this.source = source;
    this.batch = batch;
    this.table = BronzeTable.of(scope.lake(), source);
    this.state = BronzeTable.create(scope.lake(), source);
    WorkbookDataset workbooks =
        new WorkbookDataset(scope.lake().spark(), scope.pipeline(), source, files);
    this.staged = table.stage(state, write(workbooks.rows()));
    this.outcomes = workbooks.outcomes();
  }

  static Landed read(RunScope scope, Source source, List<LandedFile> files, long batch) {
    return new Landed(scope, source, files, batch);
  }

  /** What became of each file. */
  List<FileOutcome> outcomes() {
    return outcomes;
  }

  /**
   * Commits the rows of what a batch accepts, or lets wait; of several files with the same content
   * once.
   *
   * @throws SluiceException UNBALANCED if bronze would not hold what was read of them
   */
  void commit(List<FileRecord> settled) {
    Map<String, Long> accepted = new HashMap<>();
    for (FileRecord file : settled) {
      boolean taken = file.outcome() == Outcome.ACCEPTED || file.outcome() == Outcome.WAITING;
      if (taken && file.bronzeBatch() == batch) {
        accepted.put(file.fileId(), file.bronzeRows());
      }
    }
    long expected = accepted.values().stream().mapToLong(Long::longValue).sum();
    if (accepted.isEmpty()) {
      return;
    }
    if (staged.rows() == expected) {
      // Should the answer be lost, the files may be committed all the same, and must stay.
      mayBeCommitted = true;
      table.commit(staged);
    } else {
      StagedWrite kept = table.stage(state, write(only(accepted.keySet())));
      if (kept.rows() != expected) {
        kept.discard();
        throw unbalanced(expected, kept.rows());
      }
      table.commit(kept);
    }
  }

  @Override
  public void close() {
    if (!mayBeCommitted) {
      staged.discard();
    }
  }

  private LakeWrite write(Dataset<Row> rows) {
    return LakeWrite.replaceWhere(
        rows.withColumn(BronzeTable.BATCH, lit(batch)),
        "batch = " + batch,
        LakeWrite.stamp(scope.runId()));
  }

  private Dataset<Row> only(Iterable<String> fileIds) {
    StructType schema = WorkbookDataset.schema(source);
    return scope
        .lake()
        .spark()
        .read()
        .schema(schema)
        .parquet(staged.files().toArray(String[]::new))
        .where(col(BronzeTable.FILE_ID).isInCollection(fileIds))
        .dropDuplicates(
            new String[] {BronzeTable.FILE_ID, BronzeTable.SHEET, BronzeTable.SHEET_ROW})
        .coalesce(1);
  }

  private SluiceException unbalanced(long expected, long written) {
    return new SluiceException(
        Reason.UNBALANCED,
        "The rows of source " + source.name() + " do not add up",
        "%d rows were read of the accepted workbooks and %d were written"
            .formatted(expected, written),
        "Nothing was committed. This is a defect; please report it with the run's id.");
  }
}
