package io.sluice;

import io.sluice.lake.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of the whole test run; it ends with the process. Plans are interpreted,
 * since compiling one takes longer than running it over a handful of rows; the proofs run compiled
 * ones.
 */
public final class SparkForTests {
  private SparkForTests() {}

  /** The session, which becomes that of the thread: what it is set to must hold on each. */
  public static SparkSession session() {
    SparkSession.setActiveSession(Holder.SESSION);
    return Holder.SESSION;
  }

  private static final class Holder {
    private static final boolean COMPILED = Boolean.getBoolean("sluice.test.compiled");
    private static final SparkSession SESSION =
        Sessions.local(
            "test",
            Map.of(
                "spark.master",
                "local[2]",
                "spark.hadoop.fs.file.impl",
                OpenedFiles.class.getName(),
                "spark.sql.parquet.compression.codec",
                "zstd",
                "spark.default.parallelism",
                "2",
                "spark.sql.shuffle.partitions",
                "2",
                "spark.sql.ui.explainMode",
                "simple",
                "spark.sql.codegen.wholeStage",
                String.valueOf(COMPILED),
                "spark.sql.codegen.factoryMode",
                COMPILED ? "FALLBACK" : "NO_CODEGEN"));
  }
}
