package io.sluice.cli;

import io.sluice.run.RunOptions;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Tables made anew. */
@Command(
    name = "rebuild",
    customSynopsis = "sluice rebuild [PIPELINE.conf] TABLE… [options]",
    description = {
      "Makes silver or gold tables anew, e.g. after their definition changed.",
      "",
      "The rows come from what the tables are made of; the difference is carried on to gold and the",
      "warehouse. New workbooks are left to the next run."
    },
    footer = {"", "Example:", "  sluice rebuild stg_portfolio_holdings portfolio_daily_nav"})
final class RebuildVerb extends StageVerb {
  @Override
  RunOptions options() {
    if (others().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name the tables to rebuild");
    }
    return RunOptions.rebuild(group, Set.copyOf(others()));
  }

  @Override
  boolean answersVerdict() {
    return true;
  }
}
