package io.sluice.config;

/**
 * A configuration key, declared once: what is accepted, what holds where it is absent, and what is
 * documented all come from here.
 *
 * @param fallback the default in HOCON; empty unless DEFAULTED
 * @param documentation one sentence
 */
record Key<T>(String name, Type<T> type, Presence presence, String fallback, String documentation) {

  /** What holds where a key is absent. */
  enum Presence {
    /** A mistake. */
    REQUIRED,
    /** Nothing, or what the documentation says. */
    OPTIONAL,
    /** The default. */
    DEFAULTED
  }

  static <T> Key<T> required(String name, Type<T> type, String documentation) {
    return new Key<>(name, type, Presence.REQUIRED, "", documentation);
  }

  static <T> Key<T> optional(String name, Type<T> type, String documentation) {
    return new Key<>(name, type, Presence.OPTIONAL, "", documentation);
  }

  static <T> Key<T> defaulted(String name, Type<T> type, String fallback, String documentation) {
    return new Key<>(name, type, Presence.DEFAULTED, fallback, documentation);
  }
}
