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
import java.util.Set;

/**
 * Decides which of the files just read count, given what serves each slice already. Works through
 * them in their declared order, so that the outcome does not depend on the order in which they were
 * read.
 *
 * <p>The same bytes under another name are skipped, unless something newer has taken their slices
 * meanwhile: then they win again, at the later place. Two different contents at the same place in
 * the order of one slice are both refused.
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
  private final Map<String, FileRecord> decided = new LinkedHashMap<>();

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
    List<FileRecord> inOrder = new ArrayList<>(read);
    inOrder.sort(Comparator.comparing(FileRecord::orderKey).thenComparing(FileRecord::uri));
    for (FileRecord file : inOrder) {
      decided.put(file.uri(), decide(file));
    }
    return List.copyOf(decided.values());
  }

  private FileRecord decide(FileRecord file) {
    if (file.outcome() != Outcome.ACCEPTED) {
      return file;
    }
    Known earlier = known.get(file.fileId());
    if (earlier != null && servesAll(file)) {
      return with(
          file,
          Outcome.SKIPPED,
          Reason.DUPLICATE_CONTENT,
          "The same content was taken already",
          "its bytes are those of " + earlier.uri(),
          "Nothing needs to be done; if another day's workbook was meant, send that one.",
          -1);
    }
    Set<String> rivals = new HashSet<>();
    for (String slice : file.slices()) {
      Claim claim = claims.get(slice);
      if (claim != null
          && claim.orderKey().equals(file.orderKey())
          && !claim.fileId().equals(file.fileId())) {
        rivals.add(claim.uri());
      }
    }
    if (!rivals.isEmpty()) {
      rivals.forEach(uri -> decided.computeIfPresent(uri, (u, rival) -> tied(rival, file.uri())));
      return tied(file, rivals.iterator().next());
    }
    for (String slice : file.slices()) {
      Claim claim = claims.get(slice);
      if (claim == null || claim.orderKey().compareTo(file.orderKey()) < 0) {
        claims.put(slice, new Claim(file.fileId(), file.orderKey(), file.uri()));
      }
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
        accepted ? file.slices() : List.of(),
        file.notes(),
        file.layout(),
        file.runId(),
        file.recordedAt());
  }
}
