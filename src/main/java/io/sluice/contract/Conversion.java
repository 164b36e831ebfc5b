package io.sluice.contract;

import java.util.Optional;

/** What became of one cell: a value, which may be null, or a violation. */
public final class Conversion {
  private final Object value;
  private final Violation violation;
  private final Adjustment adjustment;

  private Conversion(Object value, Violation violation, Adjustment adjustment) {
    this.value = value;
    this.violation = violation;
    this.adjustment = adjustment;
  }

  static Conversion to(Object value) {
    return new Conversion(value, null, null);
  }

  static Conversion adjusted(Object value, Adjustment adjustment) {
    return new Conversion(value, null, adjustment);
  }

  static Conversion broken(Violation violation) {
    return new Conversion(null, violation, null);
  }

  /** The typed value; null if the cell holds none, or is violated. */
  public Object value() {
    return value;
  }

  public Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }

  /** Why the value is not quite what the cell says; empty where it is. */
  public Optional<Adjustment> adjustment() {
    return Optional.ofNullable(adjustment);
  }
}
