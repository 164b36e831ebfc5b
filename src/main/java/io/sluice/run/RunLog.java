package io.sluice.run;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.bronze.IngestStage;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeState;
import io.sluice.lake.LakeTable;
import io.sluice.lake.LakeWrite;
import io.sluice.lake.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The lake table {@code runs}: one row a run, with its report. */
public final class RunLog {
  private static final StructType SCHEMA =
      new StructType()
          .add("run_id", DataTypes.StringType)
          .add("group_id", DataTypes.StringType)
          .add("verb", DataTypes.StringType)
          .add("began_at", DataTypes.TimestampType)
          .add("seconds", DataTypes.DoubleType)
          .add("verdict", DataTypes.StringType)
          .add("exit_code", DataTypes.IntegerType)
          .add("files_accepted", DataTypes.LongType)
          .add("files_refused", DataTypes.LongType)
          .add("files_skipped", DataTypes.LongType)
          .add("report", DataTypes.StringType);

  private final LakeTable table;
  private final Lake lake;

  public RunLog(Lake lake) {
    this.lake = lake;
    this.table = lake.table(Layer.OPS, "runs");
  }

  /** One row of the table, without the report. */
  public record Entry(
      String run,
      String group,
      String verb,
      String began,
      double seconds,
      String verdict,
      int exitCode,
      long accepted,
      long refused,
      long skipped) {}

  void append(RunReport report) {
    LakeState state = table.create(SCHEMA, List.of(), "Every run, and what it did");
    Row row =
        RowFactory.create(
            report.run(),
            report.group(),
            report.verb(),
            Instant.parse(report.began()),
            report.seconds(),
            report.verdict(),
            report.exitCode(),
            report.count("ACCEPTED"),
            report.count("REFUSED"),
            report.count("SKIPPED"),
            report.toJson());
    table.commit(
        state,
        LakeWrite.append(
            lake.spark().createDataFrame(List.of(row), SCHEMA).coalesce(1),
            LakeWrite.stamp(report.run())));
  }

  /** The last runs, newest first. */
  public List<Entry> last(int count) {
    if (!table.exists()) {
      return List.of();
    }
    return table.read().orderBy(col("began_at").desc()).limit(count).collectAsList().stream()
        .map(RunLog::entry)
        .toList();
  }

  /** What the last run that looked at the landing found there and did not take, and why. */
  List<String> left() {
    if (!table.exists()) {
      return List.of();
    }
    List<String> left = new ArrayList<>();
    for (Row row :
        table
            .read()
            .where("verb in ('run', 'ingest')")
            .orderBy(col("began_at").desc())
            .limit(1)
            .collectAsList()) {
      try {
        new ObjectMapper()
            .readTree(row.<String>getAs("report"))
            .path("notes")
            .forEach(note -> left.add(note.asText()));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the report of a run is JSON", e);
      }
    }
    return left.stream().filter(note -> note.contains(IngestStage.LEFT)).toList();
  }

  /** The runs of a group, oldest first. */
  public List<Entry> group(String id) {
    if (!table.exists()) {
      return List.of();
    }
    return table
        .read()
        .where(col("group_id").equalTo(id))
        .orderBy("began_at")
        .collectAsList()
        .stream()
        .map(RunLog::entry)
        .toList();
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getAs("run_id"),
        row.getAs("group_id"),
        row.getAs("verb"),
        row.<Instant>getAs("began_at").toString(),
        row.<Double>getAs("seconds"),
        row.getAs("verdict"),
        row.<Integer>getAs("exit_code"),
        row.<Long>getAs("files_accepted"),
        row.<Long>getAs("files_refused"),
        row.<Long>getAs("files_skipped"));
  }
}
