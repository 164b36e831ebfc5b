package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Values of a Parquet file as a workbook's cells hold them: the shortest text that denotes a
 * number, ISO dates. An instant keeps its zone, which is UTC; a time without one has none.
 */
final class ParquetCells {
  /** The day that INT96 timestamps count from, in days of the epoch. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private ParquetCells() {}

  /**
   * @param field index of a field that is no group and not repeated
   */
  static void put(SheetRow row, int column, Group group, int field) {
    if (group.getFieldRepetitionCount(field) == 0) {
      return;
    }
    PrimitiveType type = group.getType().getType(field).asPrimitiveType();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN ->
          row.put(column, group.getBoolean(field, 0) ? "TRUE" : "FALSE", CellKind.BOOLEAN);
      case INT32 -> whole(row, column, group.getInteger(field, 0), logical);
      case INT64 -> whole(row, column, group.getLong(field, 0), logical);
      case FLOAT -> floating(row, column, group.getFloat(field, 0));
      case DOUBLE -> floating(row, column, group.getDouble(field, 0));
      case INT96 -> row.put(column, int96(group.getInt96(field, 0).getBytes()), CellKind.TEXT);
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          bytes(row, column, group.getBinary(field, 0).getBytes(), logical);
    }
  }

  private static void whole(SheetRow row, int column, long value, LogicalTypeAnnotation logical) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      row.put(column, LocalDate.ofEpochDay(value).toString(), CellKind.DATE);
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      number(row, column, BigDecimal.valueOf(value, decimal.getScale()));
    } else if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      Instant instant = Instant.EPOCH.plus(value, unit(timestamp.getUnit()));
      if (timestamp.isAdjustedToUTC()) {
        row.put(column, instant.toString(), CellKind.TEXT);
      } else {
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        row.put(column, SerialDate.text(local), CellKind.DATE);
      }
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      long nanos = unit(time.getUnit()).getDuration().toNanos() * value;
      row.put(column, LocalTime.ofNanoOfDay(nanos).toString(), CellKind.TEXT);
    } else if (logical instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
      long unsigned = whole.getBitWidth() == 32 ? value & 0xFFFF_FFFFL : value;
      row.put(column, Long.toUnsignedString(unsigned), CellKind.EXACT);
    } else {
      row.put(column, Long.toString(value), CellKind.EXACT);
    }
  }

  private static void floating(SheetRow row, int column, float value) {
    if (Float.isFinite(value)) {
      row.put(column, StoredNumber.plain(value), CellKind.NUMBER);
    } else {
      row.put(column, "#NUM!", CellKind.ERROR);
    }
  }

  private static void floating(SheetRow row, int column, double value) {
    if (Double.isFinite(value)) {
      row.put(column, StoredNumber.plain(value), CellKind.NUMBER);
    } else {
      row.put(column, "#NUM!", CellKind.ERROR);
    }
  }

  private static void bytes(SheetRow row, int column, byte[] value, LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      number(row, column, new BigDecimal(new BigInteger(value), decimal.getScale()));
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer halves = ByteBuffer.wrap(value);
      UUID uuid = new UUID(halves.getLong(), halves.getLong());
      row.put(column, uuid.toString(), CellKind.TEXT);
    } else {
      String text = texts(logical) ? text(value) : null;
      row.put(
          column, text == null ? "#BINARY" : text, text == null ? CellKind.ERROR : CellKind.TEXT);
    }
  }

  /** Many writers leave out that their bytes are a text. */
  private static boolean texts(LogicalTypeAnnotation logical) {
    return logical == null
        || logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation;
  }

  /** Null if the bytes are none. */
  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException none) {
      return null;
    }
  }

  private static void number(SheetRow row, int column, BigDecimal value) {
    BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    row.put(column, shortest.toPlainString(), CellKind.EXACT);
  }

  private static String int96(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = buffer.getLong();
    long days = buffer.getInt() - JULIAN_EPOCH;
    return Instant.EPOCH.plus(days, ChronoUnit.DAYS).plusNanos(nanos).toString();
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }
}
