package io.sluice.bronze;

import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of the files of one delivery for the sake of one another, once all were read. */
final class Verdicts {
  private static final String RESEND =
      "Send the file as the manifest says, or a manifest that says what was sent; then it is tried"
          + " again.";

  private final Delivery delivery;
  private final Map<String, FileOutcome> outcomes;

  /**
   * @param outcomes of its files, by path
   */
  Verdicts(Delivery delivery, Map<String, FileOutcome> outcomes) {
    this.delivery = delivery;
    this.outcomes = outcomes;
  }

  /**
   * @param read what was read of its files
   * @return the same files; if one of them does not count, none does
   */
  List<FileRecord> of(List<FileRecord> read) {
    List<FileRecord> matched = delivery.manifest() == null ? read : matched(read);
    Optional<FileRecord> refused =
        matched.stream()
            .filter(file -> file.outcome() != Outcome.ACCEPTED)
            .min(Comparator.comparing(FileRecord::uri));
    if (refused.isEmpty() || !delivery.together()) {
      return matched;
    }
    SluiceException incomplete = PartedFiles.incomplete(refused.get());
    return matched.stream()
        .map(file -> file.outcome() == Outcome.ACCEPTED ? file.refused(incomplete) : file)
        .toList();
  }

  private List<FileRecord> matched(List<FileRecord> read) {
    List<FileRecord> matched = new ArrayList<>();
    for (FileRecord file : read) {
      Optional<String> difference = difference(file);
      matched.add(
          difference.isPresent() ? file.refused(mismatch(file.uri(), difference.get())) : file);
    }
    if (matched.stream().anyMatch(file -> file.outcome() != Outcome.ACCEPTED)) {
      return matched;
    }
    return totals()
        .map(
            difference ->
                matched.stream()
                    .map(file -> file.refused(mismatch(file.uri(), difference)))
                    .toList())
        .orElse(matched);
  }

  private Optional<String> difference(FileRecord file) {
    Manifest.Entry entry = delivery.manifest().files().get(file.uri());
    String bytes = FileId.bytes(file.fileId());
    if (!entry.sha256().isEmpty() && !bytes.isEmpty() && !entry.sha256().equals(bytes)) {
      return Optional.of(
          "its SHA-256 is %s, and the manifest says %s".formatted(bytes, entry.sha256()));
    }
    long rows = outcomes.get(file.uri()).dataRows();
    return file.outcome() == Outcome.ACCEPTED && entry.rows() >= 0 && entry.rows() != rows
        ? Optional.of("it has %d rows, and the manifest says %d".formatted(rows, entry.rows()))
        : Optional.empty();
  }

  private Optional<String> totals() {
    for (Map.Entry<String, BigDecimal> total : delivery.manifest().totals().entrySet()) {
      BigDecimal sum =
          delivery.files().stream()
              .map(file -> outcomes.get(file.uri()))
              .map(outcome -> outcome.sums().getOrDefault(total.getKey(), BigDecimal.ZERO))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      if (sum.compareTo(total.getValue()) != 0) {
        return Optional.of(
            "%s sums to %s over the delivery, and the manifest says %s, which is %s more"
                .formatted(
                    total.getKey(),
                    plain(sum),
                    plain(total.getValue()),
                    plain(total.getValue().subtract(sum))));
      }
    }
    return Optional.empty();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private SluiceException mismatch(String uri, String difference) {
    return new SluiceException(
        Reason.MANIFEST_MISMATCH,
        "The delivery is not what its manifest " + delivery.manifest().uri() + " says",
        difference,
        RESEND,
        Place.file(uri));
  }
}
