package io.sluice.run;

import io.sluice.lake.DriftHistory;
import io.sluice.lake.Lake;
import java.util.List;

/**
 * Where workbooks were not as their contract says and were taken all the same, once for each header
 * or column.
 *
 * @param at when the first such file was recorded
 * @param kind unknown, missing, renamed or retyped
 * @param policy what let it pass: warn, keep-unknown or add-nullable
 * @param header the workbook's text; empty where a column is missing
 * @param column of the contract, or the one that silver got; empty where there is none
 * @param uri the first file
 */
public record DriftLine(
    String at,
    String source,
    String kind,
    String policy,
    String header,
    String column,
    String uri,
    String run) {

  static List<DriftLine> of(Lake lake) {
    return new DriftHistory(lake)
        .all().stream()
            .map(
                each ->
                    new DriftLine(
                        each.at().toString(),
                        each.source(),
                        each.kind(),
                        each.policy(),
                        each.header(),
                        each.column(),
                        each.uri(),
                        each.runId()))
            .toList();
  }
}
