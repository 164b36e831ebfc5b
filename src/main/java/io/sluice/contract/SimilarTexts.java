package io.sluice.contract;

import java.util.Locale;

/** How header texts are compared, and when two are near enough to mean the same column. */
public final class SimilarTexts {
  private SimilarTexts() {}

  /**
   * Whether one may be the other renamed: one holds the other, abbreviates it, or differs in a few
   * letters.
   */
  public static boolean similar(String one, String other) {
    return near(letters(one), letters(other))
        || near(letters(withoutRemark(one)), letters(withoutRemark(other)));
  }

  private static boolean near(String a, String b) {
    String shorter = a.length() <= b.length() ? a : b;
    String longer = a.length() <= b.length() ? b : a;
    if (shorter.length() < 2) {
      return false;
    }
    return shorter.equals(longer)
        || (shorter.length() >= 3 && (longer.contains(shorter) || abbreviates(shorter, longer)))
        || distance(shorter, longer) <= longer.length() / 4;
  }

  /** A unit or currency often follows in parentheses. */
  private static String withoutRemark(String text) {
    return text.replaceAll("\\([^)]*\\)", "");
  }

  private static String letters(String text) {
    return folded(text).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static boolean abbreviates(String shorter, String longer) {
    if (shorter.charAt(0) != longer.charAt(0) || shorter.length() * 3 < longer.length()) {
      return false;
    }
    int matched = 0;
    for (int i = 0; i < longer.length() && matched < shorter.length(); i++) {
      if (longer.charAt(i) == shorter.charAt(matched)) {
        matched++;
      }
    }
    return matched == shorter.length();
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  /** Case, runs of blanks, line breaks and no-break spaces do not count. */
  public static String folded(String text) {
    return Blank.collapse(text).toLowerCase(Locale.ROOT);
  }
}
