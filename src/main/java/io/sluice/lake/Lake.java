package io.sluice.lake;

import io.sluice.config.Pipeline;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;

/** The tables of one pipeline, at {@code <root>/<pipeline>/<layer>/<table>}. */
public final class Lake {
  private final SparkSession spark;
  private final Pipeline pipeline;
  private final LedgerLines ledgerLines;

  public Lake(SparkSession spark, Pipeline pipeline) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    this.ledgerLines = new LedgerLines(table(Layer.OPS, Ledger.NAME));
  }

  public SparkSession spark() {
    return spark;
  }

  /** The table of this name, which need not exist yet. */
  public LakeTable table(Layer layer, String name) {
    return new LakeTable(spark, layer, name, folder(layer) + "/" + name);
  }

  LedgerLines ledgerLines() {
    return ledgerLines;
  }

  /** Where the tables of a layer lie, without a closing slash. */
  public String folder(Layer layer) {
    String root = pipeline.lake().roots().getOrDefault(layer.folder(), pipeline.lake().root());
    String trimmed = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    return trimmed + "/" + pipeline.name() + "/" + layer.folder();
  }
}
