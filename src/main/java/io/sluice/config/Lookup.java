package io.sluice.config;

import java.util.List;

/**
 * How a fact table refers to a dimension: each of its rows to one version of one member.
 *
 * @param role what the dimension is to the fact beside what it always is, e.g. {@code underlying};
 *     empty for itself
 * @param key columns of the fact's silver table, in the order of the dimension's business key;
 *     empty for those of the same names
 */
public record Lookup(String dimension, String role, List<String> key, Cardinality cardinality) {
  private static final String PREFIX = "dim_";

  /** How many facts of a business date may refer to one member. */
  public enum Cardinality {
    MANY_TO_ONE,
    ONE_TO_ONE
  }

  public Lookup {
    key = List.copyOf(key);
  }

  /** Under its own name, by columns of the names of its key. */
  public static Lookup of(String dimension) {
    return new Lookup(dimension, "", List.of(), Cardinality.MANY_TO_ONE);
  }

  /**
   * The fact's column for it: {@code security_key} for {@code dim_security}, {@code
   * underlying_security_key} in the role of an {@code underlying}.
   */
  public String keyName() {
    String stem = dimension.startsWith(PREFIX) ? dimension.substring(PREFIX.length()) : dimension;
    return (role.isEmpty() ? "" : role + "_") + stem + "_key";
  }

  /**
   * The columns of the fact's silver table that hold the dimension's business key, in its order.
   */
  public List<String> columns(List<String> businessKey) {
    return key.isEmpty() ? businessKey : key;
  }

  /** Its name where a person reads it: {@code dim_security as underlying}. */
  public String title() {
    return role.isEmpty() ? dimension : dimension + " as " + role;
  }
}
