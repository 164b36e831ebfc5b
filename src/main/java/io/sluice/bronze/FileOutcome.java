package io.sluice.bronze;

import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task says of a file after its last row.
 *
 * @param reason code of the refusal; empty if the file was read
 * @param sheet names of the sheets that were read, or the sheet of the refusal
 * @param layout JSON object: sheet, header row, addresses, headers, and drift that the contract
 *     lets pass; of several sheets a list of them
 * @param sums of the columns that were asked for
 */
record FileOutcome(
    String uri,
    String fileId,
    String reason,
    String problem,
    String why,
    String remedy,
    String sheet,
    String cell,
    String orderKey,
    long sheetRows,
    long dataRows,
    List<String> slices,
    List<String> notes,
    String layout,
    Map<String, BigDecimal> sums)
    implements Serializable {
  private static final String KNOWN = "known";

  FileOutcome {
    sums = new HashMap<>(sums);
  }

  static FileOutcome refused(String uri, String fileId, SluiceException refusal) {
    Place place = refusal.place().orElse(Place.file(uri));
    return new FileOutcome(
        uri,
        fileId,
        refusal.reason().name(),
        refusal.problem(),
        refusal.why(),
        refusal.remedy(),
        place.sheet(),
        place.cell(),
        "",
        0,
        0,
        List.of(),
        List.of(),
        "",
        Map.of());
  }

  /** Of a file whose bytes were read and are known, so that nothing else was looked at. */
  static FileOutcome known(String uri, String fileId) {
    return new FileOutcome(
        uri, fileId, "", "", "", "", "", "", "", 0, 0, List.of(), List.of(), KNOWN, Map.of());
  }

  boolean isKnown() {
    return layout.equals(KNOWN);
  }

  boolean read() {
    return reason.isEmpty();
  }
}
