package io.sluice.config;

import com.typesafe.config.ConfigValue;

/**
 * What a key accepts.
 *
 * @param description completes "it must be …"
 * @param blank stands in for a value that could not be read, so that reading goes on to the next
 *     mistake
 * @param hidden whether a value must not be repeated in messages
 */
record Type<T>(String description, T blank, boolean hidden, Reading<T> reading) {

  /** From the written value to the one used. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ConfigValue value) throws BadValue;
  }

  /**
   * A value that its type does not accept; the message, if there is one, says more than the type's
   * description.
   */
  static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    BadValue(String detail) {
      super(detail, null, false, false);
    }
  }

  static <T> Type<T> of(String description, T blank, Reading<T> reading) {
    return new Type<>(description, blank, false, reading);
  }

  static <T> Type<T> hidden(String description, T blank, Reading<T> reading) {
    return new Type<>(description, blank, true, reading);
  }
}
