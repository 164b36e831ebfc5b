package io.sluice.silver;

import static org.apache.spark.sql.functions.col;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Definitions;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Ledger;
import io.sluice.lake.RunScope;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Whether a table's definition of now can be accepted while most of its rows stay. */
record Replay(RunScope scope, SilverLayout layout) {
  String definition() {
    return Definitions.silver(layout.table(), layout.source());
  }

  /**
   * @throws SluiceException DEFINITION_CHANGED where the table would have other columns, or bronze
   *     has not got what the contract asks for
   */
  void require(LakeTable target, Ledger ledger) {
    if (!shape(target.read().schema()).equals(shape(layout.schema()))) {
      throw rebuild(
          "a column came, went, or has another type, and rows that stay would not have it so");
    }
    String contract = Definitions.contract(layout.source());
    Dataset<Row> serving = ledger.serving(layout.source().name());
    for (Row read : serving.select("contract").distinct().collectAsList()) {
      if (!Definitions.sameRows(read.getString(0), contract)) {
        Row file = serving.where(col("contract").equalTo(read.getString(0))).first();
        throw rebuild(
            file.<String>getAs("uri")
                + " was read under a contract with other columns, headers, slices or cells above"
                + " the table, and bronze has only what that asked for");
      }
    }
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
        "The rejects of " + layout.table().name() + " cannot be replayed",
        why,
        "Run 'sluice rebuild %s %s' instead."
            .formatted(scope.pipeline().definedIn(), layout.table().name()));
  }
}
