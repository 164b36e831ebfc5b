package io.sluice.config;

import java.io.Serializable;
import java.util.List;

/**
 * How numbers are written in cells that hold text. Numbers that a cell stores as numbers are never
 * read by it.
 *
 * @param decimal what stands before the fraction
 * @param grouping what stands between thousands; {@link #NONE} where nothing does
 * @param percent whether the text is a percentage, and has the sign
 * @param trailingMinus whether a minus may stand at the end
 * @param symbols currency symbols and units that may stand before or after the digits
 */
public record NumberText(
    char decimal, char grouping, boolean percent, boolean trailingMinus, List<String> symbols)
    implements Serializable {
  public static final char NONE = 0;

  /** As in 1,234.56. */
  public static final NumberText USUAL = new NumberText('.', ',', false, false, List.of());

  public NumberText {
    symbols = List.copyOf(symbols);
  }
}
