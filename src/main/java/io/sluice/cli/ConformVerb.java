package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.Set;
import picocli.CommandLine.Command;

/** Bronze to silver. */
@Command(
    name = "conform",
    description = {
      "Types, checks and deduplicates what bronze has new, slice by slice.",
      "",
      "Exits 0 once it did all that was allowed; what was refused or held is in the report, and 'run'",
      "and 'status --group ID --verdict' answer for it."
    })
final class ConformVerb extends StageVerb {
  @Override
  RunOptions options() {
    requireNoOthers();
    return RunOptions.of("conform", group, Set.of(Stage.CONFORM));
  }
}
