package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Landing to bronze. */
@Command(
    name = "ingest",
    description = {
      "Lands the new workbooks in bronze and writes the ledger.",
      "",
      "Exits 0 once it did all that was allowed; what was refused or held is in the report, and 'run'",
      "and 'status --group ID --verdict' answer for it."
    })
final class IngestVerb extends StageVerb {
  @Option(
      names = "--sweep",
      description = "list all of the landing, folders of old dates too; see landing.sweep-every")
  boolean sweep;

  @Mixin ApproveOption approve = new ApproveOption();

  @Override
  RunOptions options() {
    requireNoOthers();
    RunOptions options = RunOptions.of("ingest", group, Set.of(Stage.INGEST));
    return approve.in(sweep ? options.sweeping() : options);
  }
}
