package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the files that count once more where their contract asks for other texts by now than bronze
 * has of them, in bounded batches. Each keeps its place in the order. A file that the contract
 * refuses now does not count any more.
 */
public final class RereadStage {
  private static final String OTHER_CONTENT = "its content is another one by now";

  private final RunScope scope;
  private final Ledger ledger;
  private final List<FileRecord> pending = new ArrayList<>();
  private final boolean approving;

  /**
   * @param sources names of the sources to read again
   * @throws SluiceException WORKBOOK_GONE if one of the files is not in the landing as it was
   */
  public RereadStage(RunScope scope, Set<String> sources) {
    this.scope = scope;
    this.approving = false;
    this.ledger = new Ledger(scope.lake());
    if (ledger.state().isPresent()) {
      sources.forEach(name -> pending.addAll(outdated(scope.pipeline().sources().get(name))));
    }
    requireUnchanged();
  }

  /**
   * @param files to read again, in their order; those that wait go on waiting
   * @throws SluiceException WORKBOOK_GONE if one of them is not in the landing as it was
   */
  RereadStage(RunScope scope, List<FileRecord> files) {
    this.scope = scope;
    this.approving = files.stream().anyMatch(file -> file.outcome() == Outcome.WAITING);
    this.ledger = new Ledger(scope.lake());
    pending.addAll(files);
    requireUnchanged();
  }

  /** How many files there are still to read. */
  public int pending() {
    return pending.size();
  }

  /**
   * Takes the next batch.
   *
   * @throws SluiceException WORKBOOK_GONE, FENCED, LAKE_UNWRITABLE; what the contract refuses is an
   *     outcome, not an exception
   */
  public IngestResult next() {
    List<FileRecord> batch = takeBatch();
    if (batch.isEmpty()) {
      return new IngestResult(0, List.of(), 0);
    }
    LakeState before = ledger.open();
    long number = before.sequence() + 1;
    Map<String, List<FileRecord>> bySource = new LinkedHashMap<>();
    batch.forEach(
        file -> bySource.computeIfAbsent(file.source(), name -> new ArrayList<>()).add(file));
    List<FileRecord> records = new ArrayList<>();
    bySource.forEach(
        (name, files) -> records.addAll(land(scope.pipeline().sources().get(name), files, number)));
    ledger.commit(before, records, scope.runId());
    return new IngestResult(number, records, pending.size());
  }

  private List<FileRecord> outdated(Source source) {
    return ledger
        .serving(source.name())
        .where(
            Definitions.withoutVersion(col("contract"))
                .notEqual(Definitions.withoutVersion(Definitions.contract(source))))
        .orderBy("order_key", "path_key", "uri")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .filter(file -> !Definitions.sameRows(file.contract(), Definitions.contract(source)))
        .toList();
  }

  private List<FileRecord> takeBatch() {
    int files = 0;
    long bytes = 0;
    for (FileRecord file : pending) {
      boolean full =
          files >= scope.pipeline().batch().maxFiles()
              || bytes + file.size() > scope.pipeline().batch().maxBytes();
      if (files > 0 && full && !oneDelivery(pending.get(files - 1), file)) {
        break;
      }
      files++;
      bytes += file.size();
    }
    List<FileRecord> head = pending.subList(0, files);
    List<FileRecord> batch = List.copyOf(head);
    head.clear();
    return batch;
  }

  private static boolean oneDelivery(FileRecord file, FileRecord other) {
    return !file.part().isEmpty()
        && file.source().equals(other.source())
        && file.orderKey().equals(other.orderKey())
        && Ties.delivery(file).equals(Ties.delivery(other));
  }

  private List<FileRecord> land(Source source, List<FileRecord> files, long batch) {
    Map<String, LandedFile> byUri = new LinkedHashMap<>();
    files.forEach(file -> byUri.put(file.uri(), landed(file, Definitions.contract(source))));
    try (Landed landed = Landed.read(scope, source, List.copyOf(byUri.values()), batch)) {
      Map<String, FileOutcome> outcomes = new HashMap<>();
      landed.outcomes().forEach(outcome -> outcomes.put(outcome.uri(), outcome));
      Map<String, String> first = new HashMap<>();
      List<FileRecord> records = new ArrayList<>();
      for (FileRecord file : files) {
        FileOutcome outcome = outcomes.get(file.uri());
        if (!FileId.bytes(outcome.fileId()).equals(FileId.bytes(file.fileId()))) {
          throw gone(List.of(file.uri()), outcome.read() ? OTHER_CONTENT : outcome.why());
        }
        FileRecord record = record(file, outcome, Definitions.contract(source), batch);
        String copied =
            record.outcome() == Outcome.ACCEPTED
                ? first.putIfAbsent(outcome.fileId(), file.uri())
                : null;
        records.add(copied == null ? record : Sightings.copy(record, copied, batch));
      }
      List<FileRecord> whole = withoutHalves(records);
      landed.commit(whole);
      return whole;
    }
  }

