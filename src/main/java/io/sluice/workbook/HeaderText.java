package io.sluice.workbook;

import io.sluice.contract.Blank;
import io.sluice.contract.SimilarTexts;

/** How header and label texts are compared. */
final class HeaderText {
  private HeaderText() {}

  /** Case, runs of blanks, line breaks and no-break spaces do not count. */
  static String folded(String text) {
    return SimilarTexts.folded(text);
  }

  /** A label's closing colon does not count either. */
  static String label(String text) {
    String folded = folded(text);
    return folded.endsWith(":") ? Blank.trim(folded.substring(0, folded.length() - 1)) : folded;
  }
}
