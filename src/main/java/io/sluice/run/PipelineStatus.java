package io.sluice.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.sluice.bronze.Sweeps;
import io.sluice.config.Pipeline;
import io.sluice.lake.FileRecord;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import io.sluice.lake.WaitingFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a pipeline stands. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record PipelineStatus(
    String pipeline,
    String lake,
    List<Table> tables,
    Landing landing,
    List<String> left,
    List<FileLine> refused,
    List<FileLine> retracted,
    List<FileLine> waiting,
    List<RunReport.HeldLine> held,
    List<RunLog.Entry> runs,
    List<ContractLine> contracts,
    List<DriftLine> drift) {

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
        new RunLog(lake).left(),
        RejectList.refused(lake, new RejectFilter("", "", "", 0)).stream()
            .map(FileLine::of)
            .toList(),
        retracted(lake),
        WaitingFiles.of(new Ledger(lake), pipeline.sources().keySet()).stream()
            .map(FileLine::of)
            .toList(),
        held,
        runs,
        ContractLine.of(lake, pipeline),
        DriftLine.of(lake));
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

  private static List<FileLine> retracted(Lake lake) {
    Ledger ledger = new Ledger(lake);
    if (ledger.state().isEmpty()) {
      return List.of();
    }
    return ledger.latest("RETRACTED").limit(1000).collectAsList().stream()
        .map(FileRecord::of)
        .map(FileLine::of)
        .toList();
  }
}
