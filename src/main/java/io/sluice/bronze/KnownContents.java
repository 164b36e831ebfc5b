package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Source;
import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import io.sluice.lake.Ledger;
import io.sluice.workbook.OrderKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contents that were taken into bronze under a source's present contract. A file that has one of
 * them, which only one of the same size can, is hashed and not parsed: what a workbook says follows
 * from its bytes and the contract.
 */
final class KnownContents {
  private final Ledger ledger;
  private final Source source;

  KnownContents(Ledger ledger, Source source) {
    this.ledger = ledger;
    this.source = source;
  }

  /** The files with what each may turn out to be. */
  List<LandedFile> mark(List<LandedFile> files) {
    if (ledger.lastBatch() == 0) {
      return files;
    }
    Map<Long, Set<String>> bySize = new HashMap<>();
    Set<Long> sizes = files.stream().map(LandedFile::size).collect(Collectors.toSet());
    for (Row row :
        accepted(col("size").isInCollection(sizes))
            .select("size", "file_id")
            .distinct()
            .collectAsList()) {
      bySize.computeIfAbsent(row.getLong(0), size -> new HashSet<>()).add(row.getString(1));
    }
    return files.stream()
        .map(
            file ->
                file.sums().isEmpty() && bySize.containsKey(file.size())
                    ? file.maybe(bySize.get(file.size()))
                    : file)
        .toList();
  }

  /** Outcomes of those files whose content is known without looking at it. */
  List<FileOutcome> unread(List<LandedFile> files) {
    Map<String, String> same = new LinkedHashMap<>();
    files.stream()
        .filter(file -> !file.sameAs().isEmpty() && file.sums().isEmpty())
        .forEach(file -> same.put(file.uri(), file.sameAs()));
    if (same.isEmpty()) {
      return List.of();
    }
    Set<String> there =
        accepted(col("file_id").isInCollection(same.values()))
            .select("file_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    same.values().retainAll(there);
    return same.entrySet().stream()
        .map(each -> FileOutcome.known(each.getKey(), each.getValue()))
        .toList();
  }

  /** The line of the ledger by which the rows of each content came to bronze, by file id. */
  Map<String, FileRecord> brought(Set<String> ids) {
    Map<String, FileRecord> brought = new HashMap<>();
    ledger
        .read()
        .where(Ledger.IN_BRONZE)
        .where(col("source").equalTo(source.name()))
        .where(col("file_id").isInCollection(ids))
        .orderBy("bronze_batch", "order_key", "uri")
        .collectAsList()
        .forEach(row -> brought.put(row.getAs("file_id"), FileRecord.of(row)));
    return brought;
  }

  /**
   * The outcomes, with what the ledger has of the files that were not parsed.
   *
   * @param files by uri
   */
  List<FileOutcome> completed(List<FileOutcome> outcomes, Map<String, LandedFile> files) {
    Set<String> ids =
        outcomes.stream()
            .filter(FileOutcome::isKnown)
            .map(FileOutcome::fileId)
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return outcomes;
    }
    Map<String, FileRecord> known = new HashMap<>();
    accepted(col("file_id").isInCollection(ids))
        .orderBy("batch", "order_key", "uri")
        .collectAsList()
        .forEach(row -> known.put(row.getAs("file_id"), FileRecord.of(row)));
    return outcomes.stream()
        .map(
            outcome ->
                outcome.isKnown()
                    ? as(known.get(outcome.fileId()), files.get(outcome.uri()))
                    : outcome)
        .toList();
  }

  private Dataset<Row> accepted(Column which) {
    return ledger
        .read()
        .where(Ledger.IN_BRONZE)
        .where(col("source").equalTo(source.name()))
        .where(col("contract").equalTo(Definitions.contract(source)))
        .where(which);
  }

  private FileOutcome as(FileRecord known, LandedFile file) {
    return new FileOutcome(
        file.uri(),
        known.fileId(),
        "",
        "",
        "",
        "",
        known.sheet(),
        "",
        file.orderKey().isEmpty()
            ? OrderKey.known(source, file.uri(), file.modifiedMillis(), known.orderKey())
            : file.orderKey(),
        known.sheetRows(),
        known.bronzeRows(),
        known.slices(),
        known.notes(),
        known.layout(),
        Map.of());
  }
}
