package io.sluice.contract;

/**
 * What counts as blank: everything Unicode calls a space, no-break spaces and controls included.
 */
public final class Blank {
  private Blank() {}

  public static boolean is(String text) {
    return text == null || text.codePoints().allMatch(Blank::is);
  }

  /** Without leading and trailing blanks. */
  public static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && is(text.charAt(from))) {
      from++;
    }
    while (to > from && is(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Without leading and trailing blanks, every run of blanks one space. */
  public static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean pending = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (is(c)) {
        pending = collapsed.length() > 0;
      } else {
        if (pending) {
          collapsed.append(' ');
          pending = false;
        }
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }

  private static boolean is(int c) {
    return c <= ' ' || Character.isSpaceChar(c) || Character.isWhitespace(c) || c == '\uFEFF';
  }
}
