package io.sluice.bronze;

import static org.apache.spark.sql.functions.col;

import io.sluice.config.Pipeline;
import io.sluice.lake.Definitions;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The lake table {@code sweeps}: one row that says when everything in the landing was last listed,
 * and all that was found was taken.
 */
public final class Sweeps {
  private static final StructType SCHEMA =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("began_at", DataTypes.TimestampType)
          .add("files", DataTypes.LongType)
          .add("landing", DataTypes.StringType)
          .add("contracts", DataTypes.StringType);

  private final Lake lake;
  private final Pipeline pipeline;
  private final LakeTable table;

  public Sweeps(Lake lake, Pipeline pipeline) {
    this.lake = lake;
    this.pipeline = pipeline;
    this.table = lake.table(Layer.OPS, "sweeps");
  }

  /**
   * When the last sweep began; empty if there was none of this landing under these contracts, for a
   * file that was refused counts as new once its contract has changed.
   */
  public Optional<Instant> last() {
    if (!table.exists()) {
      return Optional.empty();
    }
    return table
        .read()
        .where(col("landing").equalTo(pipeline.landing()))
        .where(col("contracts").equalTo(contracts()))
        .orderBy(col("began_at").desc())
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.<Instant>getAs("began_at"))
        .findFirst();
  }

  /** When the next sweep is due; empty if that is now. */
  public Optional<Instant> due() {
    Duration every = pipeline.arrivals().sweepEvery();
    return last().map(began -> began.plus(every));
  }

  void record(String runId, Instant began, long files) {
    LakeState state =
        table.create(SCHEMA, List.of(), "When everything in the landing was last listed and taken");
    Row row = RowFactory.create(runId, began, files, pipeline.landing(), contracts());
    table.commit(
        state,
        LakeWrite.replaceAll(
            lake.spark().createDataFrame(List.of(row), SCHEMA).coalesce(1),
            LakeWrite.stamp(runId)));
  }

  private String contracts() {
    return pipeline.sources().values().stream()
        .map(source -> source.name() + " " + Definitions.contract(source))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
