package io.sluice.warehouse;

import java.util.List;

/**
 * What a publish did.
 *
 * @param tables in the order of the sources
 * @param changed whether readers see other rows than before
 */
public record PublishResult(List<TableResult> tables, boolean changed) {
  public PublishResult {
    tables = List.copyOf(tables);
  }

  static PublishResult of(List<TableResult> tables) {
    return new PublishResult(tables, tables.stream().anyMatch(TableResult::changed));
  }
}
