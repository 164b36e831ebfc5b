package io.sluice.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.sluice.config.Pipeline;
import io.sluice.lake.FileRecord;
import io.sluice.lake.HeldSlices;
import io.sluice.lake.Lake;
import io.sluice.lake.LakeTable;
import io.sluice.lake.Layer;
import io.sluice.lake.Ledger;
import java.util.ArrayList;
import java.util.List;

/** Where a pipeline stands. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public record PipelineStatus(
    String pipeline,
    String lake,
    List<Table> tables,
    List<FileLine> refused,
    List<FileLine> retracted,
    List<RunReport.HeldLine> held,
    List<RunLog.Entry> runs,
    List<ContractLine> contracts) {

  /** A table of the lake. */
  public record Table(String layer, String table, long version, long rows) {}

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
        RejectList.refused(lake, new RejectFilter("", "", "", 0)).stream()
            .map(FileLine::of)
            .toList(),
        retracted(lake),
        held,
        runs,
        ContractLine.of(lake, pipeline));
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
