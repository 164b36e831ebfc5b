package io.sluice.warehouse;

import java.util.List;

/**
 * What a publish did.
 *
 * @param tables in the order of the sources
 * @param changed whether readers see other rows than before
 * @param anew tables that are other ones in the lake than those published before, and were
 *     therefore compared whole
 */
public record PublishResult(List<TableResult> tables, boolean changed, List<String> anew) {
  public PublishResult {
    tables = List.copyOf(tables);
    anew = List.copyOf(anew);
  }

  /** Of a lake that has nothing to publish yet. */
  public static PublishResult nothing() {
    return new PublishResult(List.of(), false, List.of());
  }

  static PublishResult of(List<TableResult> tables, List<String> anew) {
    return new PublishResult(tables, tables.stream().anyMatch(TableResult::changed), anew);
  }
}
