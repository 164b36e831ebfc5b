package io.sluice.contract;

import io.sluice.config.Column;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The contract of a source's rows. Serializable and safe for concurrent use, so that one serves a
 * whole stage.
 */
public final class RowContract implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Column> columns;
  private final ZoneId zone;
  private transient volatile CellConverter[] converters;

  /**
   * @param columns in the order of the texts to come, see {@link
   *     io.sluice.config.Source#contractColumns()}
   * @param zone where timestamps without a zone of their own were written
   */
  public RowContract(List<Column> columns, ZoneId zone) {
    this.columns = new ArrayList<>(columns);
    this.zone = zone;
    this.converters = build();
  }

  /**
   * Converts every cell of a row; one bad cell does not hide the next.
   *
   * @param texts null or empty where the cell is blank or its column absent
   * @param kinds one code of {@link CellKind} a column
   * @throws IllegalArgumentException if the row has not as many cells as the contract has columns
   */
  public ConvertedRow convert(String[] texts, String kinds) {
    CellConverter[] ready = converters();
    if (texts.length != ready.length || kinds.length() != ready.length) {
      throw new IllegalArgumentException(
          "A row of %d texts and %d kinds does not fit a contract of %d columns"
              .formatted(texts.length, kinds.length(), ready.length));
    }
    Object[] values = new Object[ready.length];
    List<Violation> violations = new ArrayList<>(0);
    List<Adjustment> adjustments = new ArrayList<>(0);
    for (int i = 0; i < ready.length; i++) {
      Conversion conversion = ready[i].convert(texts[i], CellKind.of(kinds.charAt(i)));
      values[i] = conversion.value();
      conversion.violation().ifPresent(violations::add);
      conversion.adjustment().ifPresent(adjustments::add);
    }
    return new ConvertedRow(values, violations, adjustments);
  }

  private CellConverter[] converters() {
    // Formatters cannot be serialized: each executor builds its own.
    if (converters == null) {
      converters = build();
    }
    return converters;
  }

  private CellConverter[] build() {
    CellConverter[] built = new CellConverter[columns.size()];
    for (int i = 0; i < built.length; i++) {
      built[i] = new CellConverter(columns.get(i), i, zone);
    }
    return built;
  }
}
