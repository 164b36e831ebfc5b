package io.sluice.bronze;

import io.sluice.config.Lateness;
import io.sluice.config.Source;
import io.sluice.contract.SliceText;
import io.sluice.error.Reason;
import io.sluice.lake.FileRecord;
import io.sluice.lake.FileRecord.Outcome;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the files of a source that were written too long after their oldest business date. That
 * follows from the file and the landing alone, so that it does not depend on when it is asked, or
 * on what came before.
 */
final class LateFiles {
  private final Lateness lateness;
  private final ZoneId zone;
  private final String definedIn;

  /**
   * @param definedIn the pipeline's file, for those who approve
   */
  LateFiles(Source source, ZoneId zone, String definedIn) {
    this.lateness = source.lateness();
    this.zone = zone;
    this.definedIn = quoted(definedIn);
  }

  /** The records, those of late files as waiting. */
  List<FileRecord> mark(List<FileRecord> read) {
    return lateness == null ? read : read.stream().map(this::mark).toList();
  }

  private FileRecord mark(FileRecord file) {
    Optional<LocalDate> date = oldestDate(file);
    if (file.outcome() != Outcome.ACCEPTED || date.isEmpty()) {
      return file;
    }
    LocalDate written = LocalDate.ofInstant(file.modifiedAt(), zone);
    long days = ChronoUnit.DAYS.between(date.get(), written);
    if (days <= lateness.days()) {
      return file;
    }
    String path = quoted(file.uri());
    return file.as(
        Outcome.WAITING,
        Reason.LATE.name(),
        "It came late, and waits until somebody approves it",
        "it was written on %s, %d days after its business date %s, and %s"
            .formatted(written, days, date.get(), allowed()),
        "If it is right, run 'sluice run %s --approve %s'; if not, 'sluice retract %s %s --why …'."
            .formatted(definedIn, path, definedIn, path),
        file.bronzeRows(),
        file.bronzeBatch());
  }

  private Optional<LocalDate> oldestDate(FileRecord file) {
    return file.slices().stream()
        .flatMap(slice -> SliceText.date(slice, lateness.dateColumn()).stream())
        .min(Comparator.naturalOrder());
  }

  private String allowed() {
    return switch (lateness.days()) {
      case 0 -> "none is allowed";
      case 1 -> "one is allowed";
      default -> lateness.days() + " are allowed";
    };
  }

  /** As a shell takes it for one word. */
  private static String quoted(String path) {
    return path.matches("[\\w./=@:+,-]+")
        ? path
        : "\"" + path.replaceAll("([\"$`\\\\])", "\\\\$1") + "\"";
  }
}
