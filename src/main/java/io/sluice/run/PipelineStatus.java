package io.sluice.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.sluice.bronze.Sweeps;
import io.sluice.config.Pipeline;
import io.sluice.lake.FileRecord;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Where a pipeline stands. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record PipelineStatus(
    String pipeline,
    String lake,
    List<Table> tables,
    Landing landing,
    List<FileLine> refused,
    List<FileLine> retracted,
    List<RunReport.HeldLine> held,
    List<RunLog.Entry> runs) {

  /** A table of the lake. */
  public record Table(String layer, String table, long version, long rows) {}

  /**
   * How the landing is looked at.
   *
   * @param swept when everything was listed last, empty if never
   * @param due when everything will be listed next, empty if by the next run
   * @param hotDays how old a dated folder must be, counted from the newest one, to wait for that
   */
  public record Landing(String swept, String due, int hotDays) {
    static Landing of(Lake lake, Pipeline pipeline) {
      Sweeps sweeps = new Sweeps(lake, pipeline);
      return new Landing(
          sweeps.last().map(Instant::toString).orElse(""),
          sweeps.due().filter(due -> due.isAfter(Instant.now())).map(Instant::toString).orElse(""),
          pipeline.arrivals().hotDays());
    }

    /** How long a file can stay unseen. */
    public String unseen() {
      if (swept.isEmpty()) {
        return "not listed whole yet, or not since a contract changed; the next run does";
      }
      return "listed whole at "
          + swept
          + "; a file in a known folder of a date more than "
          + hotDays
          + " days before the newest one "
          + (due.isEmpty()
              ? "is seen by the next run, which lists everything"
              : "can stay unseen until the first run after " + due + ", or with --sweep");
    }
  }

  public static PipelineStatus of(Lake lake, Pipeline pipeline, List<RunLog.Entry> runs) {
    List<Table> tables = new ArrayList<>();
    pipeline.sources().keySet().forEach(name -> add(tables, lake.table(Layer.BRONZE, name)));
    pipeline.silver().keySet().forEach(name -> add(tables, lake.table(Layer.SILVER, name)));
    add(tables, lake.table(Layer.SILVER, "rejects"));
    pipeline.gold().keySet().forEach(name -> add(tables, lake.table(Layer.GOLD, name)));
    List<RunReport.HeldLine> held =
        new HeldSlices(lake)
            .all().stream()
                .map(
                    each ->
                        new RunReport.HeldLine(
                            each.table(),
                            each.slice(),
                            each.reason(),
                            each.rule(),
                            each.message(),
                            each.since().toString()))
                .toList();
    return new PipelineStatus(
        pipeline.name(),
        pipeline.lake().root(),
        tables,
        Landing.of(lake, pipeline),
        last(lake, "REFUSED"),
        last(lake, "RETRACTED"),
        held,
        runs);
  }

  private static void add(List<Table> tables, LakeTable table) {
    table
        .state()
        .ifPresent(
            state ->
                tables.add(
                    new Table(
                        table.layer().folder(),
                        table.name(),
                        state.version(),
                        table.read().count())));
  }

  /** Files of whose last version this became. */
  private static List<FileLine> last(Lake lake, String outcome) {
    Ledger ledger = new Ledger(lake);
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    List<FileLine> files = new ArrayList<>();
    for (Row row :
        ledger
            .read()
            .withColumn(
                "_rank",
                row_number()
                    .over(
                        Window.partitionBy("source", "uri")
                            .orderBy(col("batch").desc(), col("modified_at").desc())))
            .where(col("_rank").equalTo(1).and(col("outcome").equalTo(outcome)))
            .drop("_rank")
            .orderBy("source", "uri")
            .limit(1000)
            .collectAsList()) {
      files.add(FileLine.of(FileRecord.of(row)));
    }
    return files;
  }
}
