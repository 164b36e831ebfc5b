package io.sluice.config;

import java.io.Serializable;

/**
 * Between what a column's values must lie.
 *
 * @param min the least value allowed, written as its type; empty for none
 * @param max the greatest value allowed, written as its type; empty for none
 * @param minLength fewest characters of a text
 * @param maxLength most characters of a text
 */
public record Bounds(String min, String max, int minLength, int maxLength) implements Serializable {
  public static final Bounds NONE = new Bounds("", "", 0, Integer.MAX_VALUE);
}
