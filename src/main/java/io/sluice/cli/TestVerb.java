package io.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Pipeline;
import io.sluice.gold.ModelReport;
import io.sluice.gold.ModelTests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The tests of tables by SQL. */
@Command(
    name = "test",
    customSynopsis = "sluice test [PIPELINE.conf] [MODEL…] [options]",
    description = {
      "Tests the tables by SQL, without a run.",
      "",
      "Runs the cases that stand beside each SQL file (x.test.conf beside x.sql): the rows that a",
      "model makes of given rows must be the expected ones. Compares, for every model with a date,",
      "what it makes date by date, as runs do, with what it makes of everything: over the rows of",
      "the cases, and over the lake where there is one. Nothing is written, no warehouse is needed.",
      "",
      "Exits with 0 if all is as expected, with 5 if a case or a comparison failed, with 2 if the",
      "SQL or a file of cases has mistakes."
    },
    footer = {
      "",
      "Examples:",
      "  sluice test",
      "  sluice test conf/portfolio.conf portfolio_daily_nav --no-lake"
    })
final class TestVerb extends PipelineVerb {
  @Option(names = "--no-lake", description = "leave the lake alone; run the cases only")
  boolean noLake;

  @Override
  public Integer call() throws JsonProcessingException {
    Pipeline pipeline = load().pipeline();
    ModelReport report = ModelTests.run(SparkStart.session(pipeline), pipeline, others(), !noLake);
    if (json) {
      out().println(new ObjectMapper().writeValueAsString(report));
    } else {
      new ModelReportText(out()).print(report);
    }
    return report.exitCode().code();
  }
}
