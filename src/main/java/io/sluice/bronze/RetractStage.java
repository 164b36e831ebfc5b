package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Takes back by hand what a workbook restated: its content counts no more, under whatever names it
 * came, and its slices fall to the next older version of a file that has them, or become empty. A
 * line of the ledger says so, so that rebuilding follows it. What waits, waits no more; and what
 * was refused only since it was tied with this counts.
 */
public final class RetractStage {
  private final RunScope scope;
  private final Ledger ledger;
  private final NamedFiles named;
  private final List<String> notes = new ArrayList<>();

  public RetractStage(RunScope scope) {
    this.scope = scope;
    this.ledger = new Ledger(scope.lake());
    this.named = new NamedFiles(ledger, scope.pipeline().landing());
  }

  /** What a person should know of it, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Takes it back. What was taken back before stays so, and nothing is done.
   *
   * @return batches: the one with a line for each place at which the content had counted, then
   *     those of files that were tied with it, and are read again
   * @throws SluiceException USAGE if there is no such file in the ledger, or there is nothing to
   *     take back of it
   */
  public List<IngestResult> retract(Retraction wanted) {
    List<FileRecord> seen = named.seen(wanted.file());
    if (seen.isEmpty()) {
      throw named.unknown(wanted.file());
    }
    List<FileRecord> counting = new ArrayList<>();
    bySource(seen).values().forEach(newest -> counting.addAll(counting(newest)));
    if (counting.isEmpty()) {
      requireRetracted(seen);
      return takeUntied(seen);
    }
    addParts(counting);
    LakeState before = ledger.open();
    long batch = before.sequence() + 1;
    Instant now = Instant.now();
    List<FileRecord> lines =
        counting.stream()
            .map(
                file ->
                    file.retracted(batch, scope.runId(), now, wanted.by(), wanted.why().strip()))
            .toList();
    ledger.commit(before, lines, scope.runId());
    List<IngestResult> batches = new ArrayList<>(List.of(new IngestResult(batch, lines, 0)));
    batches.addAll(takeUntied(lines));
    lines.stream().map(FileRecord::source).distinct().forEach(source -> noteHeirs(source, lines));
    return batches;
  }

  /** Reads what was tied with nothing but this. */
  private List<IngestResult> takeUntied(List<FileRecord> retracted) {
    List<FileRecord> untied = new ArrayList<>();
    retracted.stream()
        .filter(file -> file.outcome() == Outcome.RETRACTED)
        .collect(Collectors.groupingBy(FileRecord::source, LinkedHashMap::new, Collectors.toList()))
        .forEach((source, files) -> untied.addAll(untied(source, files)));
    List<IngestResult> batches = new ArrayList<>();
    try {
      RereadStage reread = new RereadStage(scope, untied);
      while (reread.pending() > 0) {
        batches.add(reread.next());
      }
    } catch (SluiceException gone) {
      if (gone.reason() != Reason.WORKBOOK_GONE) {
        throw gone;
      }
      notes.add(
          "%s would count now, and is not in the landing as it was; send it again"
              .formatted(untied.get(0).uri()));
    }
    return batches;
  }

  private List<FileRecord> untied(String source, List<FileRecord> retracted) {
    List<FileRecord> there = at(source, retracted);
    List<FileRecord> tied =
        there.stream()
            .filter(RetractStage::tied)
            .filter(file -> retracted.stream().anyMatch(other -> meet(file, other, there)))
            .toList();
    if (tied.isEmpty()) {
      return List.of();
    }
    List<FileRecord> around = at(source, there);
    return tied.stream()
        .filter(
            file ->
                around.stream()
                    .filter(part -> part.equals(file) || Ties.together(file, part))
                    .allMatch(part -> alone(part, around)))
        .toList();
  }

  /** All that counts, or is tied, at the places of some files. */
  private List<FileRecord> at(String source, List<FileRecord> files) {
    Set<String> places = files.stream().map(FileRecord::orderKey).collect(Collectors.toSet());
    Set<String> slices =
        files.stream().flatMap(file -> file.slices().stream()).collect(Collectors.toSet());
    return ledger.at(source, places, slices);
  }

  private static boolean alone(FileRecord file, List<FileRecord> around) {
    return around.stream()
        .filter(other -> meet(other, file, around))
        .allMatch(other -> other.fileId().equals(file.fileId()) || Ties.together(file, other));
  }

