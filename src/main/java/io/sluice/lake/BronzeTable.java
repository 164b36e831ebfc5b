package io.sluice.lake;

import io.sluice.config.Source;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The bronze table of a source: one row per sheet row, the text of each contract column as stored
 * in the cell, and where it stood. Partitioned by the batch that landed it.
 */
public final class BronzeTable {
  public static final String KINDS = "kinds";
  public static final String CELLS = "cells";
  public static final String FILE_ID = "file_id";
  public static final String SHEET = "sheet";
  public static final String SHEET_ROW = "sheet_row";
  public static final String BATCH = "batch";

  private BronzeTable() {}

  public static LakeTable of(Lake lake, Source source) {
    return lake.table(Layer.BRONZE, source.name());
  }

  /** Columns: the contract's, all text, then kinds, cells, file_id, sheet, sheet_row, batch. */
  public static StructType schema(Source source) {
    StructType schema = new StructType();
    for (var column : source.contractColumns()) {
      schema = schema.add(column.name(), DataTypes.StringType);
    }
    return schema
        .add(KINDS, DataTypes.StringType)
        .add(CELLS, DataTypes.StringType)
        .add(FILE_ID, DataTypes.StringType)
        .add(SHEET, DataTypes.StringType)
        .add(SHEET_ROW, DataTypes.IntegerType)
        .add(BATCH, DataTypes.LongType);
  }

  public static List<String> partitions() {
    return List.of(BATCH);
  }
}
