package io.sluice.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import io.sluice.config.ColumnType;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Whether a table's definition of now can be accepted while most of its rows stay. */
record Replay(RunScope scope, SilverLayout layout) {
  String definition() {
    return Definitions.silver(layout.table(), layout.source(), scope.pipeline().zone());
  }

  /**
   * @throws SluiceException DEFINITION_CHANGED where the table would have other columns, or bronze
   *     has not got what the contract asks for
   */
  void require(LakeTable target, Ledger ledger) {
    if (!shape(target.read().schema()).equals(shape(expected(target.read().schema())))) {
      throw rebuild(
          "a column came, went, or has another type, and rows that stay would not have it so");
    }
    long dates =
        layout.source().contractColumns().stream()
            .filter(column -> layout.source().slice().contains(column.name()))
            .filter(column -> column.type().kind() == ColumnType.Kind.DATE)
            .count();
    if (dates > 1 && layout.table().partitionByDate().isPresent()) {
      throw rebuild("its slices have several dates, and rows may lie in partitions of another one");
    }
    Dataset<Row> serving = ledger.serving(layout.source().name());
    for (Row read : serving.select("contract").distinct().collectAsList()) {
      if (!Definitions.servesRows(read.getString(0), layout.source())) {
        Row file = serving.where(col("contract").equalTo(read.getString(0))).first();
        throw rebuild(
            file.<String>getAs("uri")
                + " was read under a contract with other columns, headers, slices or cells above"
                + " the table, and bronze has only what that asked for");
      }
    }
  }

  /** Slices that a file serves and whose business date is not before this one. */
  Set<String> slicesFrom(LocalDate from, Ledger ledger) {
    String dated =
        layout
            .dateColumn()
            .filter(layout.source().slice()::contains)
            .orElseThrow(
                () -> rebuild("its slices have no business date from which it could be accepted"));
    Column date = regexp_extract(col("slice"), "(^|/)" + dated + "=([0-9-]{10})(/|$)", 2);
    return ledger
        .winners(layout.source().name())
        .where(date.geq(from.toString()))
        .select("slice")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** The table's columns of now, of the added ones those that it has got. */
  private StructType expected(StructType there) {
    List<String> got = List.of(there.fieldNames());
    StructType expected = new StructType();
    for (var field : layout.schema().fields()) {
      if (!layout.added().contains(field.name()) || got.contains(field.name())) {
        expected = expected.add(field);
      }
    }
    return expected;
  }

  private static String shape(StructType schema) {
    StringBuilder shape = new StringBuilder();
    for (var field : schema.fields()) {
      shape.append(field.name()).append(' ').append(field.dataType().sql()).append('\n');
    }
    return shape.toString();
  }

  private SluiceException rebuild(String why) {
    return new SluiceException(
        Reason.DEFINITION_CHANGED,
        "The new definition of " + layout.table().name() + " cannot be accepted as it is",
        why,
        "Run 'sluice rebuild %s %s' instead."
            .formatted(scope.pipeline().definedIn(), layout.table().name()));
  }
}
