package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.FilesGlob;
import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import io.sluice.lake.WaitingFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Lets files count that wait because they came late. Each takes its own place in the declared
 * order, as if it had come in time; a line of the ledger says who approved it, so that rebuilding
 * follows it.
 */
public final class ApproveStage {
  private static final int MOST_NAMED = 5;
  private static final int MOST_NOTED = 20;

  private final RunScope scope;
  private final Ledger ledger;
  private final NamedFiles named;
  private final List<String> notes = new ArrayList<>();

  public ApproveStage(RunScope scope) {
    this.scope = scope;
    this.ledger = new Ledger(scope.lake());
    this.named = new NamedFiles(ledger, scope.pipeline().landing());
  }

  /** What a person should know of it, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Approves. What was approved before stays so, and nothing is done.
   *
   * @return batches: first of files that were read again, since their contract is another one by
   *     now, then the one of the approval
   * @throws SluiceException USAGE if one of the names stands for nothing that waits; WORKBOOK_GONE
   *     if a file that must be read again is not in the landing as it was
   */
  public List<IngestResult> approve(Approval wanted) {
    Set<FileRecord> chosen = new LinkedHashSet<>();
    wanted.files().forEach(name -> chosen.addAll(chosen(name)));
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<IngestResult> batches = new ArrayList<>();
    List<FileRecord> approved = readAgain(List.copyOf(chosen), batches);
    if (!approved.isEmpty()) {
      batches.add(commit(approved, wanted.by()));
    }
    return batches;
  }

  /** What a name stands for of what waits: of each path the newest version. */
  private List<FileRecord> chosen(String name) {
    List<FileRecord> seen = named.seen(name);
    boolean glob = seen.isEmpty() && name.matches(".*[*?\\[{].*");
    if (glob) {
      FilesGlob files = glob(name);
      seen = named.waited().stream().filter(file -> files.matches(file.uri())).toList();
    }
    Map<List<String>, FileRecord> newest = new LinkedHashMap<>();
    seen.stream()
        .filter(file -> file.outcome() == Outcome.WAITING)
        .filter(file -> scope.pipeline().sources().containsKey(file.source()))
        .forEach(file -> newest.put(List.of(file.source(), file.uri()), file));
    if (newest.isEmpty()) {
      requireApproved(name, seen, glob);
    }
    return List.copyOf(newest.values());
  }

  private static FilesGlob glob(String name) {
    try {
      return new FilesGlob(name);
    } catch (PatternSyntaxException broken) {
      throw new SluiceException(
          Reason.USAGE,
          "No file can be named " + name,
          "it is no path in the ledger, and no glob: " + broken.getDescription(),
          "Name a path relative to landing.root, a glob of such or the first digits of a file id.",
          broken);
    }
  }

  private void requireApproved(String name, List<FileRecord> seen, boolean glob) {
    if (seen.isEmpty()) {
      SluiceException unknown = named.unknown(name);
      throw new SluiceException(
          Reason.USAGE, unknown.problem(), unknown.why(), "Name what waits: " + waiting() + ".");
    }
    // A glob may match others that waited and were taken back since.
    List<FileRecord> approved =
        (glob ? seen : seen.subList(seen.size() - 1, seen.size()))
            .stream().filter(RetractStage::counts).filter(file -> glob || waited(file)).toList();
    if (approved.isEmpty()) {
      FileRecord last = seen.get(seen.size() - 1);
      throw new SluiceException(
          Reason.USAGE,
          last.uri() + " does not wait to be approved",
          last.reason().isEmpty()
              ? "it was taken in"
              : "it is " + last.outcome() + ", " + last.reason() + ": " + last.problem(),
          "Name what waits: " + waiting() + ".");
    }
    noteFirst(
        approved.stream()
            .map(
                file ->
                    "%s counts already: it was approved at %s"
                        .formatted(file.uri(), file.recordedAt()))
            .toList(),
        "count already");
  }

  private void noteFirst(List<String> all, String what) {
    all.stream().limit(MOST_NOTED).forEach(notes::add);
    if (all.size() > MOST_NOTED) {
      notes.add("%d more %s".formatted(all.size() - MOST_NOTED, what));
    }
  }

  private boolean waited(FileRecord file) {
    return !ledger
        .read()
        .where("outcome = 'WAITING'")
        .where(col("source").equalTo(file.source()))
        .where(col("uri").equalTo(file.uri()))
        .where(col("file_id").equalTo(file.fileId()))
        .where(col("order_key").equalTo(file.orderKey()))
        .isEmpty();
  }

