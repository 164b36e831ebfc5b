package io.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns that gold tables have. */
final class GoldColumns {
  private static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.STRING);
  private static final ColumnType WHOLE = ColumnType.of(ColumnType.Kind.INTEGER);
  private static final ColumnType LONG = ColumnType.of(ColumnType.Kind.LONG);
  private static final ColumnType DATE = ColumnType.of(ColumnType.Kind.DATE);
  private static final ColumnType FLAG = ColumnType.of(ColumnType.Kind.BOOLEAN);

  private GoldColumns() {}

  /** Names of the columns that a dimension has beside its key and attributes. */
  static List<String> added(String dimension) {
    String stem = stem(dimension);
    return List.of(
        stem + "_key",
        stem + "_durable_key",
        "valid_from",
        "valid_to",
        "is_current",
        "is_inferred");
  }

  /** The columns with their types, where those are known; empty where the columns are not known. */
  static Map<String, Optional<ColumnType>> of(
      String name, GoldTable.Shape shape, Optional<String> partition, Tables tables) {
    Map<String, Optional<ColumnType>> columns = new HashMap<>();
    if (shape instanceof GoldTable.Calendar calendar) {
      put(columns, WHOLE, "date_key", "day", "day_of_week", "iso_week", "iso_week_year");
      put(columns, WHOLE, "month", "quarter", "year");
      put(columns, TEXT, "day_name", "month_name");
      put(columns, DATE, "date");
      put(columns, FLAG, "is_month_end", "is_business_day");
      if (calendar.fiscal().isPresent()) {
        put(columns, WHOLE, "fiscal_year", "fiscal_quarter", "fiscal_month");
      }
      if (calendar.holidays().isPresent()) {
        put(columns, FLAG, "is_holiday", "is_month_end_business_day");
        put(columns, TEXT, "holiday_name");
        put(columns, DATE, "previous_business_day");
      }
    } else if (shape instanceof GoldTable.Dimension dimension) {
      String stem = stem(name);
      put(columns, LONG, stem + "_key", stem + "_durable_key");
      put(columns, DATE, "valid_from", "valid_to");
      put(columns, FLAG, "is_current", "is_inferred");
      dimension.key().forEach(key -> columns.put(key, type(dimension, key, tables)));
      dimension.attributes().forEach(a -> columns.put(a, type(dimension, a, tables)));
    } else if (shape instanceof GoldTable.Fact fact) {
      put(columns, WHOLE, "date_key", "sheet_row");
      put(columns, TEXT, "file_id");
      fact.dates().forEach(date -> put(columns, WHOLE, GoldTable.Fact.dateKey(date)));
      fact.lookups().forEach(lookup -> put(columns, LONG, lookup.keyName()));
      fact.carried(tables::businessKey)
          .forEach(column -> columns.put(column, tables.type(fact.from(), column)));
      fact.measureColumns().forEach(m -> columns.put(m, tables.type(fact.from(), m)));
      if (partition.isPresent()) {
        SilverReader.DATE_PARTS.forEach(part -> put(columns, TEXT, part));
      }
    }
    return columns;
  }

  private static String stem(String dimension) {
    return dimension.startsWith("dim_") ? dimension.substring("dim_".length()) : dimension;
  }

  private static Optional<ColumnType> type(
      GoldTable.Dimension dimension, String column, Tables tables) {
    return dimension.from().stream()
        .flatMap(from -> tables.type(from, column).stream())
        .findFirst();
  }

  private static void put(
      Map<String, Optional<ColumnType>> columns, ColumnType type, String... names) {
    for (String name : names) {
      columns.put(name, Optional.of(type));
    }
  }
}
