package io.sluice.sample;

/** Text as XML content or attribute value. */
final class Xml {
  private Xml() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
