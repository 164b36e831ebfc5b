package io.sluice.workbook.marked;

import io.sluice.error.Reason;

/** What the owner of a workbook can do about a rejected cell or row. */
public final class Advice {
  private Advice() {}

  /** A sentence for somebody who knows the workbook, but not its contract. */
  public static String on(Reason reason) {
    return switch (reason) {
      case REQUIRED_MISSING -> "Fill in this cell.";
      case TYPE_MISMATCH -> "Write a value of the expected kind.";
      case ERROR_CELL -> "Repair the formula, or write the value itself.";
      case FORMULA_WITHOUT_VALUE ->
          "Open the workbook in Excel, let it calculate, and save it again.";
      case OUT_OF_RANGE -> "Write a value within the range.";
      case SCALE_EXCESS -> "Round the value to the digits allowed.";
      case PATTERN_MISMATCH -> "Write the value in the expected form.";
      case NOT_ALLOWED -> "Write one of the allowed values.";
      case TOO_LONG -> "Shorten the text.";
      case ROW_RULE -> "Correct the values of this row, so that they agree with each other.";
      case REFERENCE_MISSING ->
          "Correct the value; or leave it, if what it refers to is still to come.";
      case DUPLICATE_KEY -> "Keep one of the rows with this key, and remove or correct the others.";
      default -> "Correct it, or ask the data team.";
    };
  }
}
