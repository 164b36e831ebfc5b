package io.sluice.lake;

import java.time.LocalDate;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One commit to be made to a table.
 *
 * @param rows the new rows
 * @param mode APPEND, or REPLACE for what {@code where} selects
 * @param where Delta predicate over partition columns; empty for the whole table
 * @param stamp what the commit says about itself; its sequence is set by the commit
 */
public record LakeWrite(Dataset<Row> rows, Mode mode, String where, Stamp stamp) {
  /** How the rows meet those that are there. */
  public enum Mode {
    APPEND,
    REPLACE
  }

  public static LakeWrite append(Dataset<Row> rows, Stamp stamp) {
    return new LakeWrite(rows, Mode.APPEND, "", stamp);
  }

  public static LakeWrite replaceAll(Dataset<Row> rows, Stamp stamp) {
    return new LakeWrite(rows, Mode.REPLACE, "", stamp);
  }

  public static LakeWrite replaceWhere(Dataset<Row> rows, String where, Stamp stamp) {
    return new LakeWrite(rows, Mode.REPLACE, where, stamp);
  }

  /** A stamp for a table without inputs or definition. */
  public static Stamp stamp(String run) {
    return new Stamp(run, 0, "", Map.of(), Changes.EVERYTHING);
  }

  /** Predicate over the partition columns year, month and day; {@code false} for no date. */
  public static String partitions(SortedSet<LocalDate> dates) {
    if (dates.isEmpty()) {
      return "false";
    }
    return dates.stream()
        .map(
            date ->
                "(year = '%04d' and month = '%02d' and day = '%02d')"
                    .formatted(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
        .collect(Collectors.joining(" or "));
  }
}
