package io.sluice.config;

import java.io.Serializable;

/**
 * Which sheets of a workbook hold a source's table. Hidden sheets are taken only by their name.
 *
 * @param argument the name for NAME, the regular expression for PATTERN, the position for INDEX
 *     (from 1, among the visible sheets), else empty
 */
public record SheetChoice(By by, String argument) implements Serializable {
  /** How sheets are chosen. */
  public enum By {
    FIRST_VISIBLE,
    NAME,
    PATTERN,
    INDEX,
    EVERY_VISIBLE
  }

  /**
   * @param name empty for the first visible sheet
   */
  public static SheetChoice named(String name) {
    return new SheetChoice(name.isBlank() ? By.FIRST_VISIBLE : By.NAME, name);
  }
}
