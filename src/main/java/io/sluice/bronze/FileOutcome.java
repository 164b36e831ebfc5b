package io.sluice.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import java.util.List;

/**
 * What a task says of a file after its last row, carried as JSON in the last record of that file.
 *
 * @param reason code of the refusal; empty if the file was read
 * @param sheet names of the sheets that were read, or the sheet of the refusal
 * @param layout JSON object: sheet, header row, addresses and headers; of several sheets a list of
 *     them
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
    String layout) {
  private static final ObjectMapper JSON = new ObjectMapper();

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
        "");
  }

  boolean read() {
    return reason.isEmpty();
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values always has a JSON form", e);
    }
  }

  static FileOutcome parse(String json) {
    try {
      return JSON.readValue(json, FileOutcome.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the outcome of a file was written by this class", e);
    }
  }
}
