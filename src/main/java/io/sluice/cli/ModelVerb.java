package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.Set;
import picocli.CommandLine.Command;

/** Silver to gold. */
@Command(
    name = "model",
    description = {
      "Makes dimensions, facts and SQL tables anew where silver changed.",
      "",
      "Exits 0 once it did all that was allowed; what was refused or held is in the report, and 'run'",
      "and 'status --group ID --verdict' answer for it."
    })
final class ModelVerb extends StageVerb {
  @Override
  RunOptions options() {
    requireNoOthers();
    return RunOptions.of("model", group, Set.of(Stage.MODEL));
  }
}
