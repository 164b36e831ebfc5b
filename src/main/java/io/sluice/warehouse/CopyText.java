package io.sluice.warehouse;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** Writes rows as COPY's text format, and names what Postgres cannot hold before it sees it. */
final class CopyText {
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;

  private final TargetTable target;
  private final List<String> columns;
  private byte[] bytes = new byte[1 << 17];
  private int length;

  CopyText(TargetTable target) {
    this.target = target;
    this.columns = target.columnNames();
  }

  /** Appends one line: the row's columns, then the attempt. */
  void append(Row row, long attempt) {
    for (int i = 0; i < columns.size(); i++) {
      value(row, i);
      put((byte) '\t');
    }
    ascii(Long.toString(attempt));
    put((byte) '\n');
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  private void value(Row row, int column) {
    Object value = row.get(column);
    if (value == null) {
      ascii("\\N");
    } else if (value instanceof String text) {
      text(row, column, text);
    } else if (value instanceof BigDecimal decimal) {
      ascii(decimal.toPlainString());
    } else if (value instanceof LocalDate date) {
      ascii(inRange(row, column, date).toString());
    } else if (value instanceof Date date) {
      ascii(inRange(row, column, date.toLocalDate()).toString());
    } else if (value instanceof Instant instant) {
      inRange(row, column, instant.atOffset(ZoneOffset.UTC).toLocalDate());
      ascii(instant.toString());
    } else if (value instanceof Timestamp timestamp) {
      inRange(row, column, timestamp.toInstant().atOffset(ZoneOffset.UTC).toLocalDate());
      ascii(timestamp.toInstant().toString());
    } else if (value instanceof LocalDateTime local) {
      inRange(row, column, local.toLocalDate());
      ascii(local.toString());
    } else if (value instanceof byte[] binary) {
      ascii("\\\\x" + HexFormat.of().formatHex(binary));
    } else {
      ascii(value.toString());
    }
  }

  private LocalDate inRange(Row row, int column, LocalDate date) {
    if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
      throw refused(row, column, "the date " + date + " lies outside of the years 0001 to 9999");
    }
    return date;
  }

  private void text(Row row, int column, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length * 2);
    for (byte each : encoded) {
      switch (each) {
        case '\\' -> escaped('\\');
        case '\t' -> escaped('t');
        case '\n' -> escaped('n');
        case '\r' -> escaped('r');
        case 0 ->
            throw refused(
                row, column, "the text holds a NUL character, which Postgres cannot store");
        default -> bytes[length++] = each;
      }
    }
  }

  private SluiceException refused(Row row, int column, String why) {
    List<String> key = target.primaryKey().isEmpty() ? columns : target.primaryKey();
    String where =
        key.stream()
            .map(name -> name + "=" + shown(row.get(columns.indexOf(name))))
            .collect(Collectors.joining(", "));
    return new SluiceException(
        Reason.WAREHOUSE_REFUSED,
        "A row of %s cannot be published: column %s of the row %s"
            .formatted(target.name(), columns.get(column), where),
        why,
        "Correct the value in its workbook and send it again; the old rows keep serving.");
  }

  private static String shown(Object value) {
    return value == null ? "(none)" : value.toString().replace("\0", "\\0");
  }

  private void escaped(char letter) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) letter;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void put(byte one) {
    reserve(1);
    bytes[length++] = one;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
