package io.sluice.cli;

import io.sluice.bronze.Approval;
import io.sluice.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the verbs that take workbooks in let count though it came late. */
final class ApproveOption {
  @Option(
      names = "--approve",
      paramLabel = "FILE",
      description =
          "let a file count that waits because it came late: its path relative to landing.root, a"
              + " glob of such, or the first digits of its file id; can be repeated")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "who approves it, for the ledger; default ${DEFAULT-VALUE}")
  String by;

  RunOptions in(RunOptions options) {
    return files.isEmpty() ? options : options.approving(new Approval(files, by));
  }
}