  /** Where the contract refuses a part by now, the others do not count without it. */
  private static List<FileRecord> withoutHalves(List<FileRecord> records) {
    List<FileRecord> refused =
        records.stream().filter(file -> file.outcome() == Outcome.REFUSED).toList();
    return records.stream()
        .map(
            file ->
                refused.stream()
                    .filter(part -> oneDelivery(part, file) && file.outcome() != Outcome.REFUSED)
                    .findFirst()
                    .map(part -> file.withdrawn(PartedFiles.incomplete(part)))
                    .orElse(file))
        .toList();
  }

  private static LandedFile landed(FileRecord file, String contract) {
    return new LandedFile(
            file.source(), file.uri(), file.size(), file.modifiedAt().toEpochMilli(), contract)
        .at(file.orderKey());
  }

  private FileRecord record(FileRecord file, FileOutcome outcome, String contract, long batch) {
    // What somebody said of it stays, as long as it can be read.
    boolean stays =
        outcome.read() && (file.outcome() == Outcome.ACCEPTED || file.outcome() == Outcome.WAITING);
    return new FileRecord(
        file.source(),
        batch,
        outcome.fileId(),
        file.uri(),
        file.pathKey(),
        file.size(),
        file.modifiedAt(),
        file.orderKey(),
        stays ? file.outcome() : outcome.read() ? Outcome.ACCEPTED : Outcome.REFUSED,
        stays ? file.reason() : outcome.reason(),
        stays ? file.problem() : outcome.problem(),
        stays ? file.why() : outcome.why(),
        stays ? file.remedy() : outcome.remedy(),
        outcome.sheet(),
        outcome.cell(),
        contract,
        outcome.sheetRows(),
        outcome.dataRows(),
        outcome.read() ? batch : -1,
        outcome.read() ? outcome.slices() : file.slices(),
        outcome.notes(),
        outcome.layout(),
        scope.runId(),
        Instant.now(),
        file.part(),
        file.manifest(),
        file.etag());
  }

  /** Before anything is committed: later batches must not fail for a file that is gone already. */
  private void requireUnchanged() {
    Set<String> uris = new LinkedHashSet<>();
    pending.forEach(file -> uris.add(file.uri()));
    if (uris.isEmpty()) {
      return;
    }
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(scope.lake().spark().sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    String root = scope.pipeline().landing();
    Map<String, String> now =
        context
            .parallelize(List.copyOf(uris))
            .mapToPair(
                uri ->
                    new scala.Tuple2<>(
                        uri, new LocalCopy.Landing(root, configuration.value().value()).hash(uri)))
            .collectAsMap();
    List<String> gone =
        pending.stream()
            .filter(file -> !FileId.bytes(file.fileId()).equals(now.get(file.uri())))
            .map(FileRecord::uri)
            .distinct()
            .toList();
    if (!gone.isEmpty()) {
      String found = now.get(gone.get(0));
      throw gone(gone, found.matches("[0-9a-f]{64}") ? OTHER_CONTENT : found);
    }
  }

  private SluiceException gone(List<String> uris, String why) {
    String first = uris.get(0);
    String others = uris.size() == 1 ? "" : " (nor are %d others)".formatted(uris.size() - 1);
    return new SluiceException(
        Reason.WORKBOOK_GONE,
        "The workbook " + first + " is not in the landing as it was" + others,
        why + ", and it must be read again, since its contract changed after it was read",
        approving
            ? "Put it back and approve it again; or take it back: 'sluice retract %s %s --why …'."
                .formatted(scope.pipeline().definedIn(), first)
            : "Put it back and rebuild again; or undo the change of the contract, run, and change"
                + " it again once newer workbooks have taken its place.",
        Place.file(first));
  }
}
