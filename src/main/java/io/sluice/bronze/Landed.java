package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.Source;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.RunScope;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Files of one source as read, kept until it is settled which of them bronze takes. */
final class Landed implements AutoCloseable {
  private final RunScope scope;
  private final Source source;
  private final Dataset<Row> parsed;

  private Landed(RunScope scope, Source source, Dataset<Row> parsed) {
    this.scope = scope;
    this.source = source;
    this.parsed = parsed;
  }

  static Landed read(RunScope scope, Source source, List<LandedFile> files) {
    return new Landed(
        scope,
        source,
        new WorkbookDataset(scope.lake().spark(), scope.pipeline(), source)
            .read(files)
            .persist(StorageLevel.MEMORY_AND_DISK()));
  }

  List<FileOutcome> outcomes() {
    return parsed
        .where(col(WorkbookDataset.OUTCOME).isNotNull())
        .select(WorkbookDataset.OUTCOME)
        .collectAsList()
        .stream()
        .map(row -> FileOutcome.parse(row.getString(0)))
        .toList();
  }

  /** Writes the rows of what a batch accepts; of several files with the same content once. */
  void write(List<FileRecord> settled, long batch) {
    Set<String> contents = new HashSet<>();
    Set<String> uris = new LinkedHashSet<>();
    long bytes = 0;
    for (FileRecord file : settled) {
      if (file.outcome() == Outcome.ACCEPTED
          && file.bronzeBatch() == batch
          && contents.add(file.fileId())) {
        uris.add(file.uri());
        bytes += file.size();
      }
    }
    if (uris.isEmpty()) {
      return;
    }
    LakeTable table = BronzeTable.of(scope.lake(), source);
    LakeState state =
        table.create(
            BronzeTable.schema(source),
            BronzeTable.partitions(),
            "Rows of source " + source.name() + " as stored in its workbooks");
    Dataset<Row> rows =
        parsed
            .where(col(WorkbookDataset.OUTCOME).isNull())
            .where(col(WorkbookDataset.FILE_URI).isInCollection(uris))
            .drop(WorkbookDataset.OUTCOME, WorkbookDataset.FILE_URI)
            .withColumn(BronzeTable.BATCH, lit(batch))
            .coalesce(filesFor(bytes));
    table.commit(
        state, LakeWrite.replaceWhere(rows, "batch = " + batch, LakeWrite.stamp(scope.runId())));
  }

  /** A workbook's rows take about its own size in Parquet; a file of bronze should take 128 MiB. */
  private static int filesFor(long bytes) {
    return (int) Math.max(1, bytes >> 27);
  }

  @Override
  public void close() {
    parsed.unpersist();
  }
}
