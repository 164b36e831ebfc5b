package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.workbook.LockFile;
import io.sluice.workbook.OrderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Landing to bronze, in bounded batches. Bronze is committed first and the ledger last; a batch
 * that the ledger does not list is not there for anybody, and the next run writes over it.
 */
public final class IngestStage {
  private final RunScope scope;
  private final Ledger ledger;
  private final List<String> notes = new ArrayList<>();
  private final boolean sweep;
  private Discovery discovery;
  private List<LandedFile> pending;

  /**
   * Lists what has changed, as far as that can be told without looking; now and then everything.
   */
  public IngestStage(RunScope scope) {
    this(scope, false);
  }

  private IngestStage(RunScope scope, boolean sweep) {
    this.scope = scope;
    this.sweep = sweep;
    this.ledger = new Ledger(scope.lake());
  }

  /** Lists everything. */
  public static IngestStage sweeping(RunScope scope) {
    return new IngestStage(scope, true);
  }

  /** To be called at the end: remembers that everything was listed, if all of it was taken. */
  public void finish() {
    if (discovery != null && pending.isEmpty() && notes.isEmpty()) {
      discovery.finished();
    }
  }

  /** Files found and not yet taken. The landing is listed once a run. */
  public int pending() {
    return found().size();
  }

  /** What was found and left for the next run, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void left(String uri, String why) {
    notes.add(uri + " is left for the next run: " + why);
  }

  private List<LandedFile> found() {
    if (pending == null) {
      discovery = new Discovery(scope, ledger, sweep);
      pending = new ArrayList<>(discovery.newFiles());
      discovery
          .unsettled()
          .forEach(file -> left(file.uri(), "it was written less than landing.settle ago"));
    }
    return pending;
  }

  /**
   * Takes the next batch.
   *
   * @throws io.sluice.error.SluiceException LANDING_MISSING, FENCED, LAKE_UNWRITABLE; what is wrong
   *     with a single file is an outcome, not an exception
   */
  public IngestResult next() {
    List<LandedFile> files = takeBatch();
    if (files.isEmpty()) {
      return new IngestResult(0, List.of(), 0);
    }
    LakeState before = ledger.open();
    long batch = before.sequence() + 1;
    Map<String, List<LandedFile>> bySource = new LinkedHashMap<>();
    List<FileRecord> records = new ArrayList<>();
    for (LandedFile file : files) {
      if (LockFile.is(file.uri())) {
        records.add(lockFile(file, batch));
      } else {
        bySource.computeIfAbsent(file.source(), name -> new ArrayList<>()).add(file);
      }
    }
    bySource.forEach(
        (name, ofSource) ->
            records.addAll(land(scope.pipeline().sources().get(name), ofSource, batch)));
    if (!records.isEmpty()) {
      ledger.commit(before, records, scope.runId());
    }
    return new IngestResult(batch, records, found().size());
  }

  private List<LandedFile> takeBatch() {
    List<LandedFile> batch = new ArrayList<>();
    long bytes = 0;
    var iterator = found().iterator();
    while (iterator.hasNext() && batch.size() < scope.pipeline().batch().maxFiles()) {
      LandedFile file = iterator.next();
      if (!batch.isEmpty() && bytes + file.size() > scope.pipeline().batch().maxBytes()) {
        break;
      }
      bytes += file.size();
      batch.add(file);
      iterator.remove();
    }
    return batch;
  }

  private List<FileRecord> land(Source source, List<LandedFile> files, long batch) {
    Map<String, LandedFile> byUri = new LinkedHashMap<>();
    KnownContents known = new KnownContents(ledger, source);
    known.mark(files).forEach(file -> byUri.put(file.uri(), file));
    try (Landed landed = Landed.read(scope, source, List.copyOf(byUri.values()), batch)) {
      List<FileRecord> read = new ArrayList<>();
      for (FileOutcome outcome : known.completed(landed.outcomes(), byUri)) {
        if (outcome.reason().equals(Reason.FILE_CHANGED_WHILE_READ.name())) {
          left(outcome.uri(), outcome.why());
        } else {
          read.add(record(source, byUri.get(outcome.uri()), outcome, batch));
        }
      }
      read.sort(Comparator.comparing(FileRecord::uri));
      LateFiles late = new LateFiles(source, scope.pipeline().zone());
      List<FileRecord> settled = settle(source, late.mark(withoutRetracted(source, read)), batch);
      landed.commit(settled);
      return settled;
    }
  }

