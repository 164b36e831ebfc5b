package io.sluice.sample;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A bank that sends holdings, and its habits. */
enum Custodian {
  /** Sends real dates, and leaves a blank row after every few. */
  HARBOR("First Harbor Bank", "As of", true),
  MERIDIAN("Meridian Custody Services", "As of:", false),
  /** Sends the formulas with the values. */
  LAKE("Union Lake Trust Company", "As of", false);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy", Locale.ENGLISH);

  private final String bank;
  private final String label;
  private final boolean sendsDates;

  Custodian(String bank, String label, boolean sendsDates) {
    this.bank = bank;
    this.label = label;
    this.sendsDates = sendsDates;
  }

  String bank() {
    return bank;
  }

  String label() {
    return label;
  }

  Cell asOf(LocalDate date) {
    return sendsDates ? new Cell.Date(date) : Cell.text(DAY.format(date));
  }

  boolean leavesBlankRows() {
    return this == HARBOR;
  }

  boolean sendsFormulas() {
    return this == LAKE;
  }
}
