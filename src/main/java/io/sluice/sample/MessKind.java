package io.sluice.sample;

import io.sluice.error.Reason;
import java.util.List;

/**
 * What real desks get wrong in a workbook, or merely do differently, and how Sluice is to answer.
 */
public enum MessKind {
  TITLE_ROWS(Outcome.ACCEPTED, "the table is found by its headers, the as-of date by its label"),
  TOTALS_ROW(Outcome.ACCEPTED, "the totals row ends the table; it and the lines below are no data"),
  BLANK_ROWS(Outcome.ACCEPTED, "blank rows are skipped, the table goes on below them"),
  DECLARED_ALIAS(Outcome.ACCEPTED, "the contract declares these headers as other names"),
  UNDECLARED_HEADER(
      Outcome.FILE_REFUSED,
      "the file is refused and its slice stays missing: nothing is guessed",
      Reason.COLUMN_RENAMED,
      Reason.COLUMN_MISSING),
  SHUFFLED_COLUMNS(
      Outcome.ACCEPTED, "columns bind by header; unknown ones are noted and left behind"),
  NUMBERS_AS_TEXT(Outcome.ACCEPTED, "the text is read as the exact decimal that it spells"),
  FLOATING_POINT_NOISE(
      Outcome.ACCEPTED, "the shortest decimal of the stored double is rounded as declared"),
  ERROR_CELL(Outcome.ROWS_REJECTED, "the row is rejected, the others go on", Reason.ERROR_CELL),
  DASH_FOR_NONE(
      Outcome.ROWS_REJECTED,
      "the dash means none where a value is required: the row is rejected",
      Reason.REQUIRED_MISSING),
  LEADING_ZEROS(Outcome.ACCEPTED, "ids are text and keep their zeros"),
  E_BEARING_CODE(Outcome.ACCEPTED, "ids are text and never read as a power of ten"),
  DUPLICATE_ROWS(Outcome.ROWS_DEDUPLICATED, "a row that repeats another exactly counts once"),
  CORRECTED_RESEND(
      Outcome.SLICE_SUPERSEDED, "the newer workbook replaces the day's slice as a whole"),
  RESENT_UNDER_ANOTHER_DATE(
      Outcome.FILE_SKIPPED,
      "the same bytes have been read before: skipped, whatever the name says",
      Reason.DUPLICATE_CONTENT),
  LATE_DAY(Outcome.ACCEPTED, "the day is filled in when its workbook arrives"),
  HEADER_ONLY(
      Outcome.FILE_REFUSED, "a workbook without rows is refused, not taken as zero", Reason.EMPTY),
  TRUNCATED(
      Outcome.FILE_REFUSED,
      "an incomplete upload is refused and its slice stays missing",
      Reason.FILE_TRUNCATED),
  LOCK_FILE(
      Outcome.FILE_SKIPPED, "Excel's lock file is ignored: it is no workbook", Reason.LOCK_FILE),
  BROKEN_VALUE_RULE(
      Outcome.ROWS_REJECTED,
      "market value is not quantity times price: the row is rejected",
      Reason.ROW_RULE),
  SECURITY_RENAMED(Outcome.ACCEPTED, "the security has two versions in its dimension"),
  SECTOR_CHANGED(Outcome.ACCEPTED, "the security has two versions in its dimension"),
  MANAGER_CHANGED(Outcome.ACCEPTED, "the dimension takes the new manager over as it declares"),
  SECURITY_NOT_IN_MASTER(Outcome.ACCEPTED, "the holdings alone make the security known"),
  PORTFOLIO_NOT_IN_MASTER(Outcome.ACCEPTED, "an inferred member stands in for the portfolio");

  /** What becomes of the file, or of the rows in it, that the mess is in. */
  public enum Outcome {
    ACCEPTED,
    ROWS_REJECTED,
    ROWS_DEDUPLICATED,
    SLICE_SUPERSEDED,
    FILE_REFUSED,
    FILE_SKIPPED
  }

  private final Outcome outcome;
  private final String handling;
  private final List<Reason> reasons;

  MessKind(Outcome outcome, String handling, Reason... reasons) {
    this.outcome = outcome;
    this.handling = handling;
    this.reasons = List.of(reasons);
  }

  public Outcome outcome() {
    return outcome;
  }

  /** How Sluice is to answer, as half a sentence. */
  public String handling() {
    return handling;
  }

  /**
   * The reason codes, one of which is to stand in ledger or rejects; empty where nothing is
   * refused.
   */
  public List<Reason> reasons() {
    return reasons;
  }
}
