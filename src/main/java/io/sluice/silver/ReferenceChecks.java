package io.sluice.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.config.Reference;
import io.sluice.config.SilverTable;
import io.sluice.error.Reason;
import io.sluice.lake.LakeState;
import io.sluice.lake.RunScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The references of a silver table, held against the tables that they refer to as these are now.
 * The commit that follows records their versions, so that a later run knows what it compared with.
 */
final class ReferenceChecks {
  private static final String THERE = "_there";

  private final SilverTable table;
  private final List<ReferredTable> referred;

  private ReferenceChecks(SilverTable table, List<ReferredTable> referred) {
    this.table = table;
    this.referred = referred;
  }

  static ReferenceChecks of(RunScope scope, SilverTable table) {
    List<ReferredTable> referred = new ArrayList<>();
    for (Reference reference : table.references()) {
      referred.add(ReferredTable.now(scope, reference));
    }
    return new ReferenceChecks(table, referred);
  }

  List<ReferredTable> referred() {
    return referred;
  }

  /** The version of each table that was referred to, by its Delta id. */
  Map<String, Long> progress() {
    Map<String, Long> progress = new LinkedHashMap<>();
    for (ReferredTable each : referred) {
      each.state().ifPresent(state -> progress.put(state.tableId(), state.version()));
    }
    return progress;
  }

  /** Whether any row of a table that is referred to may have changed since this state. */
  boolean changedSince(LakeState state) {
    return referred.stream().anyMatch(each -> each.changedSince(state));
  }

  /**
   * Those whose tables a state knows. A reference that is new in the definition has no earlier
   * version to compare with.
   */
  ReferenceChecks known(LakeState state) {
    return new ReferenceChecks(
        table, referred.stream().filter(each -> each.versionAt(state).isPresent()).toList());
  }

  /** Adds a violation for each value that is not in the table in which it must be. */
  Dataset<Row> of(Dataset<Row> converted) {
    Dataset<Row> rows = converted;
    for (ReferredTable each : referred) {
      rows = checked(rows, each);
    }
    return rows.drop(ConvertedRows.REFERRING);
  }

  private Dataset<Row> checked(Dataset<Row> rows, ReferredTable to) {
    List<String> columns = to.reference().columns();
    Column complete = lit(true);
    for (String column : columns) {
      complete = complete.and(col(column).isNotNull());
    }
    Column violations =
        when(
                complete.and(col(THERE).isNull()),
                concat(
                    col(ConvertedRows.VIOLATIONS),
                    array(
                        columns.stream()
                            .map(column -> violation(to.reference(), column))
                            .toArray(Column[]::new))))
            .otherwise(col(ConvertedRows.VIOLATIONS));
    return rows.join(to.keys().withColumn(THERE, lit(true)), to.matches(columns), "left")
        .withColumn(ConvertedRows.VIOLATIONS, violations)
        .drop(THERE)
        .drop(to.keyNames());
  }

  private Column violation(Reference reference, String column) {
    Column cell = col(ConvertedRows.REFERRING).getItem(columnsThatRefer(table).indexOf(column));
    String message =
        reference.columns().size() == 1
            ? "is not a %s of %s".formatted(reference.key().get(0), reference.in())
            : "is in no row of %s together with the row's %s"
                .formatted(
                    reference.in(),
                    String.join(
                        ", ",
                        reference.columns().stream()
                            .filter(other -> !other.equals(column))
                            .toList()));
    return struct(
        lit(column).as("column_name"),
        lit(Reason.REFERENCE_MISSING.name()).as("reason"),
        lit(reference.name()).as("rule"),
        cell.getField("raw").as("raw"),
        cell.getField("cell").as("cell"),
        concat(lit("'"), cell.getField("raw"), lit("' " + message)).as("message"));
  }

  /** Of these columns a reject says what their cells hold. */
  static List<String> columnsThatRefer(SilverTable table) {
    return table.references().stream()
        .flatMap(reference -> reference.columns().stream())
        .distinct()
        .toList();
  }
}
