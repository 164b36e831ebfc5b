package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;

import io.sluice.config.SilverTable;
import io.sluice.config.Source;
import io.sluice.contract.SliceText;
import io.sluice.lake.BronzeTable;
import io.sluice.lake.Slices;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a silver table, how it is partitioned, and how its slices are told.
 *
 * @param added columns for headers that the contract does not name, in their order
 */
record SilverLayout(SilverTable table, Source source, List<String> added) {
  private static final List<String> PARTS = List.of("year", "month", "day");

  SilverLayout {
    added = List.copyOf(added);
  }

  /**
   * Contract columns, added ones, file_id, sheet_row, and year, month, day where it is partitioned.
   */
  StructType schema() {
    StructType schema = new StructType();
    for (io.sluice.config.Column column : source.contractColumns()) {
      schema = schema.add(column.name(), ConvertedRows.sparkType(column.type()));
    }
    for (String name : added) {
      schema = schema.add(name, DataTypes.StringType);
    }
    schema =
        schema
            .add(BronzeTable.FILE_ID, DataTypes.StringType)
            .add(BronzeTable.SHEET_ROW, DataTypes.IntegerType);
    if (table.partitionByDate().isPresent()) {
      for (String part : PARTS) {
        schema = schema.add(part, DataTypes.StringType);
      }
    }
    return schema;
  }

  List<String> partitions() {
    return table.partitionByDate().isPresent() ? PARTS : List.of();
  }

  /** Names of the contract columns. */
  List<String> contract() {
    return source.contractColumns().stream().map(io.sluice.config.Column::name).toList();
  }

  /** Names of the columns that come from cells of a row. */
  List<String> columns() {
    List<String> names = new ArrayList<>(contract());
    names.addAll(added);
    return names;
  }

  /** All columns of the table by name. */
  Column[] names() {
    return Stream.of(schema().fieldNames()).map(name -> col(name)).toArray(Column[]::new);
  }

  Column[] targetColumns() {
    List<Column> selected = new ArrayList<>();
    columns().forEach(name -> selected.add(col(name)));
    selected.add(col(BronzeTable.FILE_ID));
    selected.add(col(BronzeTable.SHEET_ROW));
    table
        .partitionByDate()
        .ifPresent(
            date -> {
              selected.add(date_format(col(date), "yyyy").as("year"));
              selected.add(date_format(col(date), "MM").as("month"));
              selected.add(date_format(col(date), "dd").as("day"));
            });
    return selected.toArray(Column[]::new);
  }

  Column[] sorted() {
    List<Column> order = new ArrayList<>();
    PARTS.forEach(part -> order.add(col(part)));
    table.key().forEach(name -> order.add(col(name)));
    return order.toArray(Column[]::new);
  }

  Column sliceColumn() {
    return Slices.sliceText(source.slice());
  }

  /** {@link io.sluice.config.SilverTable#dateColumn}. */
  Optional<String> dateColumn() {
    return table.dateColumn(source);
  }

  SortedSet<LocalDate> dates(Set<String> slices) {
    SortedSet<LocalDate> dates = new TreeSet<>();
    dateColumn()
        .ifPresent(
            column -> slices.forEach(slice -> SliceText.date(slice, column).ifPresent(dates::add)));
    return dates;
  }
}
