package io.sluice.run;

import io.sluice.lake.Definitions;
import io.sluice.lake.FileRecord;
import java.util.List;

/**
 * A file in a run's report.
 *
 * @param contractVersion what people call the contract that it was read under; empty where they do
 *     not
 */
public record FileLine(
    String source,
    String uri,
    String outcome,
    String reason,
    String place,
    String problem,
    String why,
    String remedy,
    long sheetRows,
    long bronzeRows,
    List<String> notes,
    String contractVersion) {
  static FileLine of(FileRecord file) {
    String place = file.sheet().isEmpty() ? "" : "sheet '" + file.sheet() + "'";
    if (!file.cell().isEmpty()) {
      place += (place.isEmpty() ? "" : ", ") + "cell " + file.cell();
    }
    return new FileLine(
        file.source(),
        file.uri(),
        file.outcome().name(),
        file.reason(),
        place,
        file.problem(),
        file.why(),
        file.remedy(),
        file.sheetRows(),
        file.bronzeRows(),
        file.notes(),
        Definitions.version(file.contract()));
  }
}
