package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Tables made anew. */
@Command(
    name = "rebuild",
    customSynopsis = "sluice rebuild [PIPELINE.conf] TABLE… [options]",
    description = {
      "Makes silver or gold tables anew, under their present definition.",
      "",
      "They are made whole from what they are made of, and the difference is carried on to gold and",
      "the warehouse. New workbooks are left to the next run."
    },
    footer = {"", "Example:", "  sluice rebuild stg_portfolio_holdings portfolio_daily_nav"})
final class RebuildVerb extends StageVerb {
  @Override
  RunOptions options() {
    if (others().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name the tables to rebuild");
    }
    return new RunOptions(
        "rebuild",
        group,
        EnumSet.of(Stage.CONFORM, Stage.MODEL, Stage.PUBLISH),
        Set.copyOf(others()),
        false,
        null,
        null);
  }

  @Override
  boolean answersVerdict() {
    return true;
  }
}
