package io.sluice.run;

import io.sluice.bronze.IngestResult;
import io.sluice.config.Pipeline;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.gold.ModelResult;
import io.sluice.lake.FileRecord;
import io.sluice.lake.HeldSlices.Held;
import io.sluice.lake.RowFlow;
import io.sluice.quality.GateResult;
import io.sluice.silver.AdjustedColumn;
import io.sluice.silver.ConformResult;
import io.sluice.silver.VanishedResult;
import io.sluice.warehouse.PublishResult;
import io.sluice.warehouse.TableResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what the stages of a run did, holds them to the balance, and finds the verdict. */
final class ReportBuilder {
  private final Pipeline pipeline;
  private final String run;
  private final Instant began = Instant.now();
  private final List<FileLine> files = new ArrayList<>();
  private final Map<String, long[]> landed = new LinkedHashMap<>();
  private final Map<String, RowFlow> conformed = new LinkedHashMap<>();
  private final Map<String, long[]> modelled = new LinkedHashMap<>();
  private final Map<String, long[]> published = new LinkedHashMap<>();
  private final Map<String, GateLine> gates = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> rejects = new TreeMap<>();
  private final Map<String, Map<String, AdjustedColumn>> adjusted = new TreeMap<>();
  private final List<TableLine> tables = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private List<Held> held = List.of();
  private List<FileLine> waiting = List.of();
  private ExitCode verdict = ExitCode.DONE;
  private int batches;

  ReportBuilder(Pipeline pipeline, String run) {
    this.pipeline = pipeline;
    this.run = run;
  }

  void ingested(IngestResult result) {
    batches++;
    for (FileRecord file : result.files()) {
      files.add(FileLine.of(file));
      boolean waits = file.outcome() == FileRecord.Outcome.WAITING;
      if (waits || file.outcome() == FileRecord.Outcome.ACCEPTED) {
        long[] rows = landed.computeIfAbsent(file.source(), source -> new long[3]);
        rows[0] += file.sheetRows();
        rows[waits ? 2 : 1] += file.bronzeRows();
      }
    }
  }

  void conformed(ConformResult result) {
    if (!result.changed()) {
      return;
    }
    if (!result.flow().balances()) {
      throw unbalanced("bronze rows of " + result.table() + ": " + result.flow());
    }
    conformed.merge(result.table(), result.flow(), RowFlow::plus);
    tables.add(
        new TableLine(
            "silver",
            result.table(),
            result.version(),
            result.flow().silver(),
            result.slices()
                + (result.slices() == 1 ? " slice" : " slices")
                + (result.sameRows() == 0 ? "" : ", rows as before: " + result.sameRows())));
    result
        .rejectsByReason()
        .forEach(
            (reason, count) ->
                rejects
                    .computeIfAbsent(result.table(), table -> new TreeMap<>())
                    .merge(reason, count, Long::sum));
    result
        .adjusted()
        .forEach(
            column ->
                adjusted
                    .computeIfAbsent(result.table(), table -> new TreeMap<>())
                    .merge(column.column(), column, AdjustedColumn::plus));
    result.gates().forEach(this::gated);
  }

  void vanished(VanishedResult result) {
    tables.add(
        new TableLine(
            "silver",
            result.table(),
            result.version(),
            result.rows(),
            TableLine.dates(result.changes())));
  }

  void modelled(ModelResult result) {
    if (!result.changed()) {
      return;
    }
    long[] rows = modelled.computeIfAbsent(result.table(), table -> new long[3]);
    rows[0] += result.sourceRows();
    rows[1] += result.rows();
    rows[2] += result.heldRows();
    tables.add(
        new TableLine(
            "gold",
            result.table(),
            result.version(),
            result.rows(),
            TableLine.dates(result.changes())));
    result.gates().forEach(this::gated);
  }

  void published(PublishResult result) {
    if (!result.anew().isEmpty()) {
      note("the lake began anew: compared whole: " + String.join(", ", result.anew()));
    }
    for (TableResult table : result.tables()) {
      if (table.skipped()) {
        continue;
      }
      long[] rows = published.computeIfAbsent(table.table(), name -> new long[2]);
      rows[0] += table.staged();
      rows[1] += table.rowsInScope();
      tables.add(
          new TableLine(
              "warehouse",
              table.table(),
              table.version(),
              table.inserted() + table.updated() + table.deleted(),
              "%d inserted, %d updated, %d deleted, %d unchanged"
                  .formatted(
                      table.inserted(), table.updated(), table.deleted(), table.unchanged())));
    }
  }