  /** Content that was taken back by hand stays so up to the place at which it was taken back. */
  private List<FileRecord> withoutRetracted(Source source, List<FileRecord> read) {
    Map<String, FileRecord> retracted =
        ledger.retracted(
            source.name(), read.stream().map(FileRecord::fileId).collect(Collectors.toSet()));
    return read.stream()
        .map(
            file -> {
              FileRecord before = retracted.get(file.fileId());
              return before == null
                      || file.outcome() != Outcome.ACCEPTED
                      || file.orderKey().compareTo(before.orderKey()) > 0
                  ? file
                  : Sightings.retracted(file, before);
            })
        .toList();
  }

  /**
   * Decides which of the files of a batch count.
   *
   * @param read what is to count if nothing in the ledger speaks against it, or waits
   * @return their records, and those of earlier files that do not count any more
   */
  List<FileRecord> settle(Source source, List<FileRecord> read, long batch) {
    Map<String, Sightings.Claim> claims = new HashMap<>();
    Map<String, Sightings.Known> known = new HashMap<>();
    List<FileRecord> earlier = List.of();
    if (batch > 1) {
      Set<String> ids = new HashSet<>();
      Set<String> places = new HashSet<>();
      Set<String> slices = new HashSet<>();
      read.forEach(
          file -> {
            ids.add(file.fileId());
            places.add(file.orderKey());
            slices.addAll(file.slices());
          });
      known = known(source, ids);
      for (Row row :
          ledger
              .winners(source.name())
              .where(col("slice").isInCollection(slices))
              .select("slice", "file_id", "order_key")
              .collectAsList()) {
        claims.put(row.getString(0), new Sightings.Claim(row.getString(1), row.getString(2)));
      }
      Instant now = Instant.now();
      earlier =
          ledger.at(source.name(), places, slices).stream()
              .map(file -> file.inBatch(batch, scope.runId(), now))
              .toList();
    }
    return new Sightings(claims, known, earlier, batch).settle(read);
  }

  /** Content whose rows are in bronze already, as this contract reads them. */
  private Map<String, Sightings.Known> known(Source source, Set<String> ids) {
    Map<String, Sightings.Known> known = new HashMap<>();
    for (Row row :
        ledger
            .read()
            .where(Ledger.IN_BRONZE)
            .where(col("source").equalTo(source.name()))
            .where(
                Definitions.withoutVersion(col("contract"))
                    .equalTo(Definitions.withoutVersion(Definitions.contract(source))))
            .where(col("file_id").isInCollection(ids))
            .orderBy(col("outcome").desc(), col("bronze_batch"), col("order_key"), col("uri"))
            .select("file_id", "uri", "bronze_batch")
            .collectAsList()) {
      known.put(row.getString(0), new Sightings.Known(row.getString(1), row.getLong(2)));
    }
    return known;
  }

  private FileRecord record(Source source, LandedFile file, FileOutcome outcome, long batch) {
    return new FileRecord(
        source.name(),
        batch,
        outcome.fileId(),
        file.uri(),
        OrderKey.path(source, file.uri()),
        file.size(),
        Instant.ofEpochMilli(file.modifiedMillis()),
        outcome.orderKey(),
        outcome.read() ? Outcome.ACCEPTED : Outcome.REFUSED,
        outcome.reason(),
        outcome.problem(),
        outcome.why(),
        outcome.remedy(),
        outcome.sheet(),
        outcome.cell(),
        file.contract(),
        outcome.sheetRows(),
        outcome.dataRows(),
        -1,
        outcome.slices(),
        outcome.notes(),
        outcome.layout(),
        scope.runId(),
        Instant.now());
  }

  private FileRecord lockFile(LandedFile file, long batch) {
    SluiceException skipped = LockFile.skipped(file.uri());
    return new FileRecord(
        file.source(),
        batch,
        "",
        file.uri(),
        file.uri(),
        file.size(),
        Instant.ofEpochMilli(file.modifiedMillis()),
        "",
        Outcome.SKIPPED,
        skipped.reason().name(),
        skipped.problem(),
        skipped.why(),
        skipped.remedy(),
        "",
        "",
        file.contract(),
        0,
        0,
        -1,
        List.of(),
        List.of(),
        "",
        scope.runId(),
        Instant.now());
  }
}
