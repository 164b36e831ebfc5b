package io.sluice.workbook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters that XML cannot hold stand in a workbook as {@code _xHHHH_} (ECMA-376 part 1,
 * 22.9.2.19, ST_Xstring).
 */
final class Escapes {
  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private Escapes() {}

  static String decoded(String text) {
    if (!text.contains("_x")) {
      return text;
    }
    Matcher escapes = ESCAPE.matcher(text);
    return escapes.replaceAll(
        match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
  }
}
