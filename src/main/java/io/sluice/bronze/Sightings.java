package io.sluice.bronze;

import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

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
 * <p>A file that waits claims nothing, and nothing ties with it; unless it is one that counts or is
 * tied already, and only its time is another one by now.
 */
final class Sightings {
  /** What serves a slice: one file, or parts of one delivery. */
  record Claim(Set<String> fileIds, String orderKey) {
    Claim {
      fileIds = Set.copyOf(fileIds);
    }

    Claim(String fileId, String orderKey) {
      this(Set.of(fileId), orderKey);
    }

    /** What serves the slice, with another file at the same place. */
    Claim with(String fileId) {
      Set<String> all = new HashSet<>(fileIds);
      all.add(fileId);
      return new Claim(all, orderKey);
    }
  }

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
          Ties ties = new Ties(files, before);
          settled.addAll(withdrawn(before, files, ties));
          Map<String, List<FileRecord>> deliveries = new LinkedHashMap<>();
          files.forEach(
              file ->
                  deliveries
                      .computeIfAbsent(Ties.delivery(file), key -> new ArrayList<>())
                      .add(file));
          deliveries.values().forEach(parts -> settled.addAll(decide(parts, before, ties)));
        });
    return List.copyOf(settled);
  }

  /** Files of earlier batches that count until now, and are tied with what came. */
  private List<FileRecord> withdrawn(List<FileRecord> before, List<FileRecord> files, Ties ties) {
    List<FileRecord> withdrawn = new ArrayList<>();
    before.stream()
        .filter(file -> file.outcome() != Outcome.REFUSED)
        .sorted(Comparator.comparing(FileRecord::uri))
        .forEach(
            file ->
                ties.why(file)
                    .ifPresent(
                        why -> {
                          file.slices()
                              .forEach(slice -> claims.computeIfPresent(slice, without(file)));
                          if (files.stream().noneMatch(again -> sameSighting(file, again))) {
                            withdrawn.add(tied(file, why, file.bronzeBatch()));
                          }
                        }));
    return withdrawn;
  }

  private static BiFunction<String, Claim, Claim> without(FileRecord file) {
    return (slice, claim) ->
        claim.orderKey().equals(file.orderKey()) && claim.fileIds().contains(file.fileId())
            ? null
            : claim;
  }

  /** Whether a file that would wait counts already, or would if it were not tied. */
  private static boolean counted(FileRecord file, List<FileRecord> before) {
    return file.outcome() == Outcome.WAITING
        && before.stream().anyMatch(other -> sameSighting(file, other));
  }

  private static boolean sameSighting(FileRecord file, FileRecord other) {
    return file.uri().equals(other.uri()) && file.fileId().equals(other.fileId());
  }

  private static boolean accepted(FileRecord file) {
    return file.outcome() == Outcome.ACCEPTED;
  }

  /** What becomes of the parts of one delivery, or of a file that is one. */
  private List<FileRecord> decide(List<FileRecord> parts, List<FileRecord> before, Ties ties) {
    // What served before any of them came: parts of one delivery do not supersede one another.
    Set<String> serving = new HashSet<>();
    parts.stream().filter(this::servesAll).forEach(file -> serving.add(file.uri()));
    Set<String> taken = new HashSet<>();
    List<FileRecord> decided = new ArrayList<>();
    for (FileRecord file : parts) {
      boolean served = serving.contains(file.uri()) || taken.contains(file.fileId());
      FileRecord settled = decide(file, served, before, ties);
      if (accepted(settled)) {
        taken.add(file.fileId());
      }
      decided.add(settled);
    }
    return decided;
  }

  private FileRecord decide(FileRecord file, boolean served, List<FileRecord> before, Ties ties) {
    if (file.outcome() == Outcome.WAITING) {
      return file.inBronze(taken(file));
    }
    if (!accepted(file)) {
      return file;
    }
    Optional<String> tied = ties.why(file);
    if (tied.isPresent()) {
      return tied(file, tied.get(), -1);
    }
    Known there = known.get(file.fileId());
    boolean nothingNew = there != null && served;
    // A copy that comes later in the order moves its content there: what lies between is older.
    for (String slice : file.slices()) {
      Claim claim = claims.get(slice);
      int later = claim == null ? 1 : file.orderKey().compareTo(claim.orderKey());
      if (later > 0) {
        claims.put(slice, new Claim(file.fileId(), file.orderKey()));
      } else if (later == 0) {
        claims.put(slice, claim.with(file.fileId()));
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
        .allMatch(claim -> claim != null && claim.fileIds().contains(file.fileId()));
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

  private static FileRecord tied(FileRecord file, String why, long bronzeBatch) {
    return file.as(
        Outcome.REFUSED,
        Reason.ORDER_TIE.name(),
        "It cannot be told which of two workbooks is the newer one",
        why,
        "Send the right one again, so that it is the newer one in the source's declared order.",
        0,
        bronzeBatch);
  }

  private static FileRecord with(FileRecord file, Outcome outcome) {
    return file.as(outcome, "", "", "", "", file.bronzeRows(), file.bronzeBatch());
  }
}
