package io.sluice.cli;

import io.sluice.workbook.lint.LintedFile;
import java.util.List;
import java.util.Map;

/**
 * What a check of workbooks found.
 *
 * @param notLinted files that no contract could be found for, or that are not there
 * @param notChecked by source, what only a run can tell
 */
record LintReport(
    String pipeline,
    List<LintedFile> files,
    List<Unusable> notLinted,
    Map<String, List<String>> notChecked,
    int exitCode) {

  /** An argument that could not be checked. */
  record Unusable(String file, String problem, String why, String remedy) {}
}
