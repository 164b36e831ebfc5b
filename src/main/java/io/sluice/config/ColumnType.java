package io.sluice.config;

import java.io.Serializable;

/**
 * The type of a contract column.
 *
 * @param kind what family of values
 * @param precision decimal digits in all, 0 unless DECIMAL
 * @param scale decimal digits after the point, 0 unless DECIMAL
 */
public record ColumnType(Kind kind, int precision, int scale) implements Serializable {
  /** The families of values that a contract can ask for. */
  public enum Kind {
    STRING,
    INTEGER,
    LONG,
    DECIMAL,
    DATE,
    TIMESTAMP,
    BOOLEAN
  }

  /** Spark's limit for decimals. */
  public static final int MAX_PRECISION = 38;

  public ColumnType {
    boolean decimal = kind == Kind.DECIMAL;
    if (decimal && (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException(
          "decimal(%d,%d) needs 1 <= precision <= 38 and 0 <= scale <= precision"
              .formatted(precision, scale));
    }
    if (!decimal && (precision != 0 || scale != 0)) {
      throw new IllegalArgumentException(kind + " has no precision or scale");
    }
  }

  public static ColumnType of(Kind kind) {
    return new ColumnType(kind, 0, 0);
  }

  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale);
  }

  /** The spelling that the configuration uses, which is also Spark SQL's. */
  public String sql() {
    return switch (kind) {
      case STRING -> "string";
      case INTEGER -> "int";
      case LONG -> "bigint";
      case DECIMAL -> "decimal(" + precision + "," + scale + ")";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case BOOLEAN -> "boolean";
    };
  }
}
