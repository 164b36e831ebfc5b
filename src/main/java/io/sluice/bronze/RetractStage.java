package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import io.sluice.lake.LakeState;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Takes back by hand what a workbook restated: its content counts no more, under whatever names it
 * came, and its slices fall to the next older version of a file that has them, or become empty. A
 * line of the ledger says so, so that rebuilding follows it.
 */
public final class RetractStage {
  private static final int SHORTEST_PREFIX = 6;

  private final RunScope scope;
  private final Ledger ledger;
  private final List<String> notes = new ArrayList<>();

  public RetractStage(RunScope scope) {
    this.scope = scope;
    this.ledger = new Ledger(scope.lake());
  }

  /** What a person should know of it, one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Takes it back. What was taken back before stays so, and nothing is done.
   *
   * @return the batch with a line for each place at which the content had counted
   * @throws SluiceException USAGE if there is no such file in the ledger, or it does not count
   */
  public IngestResult retract(Retraction wanted) {
    List<FileRecord> seen = ledger.state().isEmpty() ? List.of() : seen(wanted.file());
    if (seen.isEmpty()) {
      throw unknown(wanted.file());
    }
    List<FileRecord> counting = new ArrayList<>();
    bySource(seen).values().forEach(newest -> counting.addAll(counting(newest)));
    if (counting.isEmpty()) {
      requireRetracted(seen);
      return new IngestResult(0, List.of(), 0);
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
    lines.stream().map(FileRecord::source).distinct().forEach(source -> noteHeirs(source, lines));
    return new IngestResult(batch, lines, 0);
  }

  /** The versions that a name stands for, the newest one of each source last. */
  private List<FileRecord> seen(String name) {
    for (String uri : uris(name)) {
      List<FileRecord> versions = standing(col("uri").equalTo(uri));
      if (!versions.isEmpty()) {
        return versions;
      }
    }
    if (name.length() < SHORTEST_PREFIX || !name.matches("[0-9a-f]+")) {
      return List.of();
    }
    List<FileRecord> versions = standing(col("file_id").startsWith(name));
    Set<String> ids = versions.stream().map(FileRecord::fileId).collect(Collectors.toSet());
    if (ids.size() > 1) {
      throw new SluiceException(
          Reason.USAGE,
          "The file id " + name + "… is not one file's alone",
          "it begins those of "
              + versions.stream()
                  .map(FileRecord::uri)
                  .distinct()
                  .limit(5)
                  .collect(Collectors.joining(", ")),
          "Give more of its digits, or the path.");
    }
    return versions;
  }

  private List<FileRecord> standing(Column which) {
    return ledger
        .standing()
        .where(which)
        .where("file_id <> ''")
        .orderBy("order_key", "batch")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .toList();
  }

  /** As it was written, and as the landing knows it if it was written as a path on this disk. */
  private List<String> uris(String name) {
    List<String> uris = new ArrayList<>(List.of(name));
    try {
      Path landing = Path.of(scope.pipeline().landing());
      Path file = Path.of(name).toAbsolutePath().normalize();
      if (file.startsWith(landing)) {
        uris.add(landing.relativize(file).toString());
      }
    } catch (InvalidPathException e) {
      return uris;
    }
    return uris;
  }

  private static Map<String, FileRecord> bySource(List<FileRecord> seen) {
    Map<String, FileRecord> newest = new LinkedHashMap<>();
    seen.stream()
        .filter(file -> counts(file) || file.outcome() == Outcome.RETRACTED)
        .forEach(file -> newest.put(file.source(), file));
    return newest;
  }

  private static boolean counts(FileRecord file) {
    return file.outcome() == Outcome.ACCEPTED
        || file.reason().equals(Reason.DUPLICATE_CONTENT.name());
  }

  /** Every place at which the content counts, if it does count under the name that was given. */
  private List<FileRecord> counting(FileRecord newest) {
    if (!counts(newest)) {
      return List.of();
    }
    return standing(
            col("source").equalTo(newest.source()).and(col("file_id").equalTo(newest.fileId())))
        .stream()
        .filter(RetractStage::counts)
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
    Map<String, Long> heirs = new LinkedHashMap<>();
    for (Row row :
        ledger
            .winners(source)
            .where(col("slice").isInCollection(slices))
            .groupBy("uri")
            .count()
            .orderBy("uri")
            .collectAsList()) {
      heirs.put(row.getString(0), row.getLong(1));
    }
    long served = heirs.values().stream().mapToLong(Long::longValue).sum();
    heirs.entrySet().stream()
        .limit(20)
        .forEach(
            heir ->
                notes.add(
                    "%s serves %s of source %s now"
                        .formatted(heir.getKey(), slices(heir.getValue()), source)));
    if (slices.size() > served) {
      notes.add(
          "no other workbook has %s of source %s"
              .formatted(slices(slices.size() - served), source));
    }
  }

  private static String slices(long count) {
    return count == 1 ? "one slice" : count + " slices";
  }

  private SluiceException unknown(String name) {
    String nearest = ledger.state().isEmpty() ? "" : nearest(name);
    return new SluiceException(
        Reason.USAGE,
        "There is no file " + name + " in the ledger",
        "no run has seen a file at this path of the landing, or with a file id that begins so"
            + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"),
        "Give its path relative to landing.root, or at least "
            + SHORTEST_PREFIX
            + " digits of its file id; the table 'files' of the lake has both.");
  }

  /** The path that takes the fewest edits; or that of a file with this name in another folder. */
  private String nearest(String name) {
    Column edits = levenshtein(col("uri"), lit(name));
    Column sameName =
        element_at(split(col("uri"), "/"), -1).equalTo(name.substring(name.lastIndexOf('/') + 1));
    List<Row> nearest =
        ledger
            .read()
            .where("file_id <> ''")
            .where(edits.leq(Math.max(1, name.length() / 3)).or(sameName))
            .orderBy(edits, col("uri"))
            .select("uri")
            .limit(1)
            .collectAsList();
    return nearest.isEmpty() ? "" : nearest.get(0).getString(0);
  }
}
