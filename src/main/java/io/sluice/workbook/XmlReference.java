package io.sluice.workbook;

import java.io.IOException;

/** The character that stands behind {@code &…;}: the five that XML knows, and numbers. */
final class XmlReference {
  /** As many characters as the longest has between {@code &} and {@code ;}, zeros included. */
  static final int LONGEST = 16;

  private XmlReference() {}

  /**
   * @param name without ampersand and semicolon
   */
  static int codePoint(String name) throws IOException {
    return switch (name) {
      case "amp" -> '&';
      case "lt" -> '<';
      case "gt" -> '>';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> numbered(name);
    };
  }

  private static int numbered(String name) throws IOException {
    try {
      if (name.startsWith("#")) {
        boolean hex = name.startsWith("#x");
        int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        boolean control = code < ' ' && code != '\t' && code != '\n' && code != '\r';
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (!control && !surrogate && Character.isValidCodePoint(code)) {
          return code;
        }
      }
    } catch (NumberFormatException notNumber) {
      throw unknown(name, notNumber);
    }
    throw unknown(name, null);
  }

  private static IOException unknown(String name, Exception cause) {
    return new IOException("a part refers to the entity '" + name + "', which is not XML's", cause);
  }
}
