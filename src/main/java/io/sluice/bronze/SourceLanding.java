package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.workbook.FilePart;
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

/** The deliveries of one source in one batch, on their way to bronze. */
final class SourceLanding {
  private final RunScope scope;
  private final Ledger ledger;
  private final Source source;
  private final long batch;
  private final KnownContents known;
  private final Instant now = Instant.now();
  private final Map<String, String> left = new TreeMap<>();

  SourceLanding(RunScope scope, Ledger ledger, Source source, long batch) {
    this.scope = scope;
    this.ledger = ledger;
    this.source = source;
    this.batch = batch;
    this.known = new KnownContents(ledger, source);
  }

  /** What was not taken after all, by path, and why. */
  Map<String, String> left() {
    return Map.copyOf(left);
  }

  /** Reads them, commits the rows of those that count, and says what became of each file. */
  List<FileRecord> land(List<Delivery> deliveries) {
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
      List<FileRecord> settled = settle(unchanged(deliveries, outcomes), outcomes);
      if (landed != null) {
        landed.commit(settled);
      }
      return settled;
    }
  }

  private List<Delivery> unchanged(List<Delivery> deliveries, Map<String, FileOutcome> outcomes) {
    List<Delivery> unchanged = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      Optional<FileOutcome> changed =
          delivery.files().stream()
              .map(file -> outcomes.get(file.uri()))
              .filter(Objects::nonNull)
              .filter(outcome -> outcome.reason().equals(Reason.FILE_CHANGED_WHILE_READ.name()))
              .findFirst();
      changed.ifPresentOrElse(
          outcome -> delivery.files().forEach(file -> left.put(file.uri(), outcome.why())),
          () -> unchanged.add(delivery));
    }
    return unchanged;
  }

  /** Decides delivery by delivery what is to count, and then which of that does. */
  private List<FileRecord> settle(List<Delivery> deliveries, Map<String, FileOutcome> outcomes) {
    Map<String, FileRecord> files = new HashMap<>();
    CorrectedPaths paths = paths(deliveries);
    withoutRetracted(
            deliveries.stream()
                .flatMap(
                    delivery ->
                        delivery.files().stream()
                            .map(
                                file ->
                                    paths.mark(
                                        record(file, outcome(delivery, file, outcomes)), file)))
                .toList())
        .forEach(file -> files.put(file.uri(), file));
    Map<String, FileRecord> brought = brought(deliveries);
    LateFiles late = new LateFiles(source, scope.pipeline().zone(), scope.pipeline().definedIn());
    List<FileRecord> read = new ArrayList<>();
    List<FileRecord> withdrawn = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      List<FileRecord> judged =
          new Verdicts(delivery, outcomes)
              .of(delivery.files().stream().map(file -> files.get(file.uri())).toList());
      read.addAll(late.mark(judged));
      for (FileRecord part : carried(delivery, judged, brought)) {
        (part.outcome() == Outcome.REFUSED ? withdrawn : read).add(part);
      }
    }
    read.sort(Comparator.comparing(FileRecord::uri));
    List<FileRecord> settled = new ArrayList<>(withdrawn);
    settled.addAll(settle(read));
    return settled;
  }

  private CorrectedPaths paths(List<Delivery> deliveries) {
    Set<String> uris =
        deliveries.stream()
            .filter(delivery -> delivery.manifest() != null)
            .flatMap(delivery -> delivery.files().stream())
            .map(LandedFile::uri)
            .collect(Collectors.toSet());
    return new CorrectedPaths(
        source, uris.isEmpty() || batch == 1 ? Map.of() : ledger.pathKeys(source.name(), uris));
  }

  private static FileOutcome outcome(
      Delivery delivery, LandedFile file, Map<String, FileOutcome> outcomes) {
    return delivery.refusal() == null
        ? outcomes.get(file.uri())
        : FileOutcome.refused(file.uri(), "", delivery.refusal());
  }

  private Map<String, FileRecord> brought(List<Delivery> deliveries) {
    Set<String> ids =
        deliveries.stream()
            .flatMap(delivery -> delivery.carried().stream())
            .map(FileRecord::fileId)
            .collect(Collectors.toSet());
    return ids.isEmpty() ? Map.of() : known.brought(ids);
  }

  /**
   * Lines for the parts that stay as they are: they hold the place of the new version; or count no
   * more, where they are of the very version of which a part is refused.
   */
  private List<FileRecord> carried(
      Delivery delivery, List<FileRecord> judged, Map<String, FileRecord> brought) {
    if (delivery.carried().isEmpty()) {
      return List.of();
    }
    String place = delivery.files().get(0).orderKey();
    boolean there = delivery.carried().get(0).orderKey().equals(place);
    boolean versioned = source.order().by() == Order.By.NAME_PATTERN;
    Optional<FileRecord> refused =
        judged.stream().filter(file -> file.outcome() != Outcome.ACCEPTED).findFirst();
    if (refused.isEmpty() ? there : !(there && versioned)) {
      return List.of();
    }
    return delivery.carried().stream()
        .map(file -> file.inBatch(batch, scope.runId(), now))
        .map(
            file ->
                refused
                    .map(part -> file.withdrawn(PartedFiles.incomplete(part)))
                    .orElseGet(() -> counting(file.at(place), brought)))
        .toList();
  }

  private static FileRecord counting(FileRecord file, Map<String, FileRecord> brought) {
    return file.as(
        Outcome.ACCEPTED,
        "",
        "",
        "",
        "",
        brought.get(file.fileId()).bronzeRows(),
        file.bronzeBatch());
  }

  /** Content that was taken back by hand stays so up to the place at which it was taken back. */
  private List<FileRecord> withoutRetracted(List<FileRecord> read) {
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
  List<FileRecord> settle(List<FileRecord> read) {
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
      known.putAll(inBronze(ids));
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
  private Map<String, Sightings.Known> inBronze(Set<String> ids) {
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

  private FileRecord record(LandedFile file, FileOutcome outcome) {
    FilePart part = FilePart.of(source, file.uri());
    return new FileRecord(
        source.name(),
        batch,
        outcome.fileId(),
        file.uri(),
        part.delivery(),
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
}
