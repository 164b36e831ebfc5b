package io.sluice.lake;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Files that wait for somebody to approve them, and would change something then. Of a path the
 * newest one; what is no news any more, since something newer counts or the same content does, is
 * left out.
 */
public final class WaitingFiles {
  private static final String WAITING = "outcome = 'WAITING'";

  private final Map<String, FileRecord> counting = new HashMap<>();
  private final Map<String, Row> winners = new HashMap<>();

  private WaitingFiles(Ledger ledger, String source, Iterable<FileRecord> waiting) {
    Set<String> paths = new HashSet<>();
    Set<String> slices = new HashSet<>();
    waiting.forEach(
        file -> {
          paths.add(file.pathKey());
          slices.addAll(file.slices());
        });
    ledger
        .serving(source)
        .where(col("path_key").isInCollection(paths))
        .collectAsList()
        .forEach(row -> counting.put(row.getAs("path_key"), FileRecord.of(row)));
    ledger
        .winners(source)
        .where(col("slice").isInCollection(slices))
        .select("slice", "file_id", "order_key")
        .collectAsList()
        .forEach(row -> winners.put(row.getString(0), row));
  }

  /**
   * By source and path.
   *
   * @param sources names of those that are still declared
   */
  public static List<FileRecord> of(Ledger ledger, Set<String> sources) {
    if (ledger.state().isEmpty() || ledger.read().where(WAITING).isEmpty()) {
      return List.of();
    }
    Map<String, Map<String, FileRecord>> newest = new LinkedHashMap<>();
    ledger
        .standing()
        .where(WAITING)
        .where(col("source").isInCollection(sources))
        .orderBy("source", "order_key", "batch", "uri")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .forEach(
            file ->
                newest
                    .computeIfAbsent(file.source(), source -> new HashMap<>())
                    .put(file.pathKey(), file));
    List<FileRecord> waiting = new ArrayList<>();
    newest.forEach(
        (source, files) -> {
          WaitingFiles there = new WaitingFiles(ledger, source, files.values());
          files.values().stream()
              .filter(there::changedBy)
              .sorted(Comparator.comparing(FileRecord::uri))
              .forEach(waiting::add);
        });
    return waiting;
  }

  private boolean changedBy(FileRecord file) {
    FileRecord predecessor = counting.get(file.pathKey());
    if (predecessor != null) {
      if (predecessor.orderKey().compareTo(file.orderKey()) > 0) {
        return false;
      }
      if (!file.slices().containsAll(predecessor.slices())) {
        return true;
      }
    }
    return file.slices().stream().anyMatch(slice -> wins(file, winners.get(slice)));
  }

  private static boolean wins(FileRecord file, Row winner) {
    return winner == null
        || (!winner.getString(1).equals(file.fileId())
            && winner.getString(2).compareTo(file.orderKey()) <= 0);
  }
}
