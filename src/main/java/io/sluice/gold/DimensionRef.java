package io.sluice.gold;

import io.sluice.config.GoldTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A dimension as a fact table refers to it.
 *
 * @param name of the table
 * @param rows the table's rows
 */
public record DimensionRef(String name, GoldTable.Dimension dimension, Dataset<Row> rows) {}
