package io.sluice.config;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of workbook that arrives in the landing, and its contract.
 *
 * @param files glob relative to the landing root
 * @param layout where its table stands in a workbook
 * @param expectedBy null where nothing is expected
 * @param lateness null where nothing is too late
 * @param slice columns whose values name the part of the table that one workbook restates whole
 * @param password what opens its workbooks; null where they are not encrypted
 * @param reader who reads the cells
 * @param version what people call this state of the contract; empty where they do not
 * @param dropped texts by which columns, and cells above the table, go that are known and never
 *     read
 * @param droppedColumns those of them that are headers, by column
 * @param paths values that stand in the path of a file: of cells above the table, or columns of it
 * @param empty what a table without rows says
 * @param csv how its CSV files are written, where it has such
 * @param keepUnknown whether cells under headers that it does not name are declared to be kept
 * @param deliveries how its files belong together
 * @param delivers what a workbook tells by what it does not hold
 */
public record Source(
    String name,
    String description,
    String owner,
    String files,
    Layout layout,
    List<String> slice,
    Order order,
    ExpectedBy expectedBy,
    Lateness lateness,
    List<AboveCell> above,
    List<Column> columns,
    TableEnd end,
    Drift drift,
    Limits limits,
    Secret password,
    Reader reader,
    String version,
    List<String> dropped,
    List<List<String>> droppedColumns,
    List<PathValue> paths,
    Empty empty,
    Csv csv,
    boolean keepUnknown,
    Deliveries deliveries,
    Delivers delivers)
    implements Serializable {

  /** What reads the cells of a source's workbooks. */
  public enum Reader {
    SLUICE,
    /** Texts as the library spark-excel gives them: no kinds, no addresses. */
    SPARK_EXCEL
  }

  /** What a workbook tells by what it does not hold. */
  public enum Delivers {
    /** That the slices which it restates have no other rows. */
    SLICES,
    /** That all other members are gone by its business date, which is its slice. */
    SNAPSHOT,
    /** Nothing: each row restates its own key, and all others stay. */
    CHANGES
  }

  /** What a workbook with a header and no rows says. */
  public enum Empty {
    /** Nothing: it may be unfinished. */
    REFUSE,
    /** That its slice has no rows, which then must be known from above the table. */
    CLEAR
  }

  public Source {
    paths = List.copyOf(paths);
    slice = List.copyOf(slice);
    above = List.copyOf(above);
    columns = List.copyOf(columns);
    dropped = List.copyOf(dropped);
    droppedColumns = droppedColumns.stream().map(List::copyOf).toList();
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

  /** Whether bronze keeps the cells under headers that the contract does not name. */
  public boolean keepsUnknown() {
    return keepUnknown || addsColumns();
  }

  /** Whether silver gets a column for each header that the contract does not name. */
  public boolean addsColumns() {
    return drift.unknown() == Drift.Policy.ADD_NULLABLE;
  }

  /** Whether some of its values are hashed before anything is written. */
  public boolean hashed() {
    return contractColumns().stream().anyMatch(Column::hashed);
  }
}
