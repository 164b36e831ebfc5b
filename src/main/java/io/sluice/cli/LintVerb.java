package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Pipeline;
import io.sluice.config.Source;
import io.sluice.error.ExitCode;
import io.sluice.error.SluiceException;
import io.sluice.workbook.lint.LintedFile;
import io.sluice.workbook.lint.Linter;
import io.sluice.workbook.lint.NotChecked;
import io.sluice.workbook.lint.SourceChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A check before sending. */
@Command(
    name = "lint",
    description = {
      "Checks workbooks against the contract of their source, before they are sent.",
      "",
      "Says within a second or two what the pipeline would say of them, in the same words: what it",
      "would refuse, which cells it would reject. It starts no Spark, and changes nothing.",
      "",
      "Exits with 0 if all is well, with 4 if a file would be refused or has rejects."
    })
final class LintVerb extends ConfiguredVerb {
  private static final int SHOWN = 20;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "workbooks")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--pipeline",
      paramLabel = "PIPELINE",
      description = "pipeline file; conf/portfolio.conf if none is given")
  Path pipelineFile;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "source whose contract counts; found by the path of the file if none is given")
  String sourceName;

  @Override
  public Integer call() throws JsonProcessingException {
    Pipeline pipeline = load(pipelineFile).pipeline();
    List<LintedFile> linted = new ArrayList<>();
    List<LintReport.Unusable> unusable = new ArrayList<>();
    Map<String, List<String>> notChecked = new LinkedHashMap<>();
    ExitCode answer = ExitCode.DONE;
    for (Path file : files) {
      try {
        SourceChoice choice = choose(pipeline, file);
        for (Source source : choice.sources()) {
          LintedFile said =
              Linter.lint(
                  file, choice.path(), source, pipeline.zone(), json ? Integer.MAX_VALUE : SHOWN);
          linted.add(said);
          notChecked.computeIfAbsent(source.name(), name -> NotChecked.of(pipeline, source));
          answer = answer.worse(said.verdict().exitCode());
        }
      } catch (SluiceException usage) {
        answer = answer.worse(usage.exitCode());
        unusable.add(
            new LintReport.Unusable(file.toString(), usage.problem(), usage.why(), usage.remedy()));
        if (!json) {
          Problems.print(usage, err());
        }
      }
    }
    LintReport report =
        new LintReport(pipeline.name(), linted, unusable, notChecked, answer.code());
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(report));
    } else {
      new LintText(out()).print(report);
    }
    return answer.code();
  }

  private SourceChoice choose(Pipeline pipeline, Path file) {
    return sourceName == null
        ? SourceChoice.byGlob(pipeline, file)
        : SourceChoice.byName(pipeline, file, sourceName);
  }
}
