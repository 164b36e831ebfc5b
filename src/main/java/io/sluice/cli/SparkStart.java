package io.sluice.cli;

import io.sluice.config.Pipeline;
import io.sluice.lake.Sessions;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session that a pipeline asks for. It is no method of a verb: the command line looks at
 * the methods of all verbs, and would load Spark for those that do without.
 */
final class SparkStart {
  private SparkStart() {}

  static SparkSession session(Pipeline pipeline) {
    Map<String, String> settings = new HashMap<>(pipeline.spark());
    settings.put("spark.sql.session.timeZone", pipeline.zone().getId());
    settings.put("spark.sql.parquet.compression.codec", pipeline.lake().compression());
    return Sessions.local("sluice " + pipeline.name(), settings);
  }
}
