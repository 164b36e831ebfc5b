package io.sluice.lake;

import io.sluice.SparkForTests;
import io.sluice.config.Pipeline;
import io.sluice.config.PipelineBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Lakes in a folder, and small tables in them. */
final class Lakes {
  /** Partitioned by day, as holdings are. */
  static final StructType DATED =
      StructType.fromDDL("id STRING, year STRING, month STRING, day STRING");

  static final List<String> PARTS = List.of("year", "month", "day");

  static final StructType PLAIN = StructType.fromDDL("id STRING");

  static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  static final LocalDate SECOND = LocalDate.of(2024, 1, 2);
  static final LocalDate THIRD = LocalDate.of(2024, 1, 3);

  private Lakes() {}

  static Lake in(Path root) {
    Pipeline pipeline = PipelineBuilder.pipeline("p").lake(root).build();
    return new Lake(SparkForTests.session(), pipeline);
  }

  static LakeTable table(Path root) {
    return in(root).table(Layer.SILVER, "t");
  }

  /** One row a day, its id is the prefix and the day of the month. */
  static Dataset<Row> rows(String prefix, LocalDate... dates) {
    List<Row> rows =
        Arrays.stream(dates)
            .map(
                date ->
                    RowFactory.create(
                        prefix + date.getDayOfMonth(),
                        "%04d".formatted(date.getYear()),
                        "%02d".formatted(date.getMonthValue()),
                        "%02d".formatted(date.getDayOfMonth())))
            .toList();
    return SparkForTests.session().createDataFrame(rows, DATED).coalesce(1);
  }

  static Dataset<Row> ids(String... ids) {
    List<Row> rows = Arrays.stream(ids).map(id -> RowFactory.create(id)).toList();
    return SparkForTests.session().createDataFrame(rows, PLAIN).coalesce(1);
  }

  static List<String> idsOf(LakeTable table) {
    return table.read().select("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  static Changes dates(LocalDate... dates) {
    return Changes.of(new TreeSet<>(List.of(dates)));
  }

  static Stamp stamp(Changes changes) {
    return new Stamp("r1", 0, "", Map.of(), changes);
  }

  static Path logFile(LakeTable table, long version) {
    return Path.of(table.path(), "_delta_log", "%020d.json".formatted(version));
  }

  /** A commit by somebody else that changes nothing, as some tools leave them. */
  static void commitOfSomebodyElse(LakeTable table, long version) {
    try {
      Files.writeString(
          logFile(table, version),
          "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"MANUAL UPDATE\","
              + "\"operationParameters\":{}}}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What log clean-up does: a checkpoint, then the log files before its version go. */
  static void cleanLog(LakeTable table) {
    var log = DeltaApi.log(table.spark(), table.path());
    var snapshot = DeltaApi.latest(log);
    log.checkpoint(snapshot, scala.Option.empty());
    for (long version = 0; version < snapshot.version(); version++) {
      try {
        Files.delete(logFile(table, version));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    org.apache.spark.sql.delta.DeltaLog.clearCache();
  }
}
