package io.sluice.workbook;

import java.io.IOException;
import java.util.Arrays;

/**
 * The attributes of one tag. Their values stay bytes of the document, there until the scanner moves
 * on.
 */
final class XmlAttributes {
  private static final int MOST = 256;

  private static final boolean[] NAME_BYTES = new boolean[256];

  static {
    for (int b = ' ' + 1; b < NAME_BYTES.length; b++) {
      NAME_BYTES[b] = "=></\"'".indexOf(b) < 0;
    }
  }

  private final XmlBuffer in;
  private final XmlName.Table table;
  private XmlName element;
  private XmlName[] names = new XmlName[16];
  private int[] valueFrom = new int[16];
  private int[] valueTo = new int[16];
  private int count;

  XmlAttributes(XmlBuffer in, XmlName.Table table) {
    this.in = in;
    this.table = table;
  }

  /**
   * Place of an attribute without a prefix, or if there is none, with any; -1 if absent.
   *
   * @param local a literal: names are compared by identity
   */
  int find(String local) {
    int found = -1;
    for (int i = 0; i < count; i++) {
      if (names[i].local() == local) {
        if (!names[i].prefixed()) {
          return i;
        }
        found = i;
      }
    }
    return found;
  }

  /** The value of an attribute; null if absent. */
  String value(String local) throws IOException {
    int attribute = find(local);
    return attribute < 0 ? null : value(attribute);
  }

  String value(int attribute) throws IOException {
    String raw = XmlText.utf8(in.bytes, valueFrom[attribute], valueTo[attribute]);
    if (raw.indexOf('&') < 0) {
      return raw;
    }
    StringBuilder decoded = new StringBuilder(raw.length());
    int done = 0;
    for (int at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', done)) {
      int end = raw.indexOf(';', at);
      if (end < 0) {
        throw new IOException("a part has an ampersand that begins no entity");
      }
      decoded.append(raw, done, at);
      decoded.appendCodePoint(XmlReference.codePoint(raw.substring(at + 1, end)));
      done = end + 1;
    }
    return decoded.append(raw, done, raw.length()).toString();
  }

  /** A whole number without sign as most attributes hold it; -1 where it is anything else. */
  int digits(int attribute) {
    return XmlNumbers.digits(in.bytes, valueFrom[attribute], valueTo[attribute]);
  }

  /** The column in an attribute like {@code AB12}; -1 where it holds anything else. */
  int column(int attribute) {
    return XmlNumbers.column(in.bytes, valueFrom[attribute], valueTo[attribute]);
  }

  /** Whether an attribute's value is this one character. */
  boolean is(int attribute, char only) {
    return valueTo[attribute] - valueFrom[attribute] == 1 && in.bytes[valueFrom[attribute]] == only;
  }

  /** Begins the tag of an element. */
  void clear(XmlName of) {
    element = of;
    count = 0;
  }

  /**
   * Reads the attribute at a place of the buffer.
   *
   * @return the place behind it; -1 if the buffer ends before that
   */
  int read(int from) throws IOException {
    byte[] bytes = in.bytes;
    int limit = in.limit;
    int i = from;
    int hash = 0;
    while (i < limit && nameByte(bytes[i])) {
      hash = hash * 31 + bytes[i++];
    }
    int nameEnd = i;
    while (i < limit && blank(bytes[i])) {
      i++;
    }
    if (i < limit && (bytes[i] != '=' || nameEnd == from)) {
      throw malformed();
    }
    i++;
    while (i < limit && blank(bytes[i])) {
      i++;
    }
    if (i >= limit) {
      return -1;
    }
    byte quote = bytes[i++];
    if (quote != '"' && quote != '\'') {
      throw malformed();
    }
    int start = i;
    while (i < limit && bytes[i] != quote) {
      if (bytes[i] == '<') {
        throw malformed();
      }
      i++;
    }
    if (i >= limit) {
      return -1;
    }
    add(table.of(bytes, from, nameEnd, hash), start, i);
    return i + 1;
  }

  private void add(XmlName name, int from, int to) throws IOException {
    if (count == MOST) {
      throw new UnsafeContentException("an element has more than 256 attributes");
    }
    for (int i = 0; i < count; i++) {
      if (names[i] == name) {
        throw malformed();
      }
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      valueFrom = Arrays.copyOf(valueFrom, count * 2);
      valueTo = Arrays.copyOf(valueTo, count * 2);
    }
    names[count] = name;
    valueFrom[count] = from;
    valueTo[count++] = to;
  }

  IOException malformed() {
    return new IOException("the tag of an element " + element.local() + " is damaged");
  }

  static boolean nameByte(byte b) {
    return NAME_BYTES[b & 0xFF];
  }

  static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\t' || b == '\r';
  }
}
