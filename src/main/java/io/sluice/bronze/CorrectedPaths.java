package io.sluice.bronze;

import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.workbook.FilePart;
import java.util.HashMap;
import java.util.Map;

/**
 * What files are versions of, where manifests may say that they correct others. A file that is sent
 * again stays a version of what it was one of, so that it takes its own place.
 */
final class CorrectedPaths {
  private final Source source;
  private final Map<String, String> known = new HashMap<>();

  /**
   * @param known path keys under which files count, by path
   */
  CorrectedPaths(Source source, Map<String, String> known) {
    this.source = source;
    known.forEach((uri, key) -> this.known.put(shared(uri), key));
  }

  /** The file under its path key; refused where its manifest has it correct another one by now. */
  FileRecord mark(FileRecord file, LandedFile landed) {
    String before = known.get(shared(file.uri()));
    if (landed.corrects().isEmpty()) {
      return before == null ? file : file.under(before);
    }
    String corrected = FilePart.of(source, landed.corrects()).delivery();
    return before == null || corrected.equals(before)
        ? file.under(corrected)
        : file.under(before).refused(another(file.uri(), before, corrected));
  }

  /** What the parts of a delivery have in common; any other file is its own. */
  private String shared(String uri) {
    FilePart part = FilePart.of(source, uri);
    return part.number().isEmpty() ? uri : part.delivery();
  }

  private static SluiceException another(String uri, String before, String corrected) {
    return new SluiceException(
        Reason.MANIFEST_INVALID,
        "The manifest has the file correct something else than before",
        "it was taken in the place of %s, and is to take that of %s".formatted(before, corrected),
        "Send it under another name, or with a manifest that says what the one before did.",
        Place.file(uri));
  }
}
