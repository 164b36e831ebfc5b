package io.sluice.warehouse;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * The shape that a published table has in Postgres.
 *
 * @param pipeline whose table it is
 * @param columns in the order in which they are created
 * @param primaryKey empty for a table whose rows need not differ
 * @param indexes columns that get an index each, beside the primary key
 * @param scope how the rows of a business date are found; {@link Scope#WHOLE} where they cannot be
 * @param comment empty for none
 */
public record TargetTable(
    String pipeline,
    String schema,
    String name,
    Kind kind,
    List<TargetColumn> columns,
    List<String> primaryKey,
    List<ForeignKey> foreignKeys,
    List<String> indexes,
    Scope scope,
    String comment)
    implements Serializable {

  /** What refers to what decides the order within a publish. */
  public enum Kind {
    /**
     * Calendar, dimensions, source files: rows come before what refers to them, and go after it.
     */
    REFERENCED,
    /** Facts and SQL models. */
    REFERRING
  }

  /** A column that refers to the primary key of another published table of the schema. */
  public record ForeignKey(String column, String table, String references)
      implements Serializable {}

  /**
   * The column that holds the business date.
   *
   * @param column empty for none
   * @param dateKey whether it holds yyyymmdd as an integer rather than a date
   */
  public record Scope(String column, boolean dateKey) implements Serializable {
    public static final Scope WHOLE = new Scope("", false);

    public boolean dated() {
      return !column.isEmpty();
    }

    /** A condition that is true for the rows of these dates. */
    String condition(String alias, Collection<LocalDate> dates) {
      String list =
          dates.stream()
              .map(
                  date ->
                      dateKey ? String.valueOf(key(date)) : Sql.text(date.toString()) + "::date")
              .collect(Collectors.joining(", "));
      return dates.isEmpty() ? "false" : alias + "." + Sql.name(column) + " IN (" + list + ")";
    }

    private static int key(LocalDate date) {
      return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }
  }

  public TargetTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
    indexes = List.copyOf(indexes);
  }

  /**
   * Derives the shape of a published gold table.
   *
   * @param stored the columns of the gold table in the lake
   */
  public static TargetTable of(Pipeline pipeline, GoldTable table, StructType stored) {
    return new TargetShapes(pipeline).of(table, stored);
  }

  /**
   * The table that leads from {@code file_id} to a workbook: published beside the facts of its
   * pipeline.
   */
  public static TargetTable sourceFile(Pipeline pipeline) {
    return new TargetShapes(pipeline).sourceFile();
  }

  List<String> columnNames() {
    return columns.stream().map(TargetColumn::name).toList();
  }

  /** Columns that are not part of the primary key. */
  List<String> valueColumns() {
    return columnNames().stream().filter(column -> !primaryKey.contains(column)).toList();
  }

  Optional<TargetColumn> column(String column) {
    return columns.stream().filter(each -> each.name().equals(column)).findFirst();
  }

  Set<String> referredTables() {
    return foreignKeys.stream().map(ForeignKey::table).collect(Collectors.toSet());
  }

  String qualified() {
    return Sql.name(schema, name);
  }
}
