package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.workbook.FilePart;
import io.sluice.workbook.LockFile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

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
        (name, ofSource) ->
            records.addAll(land(scope.pipeline().sources().get(name), ofSource, batch)));
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
          files > scope.pipeline().batch().maxFiles() || bytes > scope.pipeline().batch().maxBytes();
      if (!batch.isEmpty() && full) {
        break;
      }
      batch.add(delivery);
      iterator.remove();
    }
    return batch;
  }

  private List<FileRecord> land(Source source, List<Delivery> deliveries, long batch) {
    KnownContents known = new KnownContents(ledger, source);
    Map<String, LandedFile> byUri = new LinkedHashMap<>();
    deliveries.stream()
        .filter(delivery -> delivery.refusal() == null)
        .flatMap(delivery -> delivery.files().stream())
        .forEach(file -> byUri.put(file.uri(), file));
    List<FileOutcome> told = new ArrayList<>(known.unread(List.copyOf(byUri.values())));
    Set<String> unread = told.stream().map(FileOutcome::uri).collect(Collectors.toSet());
    List<LandedFile> toRead =
        known.mark(byUri.values().stream().filter(file -> !unread.contains(file.uri())).toList());
    try (Landed landed = toRead.isEmpty() ? null : Landed.read(scope, source, toRead, batch)) {
      if (landed != null) {
        told.addAll(landed.outcomes());
      }
      Map<String, FileOutcome> outcomes = new HashMap<>();
      known.completed(told, byUri).forEach(outcome -> outcomes.put(outcome.uri(), outcome));
      List<FileRecord> settled = settle(source, deliveries, outcomes, known, batch);
      if (landed != null) {
        landed.commit(settled);
      }
      return settled;
    }
  }

  /** Decides delivery by delivery what is to count, and then which of that does. */
  private List<FileRecord> settle(
      Source source,
      List<Delivery> deliveries,
      Map<String, FileOutcome> outcomes,
      KnownContents known,
      long batch) {
    List<FileRecord> read = new ArrayList<>();
    List<FileRecord> others = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      Optional<FileOutcome> changed = changed(delivery, outcomes);
      if (changed.isPresent()) {
        delivery.files().forEach(file -> left(file.uri(), changed.get().why()));
        continue;
      }
      List<FileRecord> files = new ArrayList<>();
      for (LandedFile file : delivery.files()) {
        FileOutcome outcome =
            delivery.refusal() == null
                ? outcomes.get(file.uri())
                : FileOutcome.refused(file.uri(), "", delivery.refusal());
        files.add(record(source, file, outcome, batch));
      }
      List<FileRecord> judged =
          new Verdicts(delivery, outcomes).of(withoutRetracted(source, files));
      read.addAll(judged);
      boolean counts = judged.stream().allMatch(file -> file.outcome() == Outcome.ACCEPTED);
      others.addAll(carried(source, delivery, judged, counts, known, batch));
    }
    read.sort(Comparator.comparing(FileRecord::uri));
    List<FileRecord> settled = new ArrayList<>();
    others.stream().filter(file -> file.outcome() == Outcome.REFUSED).forEach(settled::add);
    others.stream().filter(file -> file.outcome() == Outcome.ACCEPTED).forEach(read::add);
    settled.addAll(settle(source, read, batch));
    return settled;
  }

  private static Optional<FileOutcome> changed(
      Delivery delivery, Map<String, FileOutcome> outcomes) {
    return delivery.files().stream()
        .map(file -> outcomes.get(file.uri()))
        .filter(Objects::nonNull)
        .filter(outcome -> outcome.reason().equals(Reason.FILE_CHANGED_WHILE_READ.name()))
        .findFirst();
  }

  /**
   * Lines for the parts that stay as they are: they hold the place of the new version; or count no
   * more, where they are of the very version of which a part is refused.
   */
  private List<FileRecord> carried(
      Source source,
      Delivery delivery,
      List<FileRecord> judged,
      boolean counts,
      KnownContents known,
      long batch) {
    if (delivery.carried().isEmpty()) {
      return List.of();
    }
    String place = delivery.files().get(0).orderKey();
    boolean there = delivery.carried().get(0).orderKey().equals(place);
    boolean versioned = source.order().by() == Order.By.NAME_PATTERN;
    if (counts ? there : !(there && versioned)) {
      return List.of();
    }
    Instant now = Instant.now();
    List<FileRecord> lines = new ArrayList<>();
    if (!counts) {
      FileRecord refused =
          judged.stream().filter(file -> file.outcome() != Outcome.ACCEPTED).findFirst().get();
      SluiceException why = PartedFiles.incomplete(refused);
      delivery
          .carried()
          .forEach(
              file ->
                  lines.add(
                      file.inBatch(batch, scope.runId(), now).withdrawn(why)));
      return lines;
    }
    Map<String, FileRecord> brought =
        known.brought(
            delivery.carried().stream().map(FileRecord::fileId).collect(Collectors.toSet()));
    for (FileRecord file : delivery.carried()) {
      long rows = brought.get(file.fileId()).bronzeRows();
      lines.add(
          file.inBatch(batch, scope.runId(), now)
              .at(place)
              .as(Outcome.ACCEPTED, "", "", "", "", rows, file.bronzeBatch()));
    }
    return lines;
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

  private List<FileRecord> settle(Source source, List<FileRecord> read, long batch) {
    Map<String, Sightings.Claim> claims = new HashMap<>();
    Map<String, Sightings.Known> known = new HashMap<>();
    List<FileRecord> earlier = List.of();
    if (batch > 1) {
      Set<String> ids = new HashSet<>();
      Set<String> places = new HashSet<>();
      Set<String> slices = new HashSet<>();
      Set<String> parts = new HashSet<>();
      read.forEach(
          file -> {
            ids.add(file.fileId());
            places.add(file.orderKey());
            slices.addAll(file.slices());
            if (!file.part().isEmpty()) {
              parts.add(file.pathKey());
            }
          });
      known.putAll(known(source, ids));
      for (Row row :
          ledger
              .winners(source.name())
              .where(col("slice").isInCollection(slices))
              .select("slice", "file_id", "order_key")
              .collectAsList()) {
        claims.merge(
            row.getString(0),
            new Sightings.Claim(row.getString(1), row.getString(2)),
            (claim, other) -> claim.with(row.getString(1)));
      }
      Instant now = Instant.now();
      earlier =
          ledger.at(source.name(), places, slices, parts).stream()
              .map(file -> file.inBatch(batch, scope.runId(), now))
              .toList();
    }
    read.stream()
        .filter(file -> file.bronzeBatch() >= 0)
        .forEach(
            file ->
                known.putIfAbsent(
                    file.fileId(), new Sightings.Known(file.uri(), file.bronzeBatch())));
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
            .orderBy("bronze_batch", "order_key", "uri")
            .select("file_id", "uri", "bronze_batch")
            .collectAsList()) {
      known.put(row.getString(0), new Sightings.Known(row.getString(1), row.getLong(2)));
    }
    return known;
  }

  private FileRecord record(Source source, LandedFile file, FileOutcome outcome, long batch) {
    FilePart part = FilePart.of(source, file.uri());
    return new FileRecord(
        source.name(),
        batch,
        outcome.fileId(),
        file.uri(),
        (file.corrects().isEmpty() ? part : FilePart.of(source, file.corrects())).delivery(),
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
        Instant.now(),
        part.text(),
        file.manifest(),
        file.etag());
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