  /** Later batches gate the same rules again: the worst answer of the run stands. */
  private void gated(GateResult gate) {
    gate.rules()
        .forEach(
            rule -> {
              GateLine line = GateLine.of(gate.table(), rule);
              gates.merge(
                  line.table() + "/" + line.rule(),
                  line,
                  (before, now) -> before.passed() ? now : before);
            });
  }

  void held(List<Held> now) {
    this.held = List.copyOf(now);
  }

  void waiting(List<FileRecord> now) {
    this.waiting = now.stream().map(FileLine::of).toList();
  }

  void note(String note) {
    notes.add(note);
  }

  void answer(ExitCode code) {
    verdict = verdict.worse(code);
  }

  void took(String stage, long nanos) {
    seconds.merge(stage, nanos / 1e9, Double::sum);
  }

  RunReport build(String verb, String group) {
    List<BalanceLine> balance = balance();
    balance.stream()
        .filter(line -> !line.balances())
        .findFirst()
        .ifPresent(
            line -> {
              throw unbalanced(line.stage() + ", " + line.table() + ": " + line);
            });
    judge();
    return new RunReport(
        run,
        group,
        pipeline.name(),
        verb,
        began.toString(),
        Duration.between(began, Instant.now()).toMillis() / 1000.0,
        verdict.name(),
        verdict.code(),
        tables.isEmpty() && files.isEmpty(),
        batches,
        files,
        balance,
        List.copyOf(gates.values()),
        rejects,
        adjustedLines(),
        held.stream()
            .map(
                each ->
                    new RunReport.HeldLine(
                        each.table(),
                        each.slice(),
                        each.reason(),
                        each.rule(),
                        each.message(),
                        each.since().toString()))
            .toList(),
        waiting,
        tables,
        notes,
        seconds);
  }

  private List<AdjustedLine> adjustedLines() {
    List<AdjustedLine> lines = new ArrayList<>();
    adjusted.forEach(
        (table, columns) ->
            columns.values().forEach(column -> lines.add(AdjustedLine.of(table, column))));
    return lines;
  }

  private void judge() {
    pipeline
        .sources()
        .forEach(
            (name, source) -> {
              long refused =
                  files.stream()
                      .filter(file -> file.source().equals(name))
                      .filter(file -> file.outcome().equals("REFUSED"))
                      .count();
              if (refused > source.limits().refusedFiles()) {
                answer(ExitCode.CONTRACT_BROKEN);
              }
            });
    held.forEach(each -> answer(Reason.valueOf(each.reason()).exitCode()));
    waiting.forEach(each -> answer(Reason.valueOf(each.reason()).exitCode()));
  }

  private List<BalanceLine> balance() {
    List<BalanceLine> lines = new ArrayList<>();
    landed.forEach(
        (source, rows) -> {
          Map<String, Long> out = new LinkedHashMap<>();
          out.put("bronze", rows[1]);
          out.put("held", rows[2]);
          out.put("skipped", rows[0] - rows[1] - rows[2]);
          lines.add(new BalanceLine("sheets → bronze", source, rows[0], out));
        });
    conformed.forEach(
        (table, flow) -> {
          Map<String, Long> out = new LinkedHashMap<>();
          out.put("silver", flow.silver());
          out.put("rejected", flow.rejected());
          out.put("deduplicated", flow.deduplicated());
          out.put("superseded", flow.superseded());
          out.put("held", flow.held());
          out.put("retracted", flow.retracted());
          out.put("deleted", flow.deleted());
          lines.add(new BalanceLine("bronze → silver", table, flow.bronze(), out));
        });
    modelled.forEach(
        (table, rows) -> {
          Map<String, Long> out = new LinkedHashMap<>();
          out.put("gold", rows[1]);
          out.put("held", rows[2]);
          lines.add(new BalanceLine("silver → gold", table, rows[0], out));
        });
    published.forEach(
        (table, rows) ->
            lines.add(
                new BalanceLine("gold → warehouse", table, rows[0], Map.of("warehouse", rows[1]))));
    return lines;
  }

  private static SluiceException unbalanced(String what) {
    return new SluiceException(
        Reason.UNBALANCED,
        "The rows of this run do not add up",
        what,
        "This is a defect of Sluice; please report it with the run's id.");
  }
}
