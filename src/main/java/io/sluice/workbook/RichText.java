package io.sluice.workbook;

import java.io.IOException;

/** A string item or inline string (ECMA-376 part 1, 18.4.8). */
final class RichText {
  private RichText() {}

  /** Its text, the runs joined, phonetic guides left out. Moves to the element's end. */
  static String read(XmlScanner xml) throws IOException {
    String first = null;
    StringBuilder several = null;
    for (int depth = 1; depth > 0; ) {
      if (xml.next() != XmlScanner.Token.START) {
        depth--;
      } else if (xml.name().equals("t")) {
        String run = xml.text().string();
        if (first == null) {
          first = run;
        } else {
          several = several == null ? new StringBuilder(first) : several;
          several.append(run);
        }
      } else if (xml.name().equals("r")) {
        depth++;
      } else {
        xml.skip();
      }
    }
    if (first == null) {
      return "";
    }
    return Escapes.decoded(several == null ? first : several.toString());
  }
}
