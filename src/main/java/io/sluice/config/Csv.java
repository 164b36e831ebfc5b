package io.sluice.config;

import java.io.Serializable;

/**
 * How a source's CSV files are written.
 *
 * @param delimiter one character
 * @param charset name of a character set that this Java knows
 */
public record Csv(String delimiter, String charset) implements Serializable {
  public static final Csv USUAL = new Csv(",", "UTF-8");
}