  /** Whether a file, or a part of its delivery, restates a slice at the same place as another. */
  private static boolean meet(FileRecord file, FileRecord other, List<FileRecord> around) {
    return overlap(file, other)
        || (!file.part().isEmpty()
            && around.stream()
                .filter(part -> !part.part().isEmpty() && part.pathKey().equals(file.pathKey()))
                .filter(part -> part.orderKey().equals(file.orderKey()))
                .anyMatch(part -> overlap(part, other)));
  }

  private static boolean overlap(FileRecord file, FileRecord other) {
    return file.orderKey().equals(other.orderKey())
        && !Collections.disjoint(file.slices(), other.slices());
  }

  private static boolean tied(FileRecord file) {
    return file.reason().equals(Reason.ORDER_TIE.name());
  }

  /** Whether there is something to take back. */
  private static boolean standsFor(FileRecord file) {
    return counts(file) || file.outcome() == Outcome.WAITING || tied(file);
  }

  private static Map<String, FileRecord> bySource(List<FileRecord> seen) {
    Map<String, FileRecord> newest = new LinkedHashMap<>();
    seen.stream()
        .filter(file -> standsFor(file) || file.outcome() == Outcome.RETRACTED)
        .forEach(file -> newest.put(file.source(), file));
    return newest;
  }

  /** Whether its content counts, at its place in the order. */
  static boolean counts(FileRecord file) {
    return file.outcome() == Outcome.ACCEPTED
        || file.reason().equals(Reason.DUPLICATE_CONTENT.name());
  }

  /** Every place at which there is something to take back of the content, if there is here. */
  private List<FileRecord> counting(FileRecord newest) {
    if (!standsFor(newest)) {
      return List.of();
    }
    return named
        .standing(
            col("source").equalTo(newest.source()).and(col("file_id").equalTo(newest.fileId())))
        .stream()
        .filter(RetractStage::standsFor)
        .toList();
  }

  /** A slice must not be served by half a delivery: with a part goes the version that it is of. */
  private void addParts(List<FileRecord> counting) {
    for (FileRecord part : List.copyOf(counting)) {
      if (!part.part().isEmpty()) {
        ledger.together(part).stream()
            .filter(other -> !counting.contains(other))
            .forEach(counting::add);
      }
    }
  }

  private void requireRetracted(List<FileRecord> seen) {
    FileRecord last =
        bySource(seen).values().stream().findFirst().orElse(seen.get(seen.size() - 1));
    if (last.outcome() != Outcome.RETRACTED) {
      throw new SluiceException(
          Reason.USAGE,
          last.uri() + " has nothing to take back",
          "it was not taken in: " + last.reason() + ", " + last.problem(),
          "Nothing needs to be done.");
    }
    notes.add(
        "%s was taken back before, at %s: %s".formatted(last.uri(), last.recordedAt(), last.why()));
    seen.stream()
        .filter(RetractStage::counts)
        .max(Comparator.comparing(FileRecord::orderKey))
        .ifPresent(
            older ->
                notes.add(
                    "an older version of it counts; to take it back too, name it by its id: "
                        + older.fileId().substring(0, 12)));
  }

  private void noteHeirs(String source, List<FileRecord> lines) {
    Set<String> slices = new TreeSet<>();
    lines.stream()
        .filter(line -> line.source().equals(source))
        .forEach(line -> slices.addAll(line.slices()));
    Map<String, Long> heirs = new TreeMap<>();
    Set<String> served = new HashSet<>();
    for (Row row :
        ledger
            .winners(source)
            .where(col("slice").isInCollection(slices))
            .select("slice", "uri")
            .collectAsList()) {
      served.add(row.getString(0));
      heirs.merge(row.getString(1), 1L, Long::sum);
    }
    heirs.entrySet().stream()
        .limit(20)
        .forEach(
            heir ->
                notes.add(
                    "%s serves %s of source %s now"
                        .formatted(heir.getKey(), slices(heir.getValue()), source)));
    if (slices.size() > served.size()) {
      notes.add(
          "no other workbook has %s of source %s"
              .formatted(slices(slices.size() - served.size()), source));
    }
  }

  private static String slices(long count) {
    return count == 1 ? "one slice" : count + " slices";
  }
}