  private String waiting() {
    List<FileRecord> waiting = WaitingFiles.of(ledger, scope.pipeline().sources().keySet());
    String first =
        waiting.stream().limit(MOST_NAMED).map(FileRecord::uri).collect(Collectors.joining(", "));
    int others = waiting.size() - MOST_NAMED;
    return waiting.isEmpty()
        ? "nothing does"
        : first + (others > 0 ? ", … " + others + " more" : "");
  }

  /** Rows of another contract are of no use; what it refuses now is not approved. */
  private List<FileRecord> readAgain(List<FileRecord> chosen, List<IngestResult> batches) {
    Map<Boolean, List<FileRecord>> bySame =
        chosen.stream()
            .collect(
                Collectors.partitioningBy(
                    file -> Definitions.servesRows(file.contract(), source(file.source()))));
    List<FileRecord> approved = new ArrayList<>(bySame.get(true));
    if (!bySame.get(false).isEmpty()) {
      RereadStage reread = new RereadStage(scope, bySame.get(false));
      while (reread.pending() > 0) {
        IngestResult batch = reread.next();
        batches.add(batch);
        batch.files().stream()
            .filter(file -> file.outcome() == Outcome.WAITING)
            .forEach(approved::add);
      }
    }
    return approved;
  }

  private IngestResult commit(List<FileRecord> approved, String by) {
    LakeState before = ledger.open();
    long batch = before.sequence() + 1;
    Instant now = Instant.now();
    Map<String, List<FileRecord>> bySource = new LinkedHashMap<>();
    approved.forEach(
        file ->
            bySource
                .computeIfAbsent(file.source(), source -> new ArrayList<>())
                .add(file.inBatch(batch, scope.runId(), now)));
    IngestStage stage = new IngestStage(scope);
    List<FileRecord> lines = new ArrayList<>();
    bySource.forEach(
        (source, files) -> {
          List<FileRecord> taken = files.stream().map(ApproveStage::counting).toList();
          stage.settle(source(source), taken, batch).stream()
              .map(line -> signed(line, files, by))
              .forEach(lines::add);
        });
    ledger.commit(before, lines, scope.runId());
    note(bySource, by);
    return new IngestResult(batch, lines, 0);
  }

  private Source source(String name) {
    return scope.pipeline().sources().get(name);
  }

  private static FileRecord counting(FileRecord file) {
    return file.as(Outcome.ACCEPTED, "", "", "", "", file.bronzeRows(), file.bronzeBatch());
  }

  /** The line with who let it count; others that it made count no more stay as they are. */
  private static FileRecord signed(FileRecord line, List<FileRecord> approved, String by) {
    return approved.stream()
        .filter(file -> file.uri().equals(line.uri()) && file.fileId().equals(line.fileId()))
        .filter(file -> file.orderKey().equals(line.orderKey()) && RetractStage.counts(line))
        .findFirst()
        .map(
            file ->
                line.as(
                    line.outcome(),
                    line.reason(),
                    "Approved by " + by + (line.problem().isEmpty() ? "" : ": " + line.problem()),
                    line.why().isEmpty() ? file.why() : line.why(),
                    line.remedy(),
                    line.bronzeRows(),
                    line.bronzeBatch()))
        .orElse(line);
  }

  private void note(Map<String, List<FileRecord>> approved, String by) {
    List<String> all = new ArrayList<>();
    approved.forEach(
        (source, files) -> {
          Map<List<String>, Long> served = served(source, files);
          files.forEach(
              file ->
                  all.add(
                      "%s is approved by %s and serves %s now"
                          .formatted(
                              file.uri(),
                              by,
                              slices(
                                  served.getOrDefault(
                                      List.of(file.fileId(), file.orderKey()), 0L)))));
        });
    noteFirst(all, "are approved by " + by);
  }

  /** How many slices content at a place in the order serves. */
  private Map<List<String>, Long> served(String source, List<FileRecord> files) {
    Set<String> ids = files.stream().map(FileRecord::fileId).collect(Collectors.toSet());
    Map<List<String>, Long> served = new HashMap<>();
    ledger
        .winners(source)
        .where(col("file_id").isInCollection(ids))
        .groupBy("file_id", "order_key")
        .count()
        .collectAsList()
        .forEach(row -> served.put(List.of(row.getString(0), row.getString(1)), row.getLong(2)));
    return served;
  }

  private static String slices(long count) {
    if (count == 0) {
      return "nothing, since newer workbooks have its slices";
    }
    return count == 1 ? "one slice" : count + " slices";
  }
}
