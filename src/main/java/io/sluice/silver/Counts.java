package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.sluice.contract.RejectLimit;
import io.sluice.contract.RejectLimit.Breach;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.RowFlow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows by file, slice and status: what the balance, the limits and the report are made of. */
final class Counts {
  private record Count(String file, String slice, String status, long rows) {}

  private final List<Count> counts;
  private final long adjusted;

  private Counts(List<Count> counts, long adjusted) {
    this.counts = counts;
    this.adjusted = adjusted;
  }

  /** Counts classified rows; as many counts as there are files, slices and statuses in a batch. */
  static Counts of(Dataset<Row> classified) {
    List<Count> counts = new ArrayList<>();
    long adjusted = 0;
    for (Row row :
        classified
            .groupBy(BronzeTable.FILE_ID, ConvertedRows.SLICE, ClassifiedRows.STATUS)
            .agg(count(lit(1)), count(when(col(ConvertedRows.ADJUSTMENTS).isNotNull(), lit(1))))
            .collectAsList()) {
      counts.add(new Count(row.getString(0), row.getString(1), row.getString(2), row.getLong(3)));
      adjusted += row.getLong(4);
    }
    return new Counts(counts, adjusted);
  }

  /**
   * Every row that bronze holds of the batch's files was classified.
   *
   * @throws io.sluice.error.SluiceException UNBALANCED
   */
  void checkCovers(String table, Map<String, NewFile> files) {
    Map<String, Long> seen = new HashMap<>();
    counts.forEach(count -> seen.merge(count.file(), count.rows(), Long::sum));
    files.forEach(
        (id, file) -> {
          long rows = seen.getOrDefault(id, 0L);
          if (rows != file.rows()) {
            throw unbalanced(
                table,
                "bronze holds %d rows of %s and %d were read"
                    .formatted(file.rows(), file.uri(), rows));
          }
        });
  }

  /** Whether there are values that are not quite what their cells say. */
  boolean anyAdjusted() {
    return adjusted > 0;
  }

  long rejected() {
    return sum(ClassifiedRows.REJECTED);
  }

  /** The slices that break a limit; rows of unknown slice are no slice's. */
  Map<String, Breach> breaches(RejectLimit limit) {
    Map<String, long[]> bySlice = new LinkedHashMap<>();
    for (Count count : counts) {
      if (count.status().equals(ClassifiedRows.SUPERSEDED)) {
        continue;
      }
      long[] rejectedOfAll = bySlice.computeIfAbsent(count.slice(), slice -> new long[2]);
      rejectedOfAll[1] += count.rows();
      if (count.status().equals(ClassifiedRows.REJECTED)) {
        rejectedOfAll[0] += count.rows();
      }
    }
    Map<String, Breach> breaches = new LinkedHashMap<>();
    bySlice.forEach(
        (slice, rows) -> {
          if (rows[0] > 0 && !slice.startsWith("file=")) {
            limit.breach(rows[0], rows[1]).ifPresent(breach -> breaches.put(slice, breach));
          }
        });
    return breaches;
  }

  /**
   * @param held slices that are held now
   * @param retracted files that the batch takes back
   */
  RowFlow flow(Set<String> held, Set<String> retracted) {
    long silver = 0;
    long rejected = 0;
    long duplicate = 0;
    long superseded = 0;
    long heldRows = 0;
    long takenBack = 0;
    long deleted = 0;
    for (Count count : counts) {
      if (count.status().equals(ClassifiedRows.SUPERSEDED)) {
        if (retracted.contains(count.file())) {
          takenBack += count.rows();
        } else {
          superseded += count.rows();
        }
      } else if (held.contains(count.slice())) {
        heldRows += count.rows();
      } else if (count.status().equals(ClassifiedRows.REJECTED)) {
        rejected += count.rows();
      } else if (count.status().equals(ClassifiedRows.DUPLICATE)) {
        duplicate += count.rows();
      } else if (count.status().equals(ClassifiedRows.DELETED)) {
        deleted += count.rows();
      } else {
        silver += count.rows();
      }
    }
    return new RowFlow(
        silver + rejected + duplicate + superseded + heldRows + takenBack + deleted,
        silver,
        rejected,
        duplicate,
        superseded,
        heldRows,
        takenBack,
        deleted);
  }

  private long sum(String status) {
    return counts.stream()
        .filter(count -> count.status().equals(status))
        .mapToLong(Count::rows)
        .sum();
  }

  private static SluiceException unbalanced(String table, String why) {
    return new SluiceException(
        Reason.UNBALANCED,
        "The rows of " + table + " do not add up",
        why,
        "Nothing was committed. This is a defect; please report it with the run's id.");
  }
}
