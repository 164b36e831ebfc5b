package io.sluice.config;

/**
 * What becomes of a column that must not be kept as it is.
 *
 * @param key the secret under which its values are hashed; null where the column is dropped
 */
record Sensitive(Secret key) {
  static final Sensitive DROP = new Sensitive(null);

  boolean dropped() {
    return key == null;
  }
}
