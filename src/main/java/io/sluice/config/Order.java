package io.sluice.config;

import java.io.Serializable;

/**
 * What decides which of two files of a source is the newer one.
 *
 * @param by where the order stands
 * @param argument the regular expression for NAME_PATTERN (its first group is the version; a name
 *     without it has version 1), the name of the cell for ABOVE, else empty
 */
public record Order(By by, String argument) implements Serializable {
  /** Where the order of a file stands. */
  public enum By {
    MODIFIED_TIME,
    NAME_PATTERN,
    ABOVE,
    MANIFEST_SEQUENCE
  }
}
