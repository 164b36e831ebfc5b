package io.sluice.warehouse;

import io.sluice.SparkForTests;
import io.sluice.lake.Changes;
import io.sluice.warehouse.TargetTable.ForeignKey;
import io.sluice.warehouse.TargetTable.Kind;
import io.sluice.warehouse.TargetTable.Scope;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A small star: one dimension, one fact that refers to it, one bag without a key; and their
 * versions in a lake of memory.
 */
final class Star {
  static final StructType DIMENSION =
      new StructType()
          .add("portfolio_key", DataTypes.LongType)
          .add("portfolio_id", DataTypes.StringType)
          .add("portfolio_name", DataTypes.StringType);
  static final StructType FACT =
      new StructType()
          .add("date_key", DataTypes.IntegerType)
          .add("portfolio_key", DataTypes.LongType)
          .add("market_value", DataTypes.createDecimalType(20, 4));
  static final StructType BAG =
      new StructType().add("as_of_date", DataTypes.DateType).add("note", DataTypes.StringType);

  private Star() {}

  static TargetTable dimension(String schema) {
    return new TargetTable(
        schema,
        schema,
        "dim_portfolio",
        Kind.REFERENCED,
        List.of(
            new TargetColumn("portfolio_key", "bigint", true, ""),
            new TargetColumn("portfolio_id", "text", false, "Our number of it"),
            new TargetColumn("portfolio_name", "text", false, "")),
        List.of("portfolio_key"),
        List.of(),
        List.of("portfolio_id"),
        Scope.WHOLE,
        "Portfolios");
  }

  static TargetTable fact(String schema) {
    return new TargetTable(
        schema,
        schema,
        "fact_holdings",
        Kind.REFERRING,
        List.of(
            new TargetColumn("date_key", "integer", true, ""),
            new TargetColumn("portfolio_key", "bigint", true, ""),
            new TargetColumn("market_value", "numeric(20,4)", false, "")),
        List.of("date_key", "portfolio_key"),
        List.of(new ForeignKey("portfolio_key", "dim_portfolio", "portfolio_key")),
        List.of("portfolio_key"),
        new Scope("date_key", true),
        "");
  }

  static TargetTable bag(String schema) {
    return new TargetTable(
        schema,
        schema,
        "notes",
        Kind.REFERRING,
        List.of(
            new TargetColumn("as_of_date", "date", false, ""),
            new TargetColumn("note", "text", false, "")),
        List.of(),
        List.of(),
        List.of("as_of_date"),
        new Scope("as_of_date", false),
        "");
  }

  static Row portfolio(long key, String name) {
    return RowFactory.create(key, "P" + key, name);
  }

  static Row holding(int date, long portfolio, String value) {
    return RowFactory.create(date, portfolio, value == null ? null : new BigDecimal(value));
  }

  static Row note(String date, String text) {
    return RowFactory.create(LocalDate.parse(date), text);
  }

  static PublishSource source(TargetTable target, StructType type, long version, Row... rows) {
    return source(target, type, "lake-1", version, Changes.EVERYTHING, rows);
  }

  static Changes on(String... dates) {
    TreeSet<LocalDate> all = new TreeSet<>();
    for (String date : dates) {
      all.add(LocalDate.parse(date));
    }
    return Changes.of(all);
  }

  /** A table whose given rows are all of it, and whose last changes were those. */
  static PublishSource source(
      TargetTable target, StructType type, String id, long version, Changes last, Row... rows) {
    return new PublishSource() {
      @Override
      public TargetTable target() {
        return target;
      }

      @Override
      public String tableId() {
        return id;
      }

      @Override
      public long version() {
        return version;
      }

      @Override
      public Changes changesSince(long versionExclusive) {
        return last;
      }

      @Override
      public Dataset<Row> rows(Changes changes) {
        Dataset<Row> all =
            SparkForTests.session().createDataFrame(List.of(rows), type).repartition(2);
        if (changes.everything()) {
          return all;
        }
        boolean key = target.scope().dateKey();
        Object[] dates =
            changes.dates().stream()
                .map(
                    date -> key ? (Object) Integer.valueOf(date.toString().replace("-", "")) : date)
                .toArray();
        return all.filter(functions.col(target.scope().column()).isin(dates));
      }
    };
  }
}
