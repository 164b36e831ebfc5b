package io.sluice.config;

import java.util.List;

/**
 * A number of a fact table, and along what it may be summed.
 *
 * @param except what it must not be summed over: {@code date}, or names or roles of dimensions;
 *     empty unless {@link Additive#EXCEPT}
 */
public record Measure(String column, Additive additive, List<String> except) {
  /** What {@link #except} calls the business date. */
  public static final String DATE = "date";

  /** Along what a measure may be summed. */
  public enum Additive {
    /** Everything. */
    ALL,
    /** Everything but what is named: semi-additive. */
    EXCEPT,
    /** Nothing, e.g. a price. */
    NONE
  }

  public Measure {
    except = List.copyOf(except);
  }

  /** One that may be summed over everything. */
  public static Measure of(String column) {
    return new Measure(column, Additive.ALL, List.of());
  }

  /** Whether the sum over all rows of a day means something. */
  public boolean sumsWithinDay() {
    return additive != Additive.NONE && except.stream().allMatch(DATE::equals);
  }

  /** For people who are about to sum it; empty where they may. */
  public String advice() {
    return switch (additive) {
      case ALL -> "";
      case EXCEPT -> "Semi-additive: do not sum it over " + String.join(" or ", except);
      case NONE -> "Non-additive: do not sum it";
    };
  }
}
