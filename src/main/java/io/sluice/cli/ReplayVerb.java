package io.sluice.cli;

import io.sluice.config.Pipeline;
import io.sluice.run.RunOptions;
import io.sluice.run.RunReport;
import java.util.Set;
import picocli.CommandLine.Command;

/** Rejects tried again under a mended contract. */
@Command(
    name = "replay",
    customSynopsis = "sluice replay [PIPELINE.conf] [TABLE…] [options]",
    description = {
      "Tries rejected rows again, e.g. after their contract was mended; no file is needed.",
      "",
      "The new definition of the silver tables (of all, if none is named) is accepted from now on. The",
      "slices that have rejects or are held are made anew from bronze under it, and the difference is",
      "carried on to gold and the warehouse; all other rows stay as they were made. To make all of",
      "them anew see 'sluice rebuild'. New workbooks are left to the next run."
    },
    footer = {"", "Example:", "  sluice replay stg_portfolio_holdings"})
final class ReplayVerb extends StageVerb {
  @Override
  RunOptions options() {
    return RunOptions.replay(group, Set.copyOf(others()));
  }

  @Override
  RunReport execute(Pipeline pipeline, RunOptions options) {
    return super.execute(
        pipeline,
        options.replay().isEmpty()
            ? RunOptions.replay(group, pipeline.silver().keySet())
            : options);
  }

  @Override
  boolean answersVerdict() {
    return true;
  }
}
