package io.sluice.silver;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which slices of a table have to be made anew because a table that it refers to has other keys
 * than at its last commit. Keys that came are looked for among what was rejected for the want of
 * them. For keys that went, the columns that refer are read in all files that serve slices: a row
 * with such a key may be in silver, or rejected for something else, or a duplicate.
 */
final class ReferenceChanges {
  private static final String FILE = "_file";

  private final RunScope scope;
  private final SilverLayout layout;
  private final Source source;
  private final Ledger ledger;
  private final List<String> notes = new ArrayList<>();

  ReferenceChanges(RunScope scope, SilverLayout layout, Ledger ledger) {
    this.scope = scope;
    this.layout = layout;
    this.source = layout.source();
    this.ledger = ledger;
  }

  /** What had to be compared whole, and why. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * @param since the table's state, which knows what its rows were compared with
   */
  Set<String> slices(ReferenceChecks checks, LakeState since) {
    Set<String> slices = new HashSet<>();
    if (since.sequence() > 0) {
      for (ReferredTable referred : checks.referred()) {
        if (referred.changedSince(since)) {
          slices.addAll(slices(referred, since));
        }
      }
    }
    return slices;
  }

  private Set<String> slices(ReferredTable referred, LakeState since) {
    Dataset<Row> now = referred.keys().persist();
    Optional<Dataset<Row>> before = before(referred, since);
    try {
      Set<String> slices = new HashSet<>();
      Dataset<Row> came = before.map(keys -> without(now, keys, referred)).orElse(now);
      if (!came.isEmpty()) {
        slices.addAll(rejectedForTheWantOf(came, referred));
      }
      if (before.isEmpty()) {
        slices.addAll(slicesWith(now, "left_anti", referred, serving()));
        return slices;
      }
      Dataset<Row> went = without(before.get(), now, referred);
      if (!went.isEmpty()) {
        slices.addAll(slicesWith(went, "left_semi", referred, serving()));
      }
      return slices;
    } finally {
      now.unpersist();
      before.ifPresent(Dataset::unpersist);
    }
  }

  /** The keys that the table's rows were compared with; empty if the lake has not got them. */
  private Optional<Dataset<Row>> before(ReferredTable referred, LakeState since) {
    Optional<Long> version = referred.versionAt(since);
    String name = referred.reference().in();
    if (version.isEmpty()) {
      notes.add(
          "%s was compared whole with %s, which it was not made against before"
              .formatted(layout.table().name(), name));
      return Optional.empty();
    }
    try {
      Dataset<Row> keys = referred.keys(version.get()).persist();
      keys.count();
      return Optional.of(keys);
    } catch (Exception gone) {
      // Spark's and Delta's failures to read are checked exceptions that Scala does not declare.
      notes.add(
          "%s was compared whole with %s, whose version %d the lake has not got any more"
              .formatted(layout.table().name(), name, version.get()));
      return Optional.empty();
    }
  }

  private static Dataset<Row> without(
      Dataset<Row> keys, Dataset<Row> others, ReferredTable referred) {
    return keys.join(others, referred.keyNames(), "left_anti");
  }

  private Set<String> rejectedForTheWantOf(Dataset<Row> keys, ReferredTable referred) {
    LakeTable table = Rejects.table(scope);
    if (!table.exists()) {
      return Set.of();
    }
    Dataset<Row> rejects =
        table
            .read()
            .where(col("table_name").equalTo(layout.table().name()))
            .where(col("reason").equalTo(Reason.REFERENCE_MISSING.name()))
            .where(col("rule").equalTo(referred.reference().name()));
    if (rejects.isEmpty()) {
      return Set.of();
    }
    String[] place = {"file_id", "slice"};
    return slicesWith(
        keys,
        "left_semi",
        referred,
        serving().join(rejects.select("file_id", "slice").distinct(), place, "left_semi"));
  }

  /** Slices of files with rows that have, or have not, one of these keys in what refers to them. */
  private Set<String> slicesWith(
      Dataset<Row> keys, String join, ReferredTable referred, Dataset<Row> files) {
    List<String> columns = referred.reference().columns();
    Dataset<Row> rows = Readings.of(scope.lake(), source, files);
    Dataset<Row> found =
        ConvertedColumns.of(rows, source, scope.pipeline().zone(), columns)
            .na()
            .drop(columns.toArray(String[]::new))
            .join(keys, referred.matches(columns), join)
            .select(col(BronzeTable.FILE_ID).as(FILE))
            .distinct();
    return texts(files.join(found, col("file_id").equalTo(col(FILE)), "left_semi").select("slice"));
  }

  /** Where bronze has rows of another contract, conform will say so. */
  private Dataset<Row> serving() {
    Dataset<Row> winners = ledger.winners(source.name());
    Set<String> readable =
        texts(winners.select("contract")).stream()
            .filter(other -> Definitions.servesRows(other, source))
            .collect(Collectors.toSet());
    return winners.where(col("contract").isInCollection(readable));
  }

  private static Set<String> texts(Dataset<Row> column) {
    return column.distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
