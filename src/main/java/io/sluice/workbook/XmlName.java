package io.sluice.workbook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A name in an XML document, without regard to its namespace: strict and transitional workbooks
 * differ in it, and prefixes are anybody's choice.
 */
final class XmlName {
  private final byte[] qualified;
  private final String local;
  private final boolean prefixed;

  private XmlName(byte[] qualified) {
    this.qualified = qualified;
    String text = new String(qualified, StandardCharsets.UTF_8);
    int colon = text.indexOf(':');
    this.prefixed = colon >= 0;
    this.local = text.substring(colon + 1).intern();
  }

  /** Without the prefix; interned, so that literals are compared by identity. */
  String local() {
    return local;
  }

  boolean prefixed() {
    return prefixed;
  }

  int length() {
    return qualified.length;
  }

  boolean is(byte[] bytes, int from, int to) {
    if (to - from != qualified.length) {
      return false;
    }
    for (int i = 0; i < qualified.length; i++) {
      if (bytes[from + i] != qualified[i]) {
        return false;
      }
    }
    return true;
  }

  /** The names of one document, each made once. */
  static final class Table {
    private static final int SIZE = 1024;

    // Names beyond what a workbook uses replace each other.
    private final XmlName[] names = new XmlName[SIZE];

    XmlName of(byte[] bytes, int from, int to, int hash) {
      int slot = (hash ^ (hash >>> 10)) & (SIZE - 1);
      XmlName known = names[slot];
      if (known == null || !known.is(bytes, from, to)) {
        known = new XmlName(Arrays.copyOfRange(bytes, from, to));
        names[slot] = known;
      }
      return known;
    }
  }
}
