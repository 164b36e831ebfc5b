package io.sluice.bronze;

import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides which of the files just read count, given what serves each slice already. Works through
 * them in their declared order, so that the outcome does not depend on the order in which they were
 * read.
 *
 * <p>The same bytes under another name are skipped, unless something newer has taken their slices
 * meanwhile: then they win again, at the later place. A copy that is skipped holds its place in the
 * order too, so that what arrives after it and is older does not win. Different contents at the
 * same place in the order of one slice are all refused, those of earlier batches with the others.
 *
 * <p>A file that waits claims nothing, and nothing ties with it; unless it is one that counts
 * already, and only its time is another one by now.
 */
final class Sightings {
  /** What serves a slice. */
  record Claim(String fileId, String orderKey) {}

  /**
   * Content that bronze holds already.
   *
   * @param bronzeBatch where
   */
  record Known(String uri, long bronzeBatch) {}

  private final Map<String, Claim> claims;
  private final Map<String, Known> known;
  private final Map<String, List<FileRecord>> earlier = new HashMap<>();
  private final long batch;

  /**
   * @param claims what serves each slice, by slice
   * @param known accepted content, by file id
   * @param earlier what counts already, or was refused for a tie, at places of the files to settle:
   *     as lines of the batch being made
   * @param batch the batch being made
   */
  Sightings(
      Map<String, Claim> claims, Map<String, Known> known, List<FileRecord> earlier, long batch) {
    this.claims = new HashMap<>(claims);
    this.known = new HashMap<>(known);
    this.batch = batch;
    earlier.forEach(
        file -> this.earlier.computeIfAbsent(file.orderKey(), key -> new ArrayList<>()).add(file));
  }

  /**
   * The records with their outcomes settled, in the declared order; among them those of earlier
   * files that do not count any more.
   */
  List<FileRecord> settle(List<FileRecord> read) {
    SortedMap<String, List<FileRecord>> inOrder = new TreeMap<>();
    for (FileRecord file : read) {
      inOrder.computeIfAbsent(file.orderKey(), place -> new ArrayList<>()).add(file);
    }
    List<FileRecord> settled = new ArrayList<>();
    inOrder.forEach(
        (place, there) -> {
          List<FileRecord> before = earlier.getOrDefault(place, List.of());
          List<FileRecord> files =
              there.stream()
                  .map(file -> counted(file, before) ? with(file, Outcome.ACCEPTED) : file)
                  .sorted(Comparator.comparing(FileRecord::uri))
                  .toList();
          Map<String, SortedMap<String, String>> contents = contents(files, before);
          settled.addAll(withdrawn(before, files, contents));
          files.forEach(file -> settled.add(decide(file, before, contents)));
        });
    return List.copyOf(settled);
  }

  /** What claims each slice at one place in the order: a uri by file id. */
  private static Map<String, SortedMap<String, String>> contents(
      List<FileRecord> files, List<FileRecord> before) {
    Map<String, SortedMap<String, String>> contents = new HashMap<>();
    Stream.concat(files.stream().filter(Sightings::accepted), before.stream())
        .forEach(
            file ->
                file.slices()
                    .forEach(
                        slice ->
                            contents
                                .computeIfAbsent(slice, name -> new TreeMap<>())
                                .merge(file.fileId(), file.uri(), Sightings::first)));
    return contents;
  }

  private static String first(String uri, String other) {
    return uri.compareTo(other) <= 0 ? uri : other;
  }

  /** Files of earlier batches that count until now, and are tied with what came. */
  private List<FileRecord> withdrawn(
      List<FileRecord> before,
      List<FileRecord> files,
      Map<String, SortedMap<String, String>> contents) {
    List<FileRecord> withdrawn = new ArrayList<>();
    before.stream()
        .filter(file -> file.outcome() != Outcome.REFUSED)
        .sorted(Comparator.comparing(FileRecord::uri))
        .forEach(
            file ->
                rival(file, contents)
                    .ifPresent(
                        rival -> {
                          file.slices()
                              .forEach(
                                  slice ->
                                      claims.remove(
                                          slice, new Claim(file.fileId(), file.orderKey())));
                          if (files.stream().noneMatch(again -> sameSighting(file, again))) {
                            withdrawn.add(tied(file, rival, file.bronzeBatch()));
                          }
                        }));
    return withdrawn;
  }

