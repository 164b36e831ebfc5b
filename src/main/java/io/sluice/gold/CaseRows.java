package io.sluice.gold;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.config.Suggestion;
import io.sluice.config.WrittenTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Rows that somebody wrote as text, as rows of a table's types. Mistakes are collected. */
final class CaseRows {
  private final ZoneId zone;
  private final List<String> mistakes;

  /**
   * @param mistakes takes what is wrong, with file and line
   */
  CaseRows(ZoneId zone, List<String> mistakes) {
    this.zone = zone;
    this.mistakes = mistakes;
  }

  /** Whether all columns are known; says so if not. */
  boolean knows(WrittenTable written, StructType schema, String table, String at) {
    List<String> names = Arrays.asList(schema.fieldNames());
    boolean known = true;
    for (String column : written.columns()) {
      if (!names.contains(column)) {
        known = false;
        mistakes.add(
            at
                + ": "
                + column
                + " is not a column of "
                + table
                + Suggestion.orList(column, names, "it has"));
      }
    }
    return known;
  }

  /** The rows with all columns of the table; those that are not written are null. */
  List<Row> whole(WrittenTable written, StructType schema) {
    List<Row> rows = new ArrayList<>();
    for (WrittenTable.Line line : written.rows()) {
      Object[] values = new Object[schema.length()];
      put(written, line, schema, values);
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  /** The rows with the columns that are written. */
  List<Row> narrow(WrittenTable written, StructType schema) {
    StructType chosen = new StructType();
    for (String column : written.columns()) {
      chosen = chosen.add(schema.apply(column));
    }
    return whole(written, chosen);
  }

  private void put(
      WrittenTable written, WrittenTable.Line line, StructType schema, Object[] values) {
    for (int i = 0; i < written.columns().size(); i++) {
      String column = written.columns().get(i);
      Optional<String> cell = line.cells().get(i);
      if (cell.isPresent()) {
        DataType type = schema.apply(column).dataType();
        try {
          values[schema.fieldIndex(column)] = value(cell.get(), type);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
          mistakes.add(
              "%s: %s is %s, which is not %s"
                  .formatted(line.at(), column, cell.get(), described(type)));
        }
      }
    }
  }

  /** What partitions the rows by date follows from their date, and nobody has to write it. */
  static List<Row> partitioned(List<Row> rows, StructType schema, String table, Pipeline pipeline) {
    List<String> names = Arrays.asList(schema.fieldNames());
    Optional<String> date = partitionDate(table, pipeline);
    if (date.isEmpty() || !names.containsAll(Dates.PARTITION) || !names.contains(date.get())) {
      return rows;
    }
    return rows.stream().map(row -> partitioned(row, schema, date.get())).toList();
  }

  private static Row partitioned(Row row, StructType schema, String date) {
    Object value = row.get(schema.fieldIndex(date));
    if (value == null) {
      return row;
    }
    String digits = value.toString().replace("-", "");
    Object[] values = new Object[schema.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[schema.fieldIndex("year")] = digits.substring(0, 4);
    values[schema.fieldIndex("month")] = digits.substring(4, 6);
    values[schema.fieldIndex("day")] = digits.substring(6, 8);
    return RowFactory.create(values);
  }

  private static Optional<String> partitionDate(String table, Pipeline pipeline) {
    if (pipeline.silver().containsKey(table)) {
      return pipeline.silver().get(table).partitionByDate();
    }
    GoldTable gold = pipeline.gold().get(table);
    return gold.shape() instanceof GoldTable.Fact
        ? gold.partitionByDate().map(date -> "date_key")
        : gold.partitionByDate();
  }

  private Object value(String text, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return text;
    }
    if (type instanceof DecimalType decimal) {
      BigDecimal number = new BigDecimal(text).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
      if (number.precision() > decimal.precision()) {
        throw new ArithmeticException();
      }
      return number;
    }
    if (type.equals(DataTypes.DateType)) {
      return LocalDate.parse(text);
    }
    if (type.equals(DataTypes.TimestampType)) {
      return LocalDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .atZone(zone)
          .toInstant();
    }
    if (type.equals(DataTypes.BooleanType)) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException();
      }
      return Boolean.valueOf(text);
    }
    if (type.equals(DataTypes.IntegerType)) {
      return Integer.valueOf(text);
    }
    if (type.equals(DataTypes.LongType)) {
      return Long.valueOf(text);
    }
    if (type.equals(DataTypes.DoubleType)) {
      return Double.valueOf(text);
    }
    throw new IllegalArgumentException();
  }

  private static String described(DataType type) {
    if (type instanceof DecimalType decimal) {
      return "a number with at most %d digits before and %d after the point (%s)"
          .formatted(
              decimal.precision() - decimal.scale(), decimal.scale(), SqlPlan.lower(decimal.sql()));
    }
    if (type.equals(DataTypes.DateType)) {
      return "a date such as 2024-01-31";
    }
    if (type.equals(DataTypes.TimestampType)) {
      return "a time such as 2024-01-31 17:30:00";
    }
    if (type.equals(DataTypes.BooleanType)) {
      return "true or false";
    }
    return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType)
        ? "a whole number"
        : "of a type that a test can hold (" + SqlPlan.lower(type.sql()) + ")";
  }
}
