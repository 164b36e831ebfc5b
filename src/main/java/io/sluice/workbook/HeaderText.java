package io.sluice.workbook;

import io.sluice.contract.Blank;
import java.util.Locale;

/** How header and label texts are compared, and when two are near enough to mean the same. */
final class HeaderText {
  private HeaderText() {}

  /** Case, runs of blanks, line breaks and no-break spaces do not count. */
  static String folded(String text) {
    return Blank.collapse(text).toLowerCase(Locale.ROOT);
  }

  /** A label's closing colon does not count either. */
  static String label(String text) {
    String folded = folded(text);
    return folded.endsWith(":") ? Blank.trim(folded.substring(0, folded.length() - 1)) : folded;
  }
}
