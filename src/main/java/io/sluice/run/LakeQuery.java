package io.sluice.run;

import io.sluice.config.Pipeline;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Failures;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.warehouse.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One query over a pipeline's tables in the lake, each under its own name. */
public final class LakeQuery {
  private final SparkSession spark;
  private final Pipeline pipeline;

  public LakeQuery(SparkSession spark, Pipeline pipeline) {
    this.spark = spark.newSession();
    this.pipeline = pipeline;
  }

  /**
   * Runs a query; silver, gold, {@code rejects} and the tables of ops are there if they exist.
   *
   * @param limit how many rows to return at most
   * @throws SluiceException USAGE if Spark cannot make sense of it
   */
  public Query.Result run(String sql, int limit) {
    Lake lake = new Lake(spark, pipeline);
    pipeline.silver().keySet().forEach(name -> view(lake.table(Layer.SILVER, name)));
    view(lake.table(Layer.SILVER, "rejects"));
    pipeline.gold().keySet().forEach(name -> view(lake.table(Layer.GOLD, name)));
    for (String name : List.of("files", "held", "gate_results", "runs")) {
      view(lake.table(Layer.OPS, name));
    }
    Dataset<Row> found = plan(sql);
    List<List<String>> rows = new ArrayList<>();
    for (Row row : found.limit(limit + 1).collectAsList()) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        texts.add(row.isNullAt(i) ? null : String.valueOf(row.get(i)));
      }
      rows.add(texts);
    }
    boolean more = rows.size() > limit;
    return new Query.Result(List.of(found.columns()), more ? rows.subList(0, limit) : rows, more);
  }

  private Dataset<Row> plan(String sql) {
    try {
      // As a subquery it can only read: a command has no place there.
      return spark.sql("SELECT * FROM (\n" + sql.strip().replaceAll(";$", "") + "\n)");
    } catch (RuntimeException e) {
      throw wrong(e);
    } catch (Exception e) {
      // Scala does not declare what it throws.
      if (e instanceof AnalysisException) {
        throw wrong(e);
      }
      throw new IllegalStateException(e);
    }
  }

  private static SluiceException wrong(Exception e) {
    return new SluiceException(
        Reason.USAGE,
        "The query cannot be run over the lake",
        Failures.summary(e),
        "Name tables of silver, gold or ops, and only read: 'sluice status' lists them.",
        e);
  }

  private static void view(LakeTable table) {
    if (table.exists()) {
      table.read().createOrReplaceTempView(table.name());
    }
  }
}
