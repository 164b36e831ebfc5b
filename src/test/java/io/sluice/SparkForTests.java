package io.sluice;

import io.sluice.lake.Sessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the whole test run; it ends with the process. */
public final class SparkForTests {
  private SparkForTests() {}

  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    private static final SparkSession SESSION =
        Sessions.local(
            "test",
            Map.of(
                "spark.master", "local[2]",
                "spark.default.parallelism", "2",
                "spark.sql.shuffle.partitions", "2"));
  }
}
