package io.sluice.bronze;

import io.sluice.config.Source;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.workbook.LockFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Landing to bronze, in bounded batches. Bronze is committed first and the ledger last; a batch
 * that the ledger does not list is not there for anybody, and the next run writes over it.
 */
public final class IngestStage {
  /** Stands in a note between a file that was found and not taken, and why. */
  public static final String LEFT = " is left for the next run: ";

  private final RunScope scope;
  private final Ledger ledger;
  private final List<String> notes = new ArrayList<>();
  private final boolean sweep;
  private Discovery discovery;
  private List<Delivery> pending;
  private boolean changed;

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

  /**
   * To be called at the end: remembers that everything was listed, if all of it was taken. What
   * waits for others may do so for ever, and does not count.
   */
  public void finish() {
    if (discovery != null && pending.isEmpty() && !discovery.unsettled() && !changed) {
      discovery.finished();
    }
  }

  /** Files found and not yet taken. The landing is listed once a run. */
  public int pending() {
    return files(found());
  }

  /** What was found and left for the next run, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private void left(String uri, String why) {
    notes.add(uri + LEFT + why);
  }

  private List<Delivery> found() {
    if (pending == null) {
      discovery = new Discovery(scope, ledger, sweep);
      pending = new ArrayList<>(discovery.deliveries());
      new TreeMap<>(discovery.left()).forEach(this::left);
    }
    return pending;
  }

  private static int files(List<Delivery> deliveries) {
    return deliveries.stream().mapToInt(delivery -> delivery.files().size()).sum();
  }

  /**
   * Takes the next batch.
   *
   * @throws io.sluice.error.SluiceException LANDING_MISSING, FENCED, LAKE_UNWRITABLE; what is wrong
   *     with a single file is an outcome, not an exception
   */
  public IngestResult next() {
    List<Delivery> deliveries = takeBatch();
    if (deliveries.isEmpty()) {
      return new IngestResult(0, List.of(), 0);
    }
    LakeState before = ledger.open();
    long batch = before.sequence() + 1;
    Map<String, List<Delivery>> bySource = new LinkedHashMap<>();
    List<FileRecord> records = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      LandedFile first = delivery.files().get(0);
      if (LockFile.is(first.uri())) {
        records.add(lockFile(first, batch));
      } else {
        bySource.computeIfAbsent(delivery.source(), name -> new ArrayList<>()).add(delivery);
      }
    }
    bySource.forEach(
        (name, ofSource) -> {
          Source source = scope.pipeline().sources().get(name);
          SourceLanding landing = new SourceLanding(scope, ledger, source, batch);
          records.addAll(landing.land(ofSource));
          landing.left().forEach(this::left);
          changed |= !landing.left().isEmpty();
        });
    if (!records.isEmpty()) {
      ledger.commit(before, records, scope.runId());
    }
    return new IngestResult(batch, records, files(found()));
  }

  private List<Delivery> takeBatch() {
    List<Delivery> batch = new ArrayList<>();
    int files = 0;
    long bytes = 0;
    var iterator = found().iterator();
    while (iterator.hasNext()) {
      Delivery delivery = iterator.next();
      files += delivery.files().size();
      bytes += delivery.bytes();
      boolean full =
          files > scope.pipeline().batch().maxFiles()
              || bytes > scope.pipeline().batch().maxBytes();
      if (!batch.isEmpty() && full) {
        break;
      }
      batch.add(delivery);
      iterator.remove();
    }
    return batch;
  }

  /**
   * Decides which of the files of a batch count.
   *
   * @param read what is to count if nothing in the ledger speaks against it, or waits
   * @return their records, and those of earlier files that do not count any more
   */
  List<FileRecord> settle(Source source, List<FileRecord> read, long batch) {
    return new SourceLanding(scope, ledger, source, batch).settle(read);
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
