package io.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of workbook that arrives in the landing, and its contract.
 *
 * @param files glob relative to the landing root
 * @param sheet sheet name; empty for the first visible sheet
 * @param headerWithin the header is looked for in this many first rows
 * @param expectedBy null where nothing is expected
 * @param slice columns whose values name the part of the table that one workbook restates whole
 */
public record Source(
    String name,
    String description,
    String owner,
    String files,
    String sheet,
    int headerWithin,
    List<String> slice,
    Order order,
    ExpectedBy expectedBy,
    List<AboveCell> above,
    List<Column> columns,
    TableEnd end,
    Drift drift,
    Limits limits)
    implements Serializable {

  public Source {
    slice = List.copyOf(slice);
    above = List.copyOf(above);
    columns = List.copyOf(columns);
  }

  /**
   * All columns of the contract, the cells above the table first: the order of bronze and silver.
   */
  public List<Column> contractColumns() {
    List<Column> all = new ArrayList<>();
    above.forEach(cell -> all.add(cell.column()));
    all.addAll(columns);
    return List.copyOf(all);
  }
}
