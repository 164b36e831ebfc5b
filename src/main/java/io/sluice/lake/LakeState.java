package io.sluice.lake;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A table as a stage found it: the snapshot that a commit is pinned to, and the progress recorded
 * in it.
 *
 * @param sequence number of our last commit, 0 before the first
 * @param definition hash recorded by that commit, empty before the first
 * @param progress consumed version of each input
 */
public record LakeState(
    Snapshot snapshot, long sequence, String definition, Map<String, Long> progress) {

  public LakeState {
    progress = Map.copyOf(progress);
  }

  public long version() {
    return snapshot.version();
  }

  public StructType schema() {
    return snapshot.schema();
  }

  /** Whether rows have the table's columns, by name and type; their order does not matter. */
  public boolean hasColumnsOf(Dataset<Row> rows) {
    return types(schema()).equals(types(rows.schema()));
  }

  private static Map<String, String> types(StructType schema) {
    return Stream.of(schema.fields())
        .collect(Collectors.toMap(StructField::name, field -> field.dataType().catalogString()));
  }

  /** Delta's id of the table, which a table made anew does not share. */
  public String tableId() {
    return snapshot.metadata().id();
  }

  /** The consumed version of an input, -1 if nothing of it was consumed. */
  public long consumed(String input) {
    return progress.getOrDefault(input, -1L);
  }
}
