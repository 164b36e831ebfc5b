package io.sluice.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.RowRule;
import io.sluice.config.SilverTable;
import io.sluice.error.Reason;
import io.sluice.lake.BronzeTable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What becomes of each converted row of the files that serve their slices: it goes to silver, is
 * rejected, is a duplicate, or says that its key is gone. A function of the rows alone.
 */
final class ClassifiedRows {
  static final String STATUS = "_status";
  static final String SILVER = "silver";
  static final String REJECTED = "rejected";
  static final String DUPLICATE = "duplicate";
  static final String SUPERSEDED = "superseded";
  static final String DELETED = "deleted";

  /** Which part of its delivery a row's file is, as text that sorts: earlier parts come first. */
  static final String PART = "_part";

  private static final String COPY = "_copy";
  private static final String OTHERS = "_others";
  private static final String CLEAN = "_clean";

  private ClassifiedRows() {}

  /**
   * @param rows converted rows with {@link #PART}, and a boolean column {@code serving}: whether
   *     their file serves their slice
   * @param columns names of the columns by which rows are equal
   */
  static Dataset<Row> of(
      Dataset<Row> rows, SilverTable table, List<String> columns, String serving) {
    Dataset<Row> ruled = withRules(rows, table);
    Dataset<Row> judged = ruled.withColumn(CLEAN, clean(ruled, table, serving));
    return settle(withCopies(judged, table, columns), table, serving)
        .drop(COPY, OTHERS, CLEAN, PART, serving);
  }

  private static Column clean(Dataset<Row> rows, SilverTable table, String serving) {
    Column fits = size(col(ConvertedRows.VIOLATIONS)).equalTo(0);
    return col(serving).and(table.deletedWhen().isEmpty() ? fits : fits.or(gone(rows, table)));
  }

  /**
   * A row that says that its key is gone needs no more than the key and what says so: nothing else
   * of it would be kept. A value that is only missing elsewhere is read all the same.
   */
  private static Column gone(Dataset<Row> rows, SilverTable table) {
    Set<String> needed = RowConditions.columns(rows, table.deletedWhen());
    needed.addAll(table.key());
    Column harmless =
        forall(
            col(ConvertedRows.VIOLATIONS),
            each ->
                not(each.getField("column_name").isInCollection(needed))
                    .or(each.getField("reason").equalTo(Reason.REFERENCE_MISSING.name())));
    return deleted(table).and(harmless);
  }

  private static Dataset<Row> withRules(Dataset<Row> rows, SilverTable table) {
    if (table.rules().isEmpty()) {
      return rows;
    }
    Column[] broken =
        table.rules().stream()
            .map(rule -> when(not(coalesce(expr(rule.row()), lit(true))), violation(rule)))
            .toArray(Column[]::new);
    return rows.withColumn(
        ConvertedRows.VIOLATIONS,
        concat(col(ConvertedRows.VIOLATIONS), array_compact(array(broken))));
  }

  private static Column violation(RowRule rule) {
    return violation(
        Reason.ROW_RULE, rule.name(), "the row does not meet " + rule.name() + ": " + rule.row());
  }

  private static Column violation(Reason reason, String rule, String message) {
    return struct(
        lit("").as("column_name"),
        lit(reason.name()).as("reason"),
        lit(rule).as("rule"),
        lit("").as("raw"),
        lit("").as("cell"),
        lit(message).as("message"));
  }

  /** Both windows are clustered by the key, so that the rows are shuffled once. */
  private static Dataset<Row> withCopies(
      Dataset<Row> rows, SilverTable table, List<String> columns) {
    Column[] key = keyed(table.key());
    // Of equal rows the first one stays; where the last of a key counts, the last one does, or a
    // row that stands twice would find its own copy after it.
    boolean last = table.duplicates() == SilverTable.Duplicates.LATEST;
    Column[] inSheetOrder = {
      col(PART), col(BronzeTable.SHEET_ROW), col(BronzeTable.FILE_ID), col(ConvertedRows.SHEET)
    };
    Column[] keptFirst =
        last
            ? new Column[] {
              col(PART).desc(),
              col(BronzeTable.SHEET_ROW).desc(),
              col(BronzeTable.FILE_ID).desc(),
              col(ConvertedRows.SHEET).desc()
            }
            : inSheetOrder;
    List<String> rest = columns.stream().filter(name -> !table.key().contains(name)).toList();
    Column[] everything =
        java.util.stream.Stream.concat(
                java.util.Arrays.stream(key), rest.stream().map(name -> col(name)))
            .toArray(Column[]::new);
    WindowSpec equalRows = Window.partitionBy(everything).orderBy(keptFirst);
    Dataset<Row> copies = rows.withColumn(COPY, row_number().over(equalRows));
    WindowSpec sameKey = Window.partitionBy(key);
    Column distinct = when(col(COPY).equalTo(1), lit(1)).otherwise(lit(0));
    return switch (table.duplicates()) {
      case FAIL -> copies.withColumn(OTHERS, sum(distinct).over(sameKey).minus(1));
      case FIRST ->
          copies.withColumn(
              OTHERS,
              sum(distinct)
                  .over(
                      sameKey
                          .orderBy(inSheetOrder)
                          .rowsBetween(Window.unboundedPreceding(), Window.currentRow()))
                  .minus(1));
      case LATEST ->
          copies.withColumn(
              OTHERS,
              count(lit(1))
                  .over(sameKey.orderBy(inSheetOrder).rowsBetween(1, Window.unboundedFollowing())));
    };
  }

  private static Column[] keyed(List<String> key) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(col(CLEAN)), key.stream().map(name -> col(name)))
        .toArray(Column[]::new);
  }

  private static Column deleted(SilverTable table) {
    return table.deletedWhen().isEmpty()
        ? lit(false)
        : coalesce(expr(table.deletedWhen()), lit(false));
  }

  private static Dataset<Row> settle(Dataset<Row> rows, SilverTable table, String serving) {
    Column twice = col(CLEAN).and(col(COPY).equalTo(1)).and(col(OTHERS).gt(0));
    boolean rejects = table.duplicates() == SilverTable.Duplicates.FAIL;
    Column status =
        when(not(col(serving)), lit(SUPERSEDED))
            .when(not(col(CLEAN)), lit(REJECTED))
            .when(col(COPY).gt(1), lit(DUPLICATE))
            .when(twice, lit(rejects ? REJECTED : DUPLICATE))
            .when(deleted(table), lit(DELETED))
            .otherwise(lit(SILVER));
    Dataset<Row> settled = rows.withColumn(STATUS, status);
    if (!rejects) {
      return settled;
    }
    Column duplicateKey =
        violation(
            Reason.DUPLICATE_KEY, "key", "several different rows have the same key " + table.key());
    return settled.withColumn(
        ConvertedRows.VIOLATIONS,
        when(twice, concat(col(ConvertedRows.VIOLATIONS), array(duplicateKey)))
            .otherwise(col(ConvertedRows.VIOLATIONS)));
  }
}