  /** Whether a file that would wait counts already. */
  private static boolean counted(FileRecord file, List<FileRecord> before) {
    return file.outcome() == Outcome.WAITING
        && before.stream()
            .anyMatch(other -> other.outcome() != Outcome.REFUSED && sameSighting(file, other));
  }

  private static boolean sameSighting(FileRecord file, FileRecord other) {
    return file.uri().equals(other.uri()) && file.fileId().equals(other.fileId());
  }

  private static boolean accepted(FileRecord file) {
    return file.outcome() == Outcome.ACCEPTED;
  }

  private static Optional<String> rival(
      FileRecord file, Map<String, SortedMap<String, String>> contents) {
    return file.slices().stream()
        .flatMap(slice -> contents.get(slice).entrySet().stream())
        .filter(content -> !content.getKey().equals(file.fileId()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private FileRecord decide(
      FileRecord file, List<FileRecord> before, Map<String, SortedMap<String, String>> contents) {
    if (file.outcome() == Outcome.WAITING) {
      return file.inBronze(taken(file));
    }
    if (!accepted(file)) {
      return file;
    }
    Optional<String> rival = rival(file, contents);
    if (rival.isPresent()) {
      return tied(file, rival.get(), -1);
    }
    Known there = known.get(file.fileId());
    boolean nothingNew = there != null && servesAll(file);
    // A copy that comes later in the order moves its content there: what lies between is older.
    for (String slice : file.slices()) {
      Claim claim = claims.get(slice);
      if (claim == null || claim.orderKey().compareTo(file.orderKey()) < 0) {
        claims.put(slice, new Claim(file.fileId(), file.orderKey()));
      }
    }
    if (nothingNew) {
      return copy(file, there.uri(), rows(file, before), there.bronzeBatch());
    }
    return with(file, Outcome.ACCEPTED).inBronze(taken(file));
  }

  /** The batch of bronze that has its rows: this one, if no earlier one has. */
  private long taken(FileRecord file) {
    return known.computeIfAbsent(file.fileId(), id -> new Known(file.uri(), batch)).bronzeBatch();
  }

  /** How many rows it brought itself when it was seen before: a copy of itself keeps them. */
  private static long rows(FileRecord file, List<FileRecord> before) {
    return before.stream()
        .filter(other -> sameSighting(file, other))
        .mapToLong(FileRecord::bronzeRows)
        .findFirst()
        .orElse(0);
  }

  private boolean servesAll(FileRecord file) {
    return file.slices().stream()
        .map(claims::get)
        .allMatch(claim -> claim != null && claim.fileId().equals(file.fileId()));
  }

  /** A file that holds its place in the order with the rows of another one. */
  static FileRecord copy(FileRecord file, String original, long bronzeBatch) {
    return copy(file, original, 0, bronzeBatch);
  }

  private static FileRecord copy(
      FileRecord file, String original, long bronzeRows, long bronzeBatch) {
    return file.as(
        Outcome.SKIPPED,
        Reason.DUPLICATE_CONTENT.name(),
        "The same content was taken already",
        "its bytes are those of " + original,
        "Nothing needs to be done; if another day's workbook was meant, send that one.",
        bronzeRows,
        bronzeBatch);
  }

  /** Content that was taken back by hand, and does not come at a later place. */
  static FileRecord retracted(FileRecord file, FileRecord before) {
    return file.as(
        Outcome.RETRACTED,
        Reason.RETRACTED.name(),
        before.problem(),
        before.why(),
        before.remedy(),
        0,
        before.bronzeBatch());
  }

  private static FileRecord tied(FileRecord file, String rival, long bronzeBatch) {
    return file.as(
        Outcome.REFUSED,
        Reason.ORDER_TIE.name(),
        "It cannot be told which of two workbooks is the newer one",
        "it restates a slice that " + rival + " restates too, at the same place in the order",
        "Send the right one again, so that it is the newer one in the source's declared order.",
        0,
        bronzeBatch);
  }

  private static FileRecord with(FileRecord file, Outcome outcome) {
    return file.as(outcome, "", "", "", "", file.bronzeRows(), file.bronzeBatch());
  }
}
