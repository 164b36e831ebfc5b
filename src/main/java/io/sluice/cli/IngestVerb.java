package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.Set;
import picocli.CommandLine.Command;

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
  @Override
  RunOptions options() {
    requireNoOthers();
    return RunOptions.of("ingest", group, Set.of(Stage.INGEST));
  }
}
