package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Pipeline;
import io.sluice.error.ExitCode;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.Lake;
import io.sluice.run.RejectFilter;
import io.sluice.run.RejectList;
import io.sluice.run.RejectedWorkbooks;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is rejected now. */
@Command(
    name = "rejects",
    description = {
      "Lists what is rejected now: rows by table, reason and file, and refused files.",
      "",
      "With --file, --reason, --table or --limit the single rejects, each with sheet, cell and what is",
      "wrong. With --workbook it writes copies of the workbooks for their owners to mend: the cells in",
      "question are coloured and say why, and a last sheet lists them. See docs/rejects.md."
    },
    footer = {
      "",
      "Examples:",
      "  sluice rejects",
      "  sluice rejects --file holdings_00101_2024-01-08.xlsx",
      "  sluice rejects --file holdings_00101_2024-01-08.xlsx --workbook mend.xlsx",
      "  sluice rejects --workbook to-owners/"
    })
final class RejectsVerb extends PipelineVerb {
  private static final int USUAL_LIMIT = 100;

  @Option(
      names = "--file",
      paramLabel = "F",
      defaultValue = "",
      description = "only of this workbook: its path in the landing, or the end of it")
  String file;

  @Option(
      names = "--reason",
      paramLabel = "R",
      defaultValue = "",
      description = "only for this reason, e.g. TYPE_MISMATCH")
  String reason;

  @Option(
      names = "--table",
      paramLabel = "T",
      defaultValue = "",
      description = "only of this silver table; of refused files, of this source")
  String table;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "list at most so many single rejects, " + USUAL_LIMIT + " if not given")
  Integer limit;

  @Option(
      names = "--workbook",
      paramLabel = "OUT",
      description = "write marked copies: one workbook to OUT.xlsx, several into a folder")
  Path workbook;

  @Option(names = "--force", description = "write over marked copies that are there")
  boolean force;

  @Override
  public Integer call() throws JsonProcessingException {
    requireNoOthers();
    Pipeline pipeline = load().pipeline();
    Lake lake = new Lake(SparkStart.session(pipeline), pipeline);
    RejectFilter filter = filter();
    if (workbook != null) {
      mark(new RejectedWorkbooks(lake, pipeline, filter), pipeline);
      return ExitCode.DONE.code();
    }
    RejectList list = RejectList.of(lake, pipeline, filter);
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(list));
    } else {
      new RejectsText(out()).print(list, filter.narrow());
    }
    return ExitCode.DONE.code();
  }

  private RejectFilter filter() {
    RejectFilter narrow = new RejectFilter(file, reason.toUpperCase(Locale.ROOT), table, 0);
    boolean single = json || limit != null || narrow.narrow();
    int most = limit == null ? USUAL_LIMIT : Math.max(0, limit);
    return new RejectFilter(narrow.file(), narrow.reason(), table, single ? most : 0);
  }

  private void mark(RejectedWorkbooks workbooks, Pipeline pipeline) throws JsonProcessingException {
    requireOutsideLanding(pipeline);
    List<String> files = workbooks.files();
    boolean single =
        workbook.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.xls[xm]?");
    if (single && files.size() > 1) {
      throw new SluiceException(
          Reason.USAGE,
          files.size() + " workbooks are concerned, which do not fit into one",
          "they are "
              + String.join(", ", files.subList(0, Math.min(files.size(), 5)))
              + (files.size() > 5 ? " and others" : ""),
          "Choose one with --file, or give --workbook a folder.");
    }
    List<RejectedWorkbooks.Result> results =
        files.isEmpty()
            ? List.of()
            : single
                ? List.of(workbooks.writeOne(workbook, force))
                : workbooks.writeAll(workbook, force);
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(results));
      return;
    }
    new RejectsText(out()).print(results);
  }

  /** The landing is only read; and a copy there would be taken for a correction at once. */
  private void requireOutsideLanding(Pipeline pipeline) {
    if (pipeline.landing().contains("://")) {
      return;
    }
    Path landing = Path.of(pipeline.landing()).toAbsolutePath().normalize();
    if (workbook.toAbsolutePath().normalize().startsWith(landing)) {
      throw new SluiceException(
          Reason.USAGE,
          "A marked copy cannot be written to " + workbook,
          "it lies in the landing, and the next run would read it as a correction",
          "Name a place outside of " + landing + ".");
    }
  }
}
