package io.sluice.contract;

import java.util.Optional;

/** What became of one cell: a value, which may be null, or a violation. */
public final class Conversion {
  private final Object value;
  private final Violation violation;

  private Conversion(Object value, Violation violation) {
    this.value = value;
    this.violation = violation;
  }

  static Conversion to(Object value) {
    return new Conversion(value, null);
  }

  static Conversion broken(Violation violation) {
    return new Conversion(null, violation);
  }

  /** The typed value; null if the cell holds none, or is violated. */
  public Object value() {
    return value;
  }

  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }
}
