package io.sluice.contract;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The name of a slice: {@code column=value/column=value} in the declared order, dates in ISO form,
 * with {@code %}, {@code /} and {@code =} in values escaped as in a URL.
 */
public final class SliceText {
  private static final String FILE = "file=";

  private SliceText() {}

  /** The name of the slice with these values, none of them null. */
  public static String of(List<String> columns, List<?> values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        text.append('/');
      }
      text.append(columns.get(i)).append('=').append(escape(text(values.get(i))));
    }
    return text.toString();
  }

  /**
   * Stands for the rows of a file whose slice cannot be told because the cells that name it do not
   * fit. Such rows are rejected for as long as their file counts.
   */
  public static String unknown(String fileId) {
    return FILE + fileId;
  }

  /** The date that a slice is about; empty where {@code column} is not part of its name. */
  public static Optional<LocalDate> date(String slice, String column) {
    String prefix = column + "=";
    for (String part : slice.split("/")) {
      if (part.startsWith(prefix)) {
        return Optional.of(LocalDate.parse(part.substring(prefix.length())));
      }
    }
    return Optional.empty();
  }

  /** As Spark's cast writes it, which never uses an exponent. */
  private static String text(Object value) {
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  private static String escape(String value) {
    return value.replace("%", "%25").replace("/", "%2F").replace("=", "%3D");
  }
}
