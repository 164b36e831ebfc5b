package io.sluice.cli;

import io.sluice.config.Pipeline;
import io.sluice.error.ExitCode;
import io.sluice.run.PipelineRun;
import io.sluice.run.Progress;
import io.sluice.run.RunOptions;
import io.sluice.run.RunReport;
import picocli.CommandLine.Option;

/** What the verbs that work on tables share. */
abstract class StageVerb extends PipelineVerb {
  @Option(
      names = "--group",
      paramLabel = "ID",
      defaultValue = "",
      description = "joins several runs into one: see 'sluice status --group'")
  String group;

  abstract RunOptions options();

  /** Whether the process answers what the run found, or only whether it could do its work. */
  boolean answersVerdict() {
    return false;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = load().pipeline();
    RunReport report = execute(pipeline, options());
    if (json) {
      out().println(report.toJson());
    } else {
      new ReportText(out()).print(report);
    }
    return answersVerdict() ? report.exitCode() : ExitCode.DONE.code();
  }

  RunReport execute(Pipeline pipeline, RunOptions options) {
    Progress progress =
        json || System.console() == null ? Progress.SILENT : line -> err().println("… " + line);
    progress.step("starting Spark");
    return new PipelineRun(SparkStart.session(pipeline), pipeline, progress).execute(options);
  }
}
