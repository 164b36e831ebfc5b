package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.FilesGlob;
import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.lake.Ledger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Row;

/**
 * Folders of old dates, in which nothing new is to be expected between two sweeps. A folder is cold
 * if it names a date that is more than some days before the newest one its source has seen, the
 * ledger knows files in it, and it has not changed, where folders tell.
 */
final class ColdFolders {
  private static final PathValue DATE = new PathValue("", PathValue.DATE);

  /** What the ledger says of one source. */
  private static final class Seen {
    private final Set<String> folders = new HashSet<>();
    private LocalDate newest = LocalDate.MIN;
  }

  private final Map<Source, FilesGlob> globs;
  private final Map<String, Seen> seen = new HashMap<>();
  private final int hotDays;
  private final Optional<Instant> changedSince;

  /**
   * @param changedSince a folder that was modified after this is not cold; empty where folders do
   *     not tell when they were
   */
  ColdFolders(
      Map<Source, FilesGlob> globs, Ledger ledger, int hotDays, Optional<Instant> changedSince) {
    this.globs = new LinkedHashMap<>(globs);
    this.hotDays = hotDays;
    this.changedSince = changedSince;
    for (Row row :
        ledger
            .read()
            .select(
                col("source"),
                regexp_extract(col("uri"), "^(.*)/", 1).as("folder"),
                col("outcome").equalTo("ACCEPTED").as("accepted"),
                col("modified_at").cast("date").as("arrived"))
            .where(col("folder").rlike("\\d{4}-\\d{2}-\\d{2}|year=\\d{4}/month="))
            .groupBy("source", "folder")
            .agg(max(when(col("accepted"), col("arrived"))))
            .collectAsList()) {
      note(row.getString(0), row.getString(1), Optional.ofNullable(row.<LocalDate>getAs(2)));
    }
  }

  /**
   * @param arrived when the last accepted file of the folder was written; a date after that is a
   *     slip, which must not make the folders of today cold
   */
  private void note(String source, String folder, Optional<LocalDate> arrived) {
    Seen of = seen.computeIfAbsent(source, name -> new Seen());
    for (int end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
      of.folders.add(folder.substring(0, end));
    }
    of.folders.add(folder);
    date(folder)
        .filter(date -> arrived.filter(day -> !date.isAfter(day.plusDays(1))).isPresent())
        .filter(date -> date.isAfter(of.newest))
        .ifPresent(date -> of.newest = date);
  }

  /** Whether a folder is cold for every source that may find files in it. */
  boolean has(String folder, FileStatus status) {
    Optional<LocalDate> date = date(folder);
    if (date.isEmpty()
        || changedSince
            .filter(since -> status.getModificationTime() >= since.toEpochMilli())
            .isPresent()) {
      return false;
    }
    return globs.entrySet().stream()
        .filter(each -> each.getValue().mayHold(folder))
        .allMatch(each -> cold(seen.get(each.getKey().name()), folder, date.get()));
  }

  private boolean cold(Seen of, String folder, LocalDate date) {
    return of != null && of.folders.contains(folder) && date.plusDays(hotDays).isBefore(of.newest);
  }

  /** The date that a folder names; empty if it names none, or two. */
  private static Optional<LocalDate> date(String folder) {
    List<String> texts = DATE.in(folder);
    try {
      return texts.size() == 1 ? Optional.of(LocalDate.parse(texts.get(0))) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
