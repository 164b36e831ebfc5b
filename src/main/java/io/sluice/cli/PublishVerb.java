package io.sluice.cli;

import io.sluice.run.RunOptions;
import io.sluice.run.RunOptions.Stage;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gold to warehouse. */
@Command(
    name = "publish",
    description = {
      "Publishes what changed in gold to the warehouse, all tables in one transaction.",
      "",
      "Exits 0 once it did all that was allowed."
    })
final class PublishVerb extends StageVerb {
  @Option(
      names = "--rebuild",
      description = "compare every published table whole, whatever was published before")
  boolean rebuild;

  @Override
  RunOptions options() {
    requireNoOthers();
    RunOptions options = RunOptions.of("publish", group, Set.of(Stage.PUBLISH));
    return rebuild ? options.republishing() : options;
  }
}
