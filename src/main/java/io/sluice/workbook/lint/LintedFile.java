package io.sluice.workbook.lint;

import io.sluice.error.ExitCode;
import io.sluice.error.Place;
import io.sluice.error.SluiceException;
import io.sluice.workbook.RowCounts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline would say of one file under one source.
 *
 * @param file as messages name it
 * @param refusal why the file would not be taken; null if it would
 * @param sheet the names of all sheets that were read; empty where the file is refused before one
 *     is chosen
 * @param headerRow of the first sheet; 0 where the file is refused
 * @param rows what became of the sheet's rows; null where the file is refused
 * @param rejectedRows number of rows with at least one bad cell
 * @param rejects bad cells in the sheet's order, as many as were asked for
 * @param rejectsByReason all bad cells, by reason code
 * @param notes what the contract lets pass, and what is hidden or merged
 */
public record LintedFile(
    String file,
    String source,
    Verdict verdict,
    Refusal refusal,
    String sheet,
    int headerRow,
    RowCounts rows,
    long rejectedRows,
    List<Reject> rejects,
    Map<String, Long> rejectsByReason,
    List<Slice> slices,
    List<String> notes) {

  /** What would become of the file. */
  public enum Verdict {
    CLEAN(ExitCode.DONE),
    /** Passed over without harm, as lock files are. */
    SKIPPED(ExitCode.DONE),
    /** Taken, but not all of its rows. */
    REJECTS(ExitCode.CONTRACT_BROKEN),
    REFUSED(ExitCode.CONTRACT_BROKEN);

    private final ExitCode exitCode;

    Verdict(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }

  /** Why a file is not taken, in the words of the ledger. */
  public record Refusal(
      String reason, String problem, String why, String remedy, String sheet, String cell) {
    static Refusal of(SluiceException refusal) {
      Place place = refusal.place().orElse(Place.file(""));
      return new Refusal(
          refusal.reason().name(),
          refusal.problem(),
          refusal.why(),
          refusal.remedy(),
          place.sheet(),
          place.cell());
    }
  }

  /** A bad cell, in the words of the table {@code rejects}. */
  public record Reject(
      String sheet,
      int sheetRow,
      String cell,
      String columnName,
      String reason,
      String rule,
      String raw,
      String message) {}

  /**
   * A slice that the file restates.
   *
   * @param name empty for rows whose slice cannot be told because the cells that name it do not fit
   * @param rejectedShare 0 to 1
   * @param held whether so many of its rows are rejected that it would be held
   * @param message why it would be held, else empty
   */
  public record Slice(
      String name,
      long rows,
      long rejected,
      BigDecimal rejectedShare,
      boolean held,
      String message) {}

  public LintedFile {
    rejects = List.copyOf(rejects);
    slices = List.copyOf(slices);
    notes = List.copyOf(notes);
  }
}
