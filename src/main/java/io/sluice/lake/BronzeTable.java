package io.sluice.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.config.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The bronze table of a source: one row per sheet row, the text of each contract column as stored
 * in the cell, and where it stood. Partitioned by the batch that landed it.
 */
public final class BronzeTable {
  public static final String KINDS = "kinds";
  public static final String CELLS = "cells";

  /** A JSON object: texts of cells by headers that the contract does not name, in sheet order. */
  public static final String UNKNOWN_CELLS = "unknown_cells";

  public static final String FILE_ID = "file_id";
  public static final String SHEET = "sheet";
  public static final String SHEET_ROW = "sheet_row";
  public static final String BATCH = "batch";

  private BronzeTable() {}

  public static LakeTable of(Lake lake, Source source) {
    return lake.table(Layer.BRONZE, source.name());
  }

  /**
   * The table as it is, created if it is not there. Of its columns the log tells the range of the
   * file id alone: by nothing else is it searched, and no text of a workbook stands in the log.
   */
  public static LakeState create(Lake lake, Source source) {
    return of(lake, source)
        .create(
            schema(source),
            partitions(),
            "Rows of source " + source.name() + " as stored in its workbooks",
            Map.of("delta.dataSkippingStatsColumns", FILE_ID));
  }

  /**
   * Columns: the contract's, all text, then kinds, cells, file_id, sheet, sheet_row, where unknown
   * cells are kept these, batch.
   */
  public static StructType schema(Source source) {
    StructType schema = new StructType();
    for (var column : source.contractColumns()) {
      schema = schema.add(column.name(), DataTypes.StringType);
    }
    schema =
        schema
            .add(KINDS, DataTypes.StringType)
            .add(CELLS, DataTypes.StringType)
            .add(FILE_ID, DataTypes.StringType)
            .add(SHEET, DataTypes.StringType)
            .add(SHEET_ROW, DataTypes.IntegerType);
    if (source.keepsUnknown()) {
      schema = schema.add(UNKNOWN_CELLS, DataTypes.StringType);
    }
    return schema.add(BATCH, DataTypes.LongType);
  }

  /**
   * The rows under the columns of {@link #schema}, whatever contracts the table has known: a column
   * that it has not got yet is null.
   */
  public static Dataset<Row> read(Lake lake, Source source) {
    LakeTable table = of(lake, source);
    StructType schema = schema(source);
    if (!table.exists()) {
      return table.spark().createDataFrame(List.of(), schema);
    }
    Dataset<Row> rows = table.read();
    Set<String> there = Set.of(rows.columns());
    return rows.select(
        Stream.of(schema.fields())
            .map(
                field ->
                    there.contains(field.name())
                        ? col(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static List<String> partitions() {
    return List.of(BATCH);
  }
}
