package io.sluice.cli;

import io.sluice.run.RunOptions;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Everything that is new, all the way. */
@Command(
    name = "run",
    description = {
      "Carries what is new from the landing to the warehouse, and tries again what is held.",
      "",
      "Files that break their contract are refused and rows that do not fit are rejected, with file,",
      "sheet, cell and reason; everything else goes on. Without news nothing is changed."
    },
    footer = {
      "",
      "Examples:",
      "  sluice run",
      "  sluice run conf/etf-holdings.conf --set landing.root=/data/etf",
      "  sluice run --from 2024-01-15 --to 2024-01-16     answer 3 unless that day is complete",
      "  sluice run --approve holdings/2024-01-15/P001.xlsx   take a workbook that came late"
    })
final class RunVerb extends StageVerb {
  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "first business date for which every source must be there at the end")
  LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "the date after the last such date")
  LocalDate to;

  @Option(
      names = "--sweep",
      description = "list all of the landing, folders of old dates too; see landing.sweep-every")
  boolean sweep;

  @Option(
      names = "--accept-from",
      paramLabel = "DATE",
      description =
          "accept changed definitions of silver tables: make their slices anew from this business"
              + " date on, and leave older ones as they were made")
  LocalDate acceptFrom;

  @Mixin ApproveOption approve = new ApproveOption();

  @Override
  RunOptions options() {
    requireNoOthers();
    if ((from == null) != (to == null)) {
      throw new ParameterException(spec.commandLine(), "--from and --to go together");
    }
    RunOptions options = RunOptions.everything(group).expecting(from, to).accepting(acceptFrom);
    return approve.in(sweep ? options.sweeping() : options);
  }

  @Override
  boolean answersVerdict() {
    return true;
  }
}
