package io.sluice.bronze;

import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides which of the files just read count, given what serves each slice already. Works through
 * them in their declared order, so that the outcome does not depend on the order in which they were
 * read.
 *
 * <p>The same bytes under another name are skipped, unless something newer has taken their slices
 * meanwhile: then they win again, at the later place. A copy that is skipped holds its place in the
 * order too, so that what arrives after it and is older does not win. Different contents at the
 * same place in the order of one slice are all refused.
 */
final class Sightings {
  /** What serves a slice. */
  record Claim(String fileId, String orderKey, String uri) {}

  /**
   * Content that bronze holds already.
   *
   * @param bronzeBatch where
   */
  record Known(String uri, long bronzeBatch) {}

  private final Map<String, Claim> claims;
  private final Map<String, Known> known;
  private final long batch;

  /**
   * @param claims what serves each slice, by slice
   * @param known accepted content, by file id
   * @param batch the batch being made
   */
  Sightings(Map<String, Claim> claims, Map<String, Known> known, long batch) {
    this.claims = new HashMap<>(claims);
    this.known = new HashMap<>(known);
    this.batch = batch;
  }

  /** The records with their outcomes settled, in the declared order. */
  List<FileRecord> settle(List<FileRecord> read) {
    SortedMap<String, List<FileRecord>> inOrder = new TreeMap<>();
    for (FileRecord file : read) {
      inOrder.computeIfAbsent(file.orderKey(), place -> new ArrayList<>()).add(file);
    }
    List<FileRecord> settled = new ArrayList<>();
    inOrder.forEach(
        (place, files) -> {
          files.sort(Comparator.comparing(FileRecord::uri));
          Map<String, SortedMap<String, String>> contents = contents(place, files);
          files.forEach(file -> settled.add(decide(file, contents)));
        });
    return List.copyOf(settled);
  }

  /** What claims each slice at one place in the order: a uri by file id. */
  private Map<String, SortedMap<String, String>> contents(String place, List<FileRecord> files) {
    Map<String, SortedMap<String, String>> contents = new HashMap<>();
    for (FileRecord file : files) {
      if (file.outcome() == Outcome.ACCEPTED) {
        for (String slice : file.slices()) {
          contents
              .computeIfAbsent(slice, name -> new TreeMap<>())
              .putIfAbsent(file.fileId(), file.uri());
        }
      }
    }
    contents.forEach(
        (slice, ids) -> {
          Claim claim = claims.get(slice);
          if (claim != null && claim.orderKey().equals(place)) {
            ids.putIfAbsent(claim.fileId(), claim.uri());
          }
        });
    return contents;
  }

  private FileRecord decide(FileRecord file, Map<String, SortedMap<String, String>> contents) {
    if (file.outcome() != Outcome.ACCEPTED) {
      return file;
    }
    for (String slice : file.slices()) {
      for (Map.Entry<String, String> content : contents.get(slice).entrySet()) {
        if (!content.getKey().equals(file.fileId())) {
          return tied(file, content.getValue());
        }
      }
    }
    Known earlier = known.get(file.fileId());
    boolean nothingNew = earlier != null && servesAll(file);
    // A copy that comes later in the order moves its content there: what lies between is older.
    for (String slice : file.slices()) {
      Claim claim = claims.get(slice);
      if (claim == null || claim.orderKey().compareTo(file.orderKey()) < 0) {
        claims.put(slice, new Claim(file.fileId(), file.orderKey(), file.uri()));
      }
    }
    if (nothingNew) {
      return with(
          file,
          Outcome.SKIPPED,
          Reason.DUPLICATE_CONTENT,
          "The same content was taken already",
          "its bytes are those of " + earlier.uri(),
          "Nothing needs to be done; if another day's workbook was meant, send that one.",
          earlier.bronzeBatch());
    }
    if (earlier != null) {
      return with(file, Outcome.ACCEPTED, null, "", "", "", earlier.bronzeBatch());
    }
    known.put(file.fileId(), new Known(file.uri(), batch));
    return with(file, Outcome.ACCEPTED, null, "", "", "", batch);
  }

  private boolean servesAll(FileRecord file) {
    return file.slices().stream()
        .map(claims::get)
        .allMatch(claim -> claim != null && claim.fileId().equals(file.fileId()));
  }

  private static FileRecord tied(FileRecord file, String rival) {
    return with(
        file,
        Outcome.REFUSED,
        Reason.ORDER_TIE,
        "It cannot be told which of two workbooks is the newer one",
        "it restates a slice that " + rival + " restates too, at the same place in the order",
        "Send the right one again, so that it is the newer one in the source's declared order.",
        -1);
  }

  private static FileRecord with(
      FileRecord file,
      Outcome outcome,
      Reason reason,
      String problem,
      String why,
      String remedy,
      long bronzeBatch) {
    boolean accepted = outcome == Outcome.ACCEPTED;
    return new FileRecord(
        file.source(),
        file.batch(),
        file.fileId(),
        file.uri(),
        file.pathKey(),
        file.size(),
        file.modifiedAt(),
        file.orderKey(),
        outcome,
        reason == null ? "" : reason.name(),
        problem,
        why,
        remedy,
        file.sheet(),
        file.cell(),
        file.contract(),
        file.sheetRows(),
        accepted ? file.bronzeRows() : 0,
        bronzeBatch,
        bronzeBatch < 0 ? List.of() : file.slices(),
        file.notes(),
        file.layout(),
        file.runId(),
        file.recordedAt());
  }
}
