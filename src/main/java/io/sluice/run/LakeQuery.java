package io.sluice.run;

import io.sluice.config.GoldTable;
import io.sluice.config.Pipeline;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Failures;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.silver.VanishedStage;
import io.sluice.warehouse.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs one query for a person over the tables of a lake. */
public final class LakeQuery {
  private final SparkSession spark;
  private final List<String> tables = new ArrayList<>();

  /** Over the tables of silver, gold and ops that exist, by their bare names. */
  public LakeQuery(SparkSession spark, Pipeline pipeline) {
    this.spark = spark.newSession();
    Lake lake = new Lake(this.spark, pipeline);
    pipeline.silver().keySet().forEach(name -> view(lake, Layer.SILVER, name));
    pipeline.silver().values().stream()
        .filter(table -> VanishedStage.concerns(pipeline, table))
        .forEach(table -> view(lake, Layer.SILVER, VanishedStage.name(table)));
    view(lake, Layer.SILVER, "rejects");
    pipeline.gold().keySet().forEach(name -> view(lake, Layer.GOLD, name));
    pipeline.gold().keySet().forEach(name -> view(lake, Layer.GOLD, GoldTable.changesOf(name)));
    view(lake, Layer.GOLD, "dim_conflicts");
    List.of("files", "held", "gate_results", "rejects_history", "runs", "sweeps")
        .forEach(name -> view(lake, Layer.OPS, name));
  }

  /**
   * @param limit how many rows are returned at most
   * @throws SluiceException USAGE if the statement is not a query over these tables
   */
  public Query.Result run(String sql, int limit) {
    String query = sql.strip().replaceFirst(";+$", "");
    Dataset<Row> found;
    List<Row> collected;
    try {
      // Spark runs a statement that writes as soon as it sees it; in parentheses there can only be
      // a query.
      found = spark.sql("SELECT * FROM (" + query + "\n)");
      collected = found.limit(limit + 1).collectAsList();
    } catch (Exception e) {
      if (comesFromStatement(e)) {
        throw usage(e);
      }
      throw e;
    }
    boolean more = collected.size() > limit;
    return new Query.Result(
        List.of(found.columns()),
        collected.subList(0, more ? limit : collected.size()).stream()
            .map(LakeQuery::texts)
            .toList(),
        more);
  }

  private void view(Lake lake, Layer layer, String name) {
    LakeTable table = lake.table(layer, name);
    if (table.exists()) {
      table.read().createOrReplaceTempView(name);
      tables.add(name);
    }
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      texts.add(row.isNullAt(i) ? null : String.valueOf(row.get(i)));
    }
    return Collections.unmodifiableList(texts);
  }

  // SQLSTATE classes: 22 data exception (a division by zero, a cast), 42 a broken statement.
  private static boolean comesFromStatement(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SparkThrowable spark && spark.getSqlState() != null) {
        return spark.getSqlState().startsWith("22") || spark.getSqlState().startsWith("42");
      }
    }
    return false;
  }

  private SluiceException usage(Exception e) {
    return new SluiceException(
        Reason.USAGE,
        "The statement was not run",
        Failures.summary(e),
        tables.isEmpty()
            ? "The lake has no tables yet: see 'sluice run'."
            : "Give one SELECT over the lake's tables: " + String.join(", ", tables) + ".",
        e);
  }
}
