package io.sluice.warehouse;

import java.util.List;

/**
 * What lies between the warehouse and the declared shape.
 *
 * @param additive statements that {@code migrate} runs: nothing is lost by them
 * @param byHand what only a person may decide
 */
public record MigrationPlan(List<String> additive, List<ByHand> byHand) {
  /**
   * A statement for a person.
   *
   * @param why what was found
   * @param blocking whether nothing can be published before it is done
   */
  public record ByHand(String statement, String why, boolean blocking) {}

  public MigrationPlan {
    additive = List.copyOf(additive);
    byHand = List.copyOf(byHand);
  }

  public boolean isEmpty() {
    return additive.isEmpty() && byHand.isEmpty();
  }

  List<ByHand> blocking() {
    return byHand.stream().filter(ByHand::blocking).toList();
  }
}
