package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.Serializable;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A column of a published table.
 *
 * @param type as Postgres's format_type spells it
 * @param comment empty for none
 */
public record TargetColumn(String name, String type, boolean required, String comment)
    implements Serializable {

  /** The Postgres type that holds every value of a Spark type. */
  static String type(String table, String column, DataType type) {
    if (type instanceof StringType) {
      return "text";
    } else if (type instanceof DecimalType decimal) {
      return "numeric(" + decimal.precision() + "," + decimal.scale() + ")";
    } else if (type instanceof IntegerType) {
      return "integer";
    } else if (type instanceof LongType) {
      return "bigint";
    } else if (type instanceof ShortType || type instanceof ByteType) {
      return "smallint";
    } else if (type instanceof DateType) {
      return "date";
    } else if (type instanceof TimestampType) {
      return "timestamp with time zone";
    } else if (type instanceof TimestampNTZType) {
      return "timestamp without time zone";
    } else if (type instanceof BooleanType) {
      return "boolean";
    } else if (type instanceof DoubleType) {
      return "double precision";
    } else if (type instanceof FloatType) {
      return "real";
    } else if (type instanceof BinaryType) {
      return "bytea";
    }
    throw new SluiceException(
        Reason.WAREHOUSE_SHAPE,
        "The table " + table + " cannot be published",
        "its column "
            + column
            + " is of the type "
            + type.catalogString()
            + ", which has no counterpart in Postgres",
        "Take the column apart into plain columns, or take the table out of publish.tables.");
  }
}
