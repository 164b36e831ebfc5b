package io.sluice.lake;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Files that wait for somebody to approve them, and would change something then. Of a path the
 * newest version, with all parts of a delivery; what is no news any more, since something newer
 * counts or the same content does, is left out.
 */
public final class WaitingFiles {
  private static final String WAITING = "outcome = 'WAITING'";

  /** What serves a slice, or what counts of a path: contents at one place in the order. */
  private static final class Serving {
    private final Set<String> fileIds = new HashSet<>();
    private final Set<String> slices = new HashSet<>();
    private String orderKey = "";
  }

  private final Map<String, Serving> counting = new HashMap<>();
  private final Map<String, Serving> winners = new HashMap<>();

  private WaitingFiles(Ledger ledger, String source, Collection<FileRecord> waiting) {
    Set<String> paths = new HashSet<>();
    Set<String> slices = new HashSet<>();
    waiting.forEach(
        file -> {
          paths.add(file.pathKey());
          slices.addAll(file.slices());
        });
    for (Row row :
        ledger.serving(source).where(col("path_key").isInCollection(paths)).collectAsList()) {
      FileRecord file = FileRecord.of(row);
      Serving version = counting.computeIfAbsent(file.pathKey(), path -> new Serving());
      version.orderKey = file.orderKey();
      version.slices.addAll(file.slices());
    }
    for (Row row :
        ledger
            .winners(source)
            .where(col("slice").isInCollection(slices))
            .select("slice", "file_id", "order_key")
            .collectAsList()) {
      Serving winner = winners.computeIfAbsent(row.getString(0), slice -> new Serving());
      winner.fileIds.add(row.getString(1));
      winner.orderKey = row.getString(2);
    }
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
    Map<String, List<FileRecord>> bySource = new LinkedHashMap<>();
    ledger
        .standing()
        .where(WAITING)
        .where(col("source").isInCollection(sources))
        .orderBy("source", "order_key", "batch", "uri")
        .collectAsList()
        .stream()
        .map(FileRecord::of)
        .forEach(
            file -> bySource.computeIfAbsent(file.source(), name -> new ArrayList<>()).add(file));
    List<FileRecord> waiting = new ArrayList<>();
    bySource.forEach(
        (source, files) -> {
          WaitingFiles there = new WaitingFiles(ledger, source, files);
          files.stream().collect(Collectors.groupingBy(FileRecord::pathKey)).values().stream()
              .map(WaitingFiles::newest)
              .filter(there::changedBy)
              .flatMap(List::stream)
              .sorted(Comparator.comparing(FileRecord::uri))
              .forEach(waiting::add);
        });
    return waiting;
  }

  /**
   * @param versions of one path, in their order
   */
  private static List<FileRecord> newest(List<FileRecord> versions) {
    String place = versions.get(versions.size() - 1).orderKey();
    Map<String, FileRecord> parts = new LinkedHashMap<>();
    versions.stream()
        .filter(file -> file.orderKey().equals(place))
        .forEach(file -> parts.put(file.uri(), file));
    return List.copyOf(parts.values());
  }

  /**
   * @param parts of one version
   */
  private boolean changedBy(List<FileRecord> parts) {
    String place = parts.get(0).orderKey();
    Set<String> fileIds = parts.stream().map(FileRecord::fileId).collect(Collectors.toSet());
    Set<String> slices =
        parts.stream().flatMap(file -> file.slices().stream()).collect(Collectors.toSet());
    Serving before = counting.get(parts.get(0).pathKey());
    if (before != null && before.orderKey.compareTo(place) > 0) {
      return false;
    }
    if (before != null && !slices.containsAll(before.slices)) {
      return true;
    }
    return slices.stream()
        .map(winners::get)
        .anyMatch(
            winner ->
                winner == null
                    || (!fileIds.containsAll(winner.fileIds)
                        && winner.orderKey.compareTo(place) <= 0));
  }
}
