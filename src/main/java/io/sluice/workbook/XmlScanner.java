package io.sluice.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pull parser for the XML of workbooks. It knows no document types, hence no entities and nothing
 * from outside of the file, and no namespaces; it checks that elements nest, and what it is asked
 * for. It works on bytes: most of a sheet is never made into characters.
 */
final class XmlScanner implements Closeable {
  /** What {@link #next} came upon; text is read by asking for it. */
  enum Token {
    START,
    END,
    DOCUMENT_END
  }

  private static final int DEEPEST = 256;
  private static final int MOST_ATTRIBUTES = 256;
  private static final byte[] COMMENT = bytes("--");
  private static final byte[] COMMENT_END = bytes("-->");
  private static final byte[] CDATA = bytes("[CDATA[");
  private static final byte[] CDATA_END = bytes("]]>");
  private static final byte[] INSTRUCTION_END = bytes("?>");

  private static final boolean[] NAME_BYTES = new boolean[256];

  static {
    for (int b = ' ' + 1; b < NAME_BYTES.length; b++) {
      NAME_BYTES[b] = "=></\"'".indexOf(b) < 0;
    }
  }

  private final XmlBuffer in;
  private final XmlName.Table table = new XmlName.Table();
  private final XmlText text = new XmlText();
  private XmlName[] open = new XmlName[16];
  private int depth;
  private boolean emptyElement;
  private XmlName name;

  private XmlName[] attributes = new XmlName[16];
  private int[] valueFrom = new int[16];
  private int[] valueTo = new int[16];
  private int attributeCount;

  XmlScanner(InputStream document) throws IOException {
    this.in = new XmlBuffer(document);
  }

  /** The next start or end of an element; what stands between is passed over. */
  Token next() throws IOException {
    if (emptyElement) {
      emptyElement = false;
      name = open[--depth];
      return Token.END;
    }
    while (true) {
      if (!toMarkup()) {
        if (depth > 0 || name == null) {
          throw new IOException("a part breaks off");
        }
        return Token.DOCUMENT_END;
      }
      byte first = in.bytes[in.position];
      if (first == '/') {
        in.position++;
        endTag();
        return Token.END;
      }
      if (first == '?') {
        in.skipPast(INSTRUCTION_END);
      } else if (first == '!') {
        in.position++;
        declaration();
      } else {
        startTag();
        return Token.START;
      }
    }
  }

  /** Name of the element that {@link #next} came upon, without its prefix. */
  String name() {
    return name.local();
  }

  /** Moves from an element's start to its end. */
  void skip() throws IOException {
    for (int outer = depth - 1; depth > outer; ) {
      next();
    }
  }

  /**
   * Place of an attribute without a prefix, or if there is none, with any; -1 if absent.
   *
   * @param local a literal: names are compared by identity
   */
  int attribute(String local) {
    int found = -1;
    for (int i = 0; i < attributeCount; i++) {
      if (attributes[i].local() == local) {
        if (!attributes[i].prefixed()) {
          return i;
        }
        found = i;
      }
    }
    return found;
  }

  /** The value of an attribute; null if absent. */
  String value(String local) throws IOException {
    int attribute = attribute(local);
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

  /**
   * The text of the element just begun, comments left out. Moves to the element's end; good until
   * the next call of anything here.
   */
  XmlText text() throws IOException {
    if (emptyElement) {
      next();
      text.clear();
      return text;
    }
    int length = 0;
    int or = 0;
    while (true) {
      int i = in.position + length;
      if (i == in.limit) {
        if (!in.fill(in.position)) {
          throw new IOException("a part breaks off within a text");
        }
        continue;
      }
      byte b = in.bytes[i];
      if (b == '<') {
        break;
      }
      if (b == '&' || b >= 0 && b < ' ' && b != '\n' && b != '\t') {
        return composed();
      }
      or |= b;
      length++;
    }
    int tag = 3 + open[depth - 1].length();
    while (in.limit - in.position < length + tag) {
      if (!in.fill(in.position)) {
        throw new IOException("a part breaks off within a text");
      }
    }
    int end = in.position + length;
    if (in.bytes[end + 1] != '/'
        || in.bytes[end + tag - 1] != '>'
        || !open[depth - 1].is(in.bytes, end + 2, end + tag - 1)) {
      return composed();
    }
    text.set(in.bytes, in.position, end, or >= 0);
    in.position = end + tag;
    name = open[--depth];
    return text;
  }

  /** Reads to the end of the part without looking at it. */
  void drain() throws IOException {
    in.drain();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private XmlText composed() throws IOException {
    text.clear();
    while (true) {
      if (!in.more()) {
        throw new IOException("a part breaks off within a text");
      }
      byte b = in.bytes[in.position++];
      if (b == '<') {
        if (textEnds()) {
          return text;
        }
      } else if (b == '&') {
        text.append(reference());
      } else {
        character(b);
      }
    }
  }

  private boolean textEnds() throws IOException {
    if (!in.more()) {
      throw new IOException("a part breaks off within a text");
    }
    byte b = in.bytes[in.position++];
    if (b == '/') {
      endTag();
      return true;
    }
    if (b == '?') {
      in.skipPast(INSTRUCTION_END);
    } else if (b != '!') {
      throw new IOException("a part has an element where text belongs");
    } else if (in.took(CDATA)) {
      while (!in.took(CDATA_END)) {
        if (!in.more()) {
          throw new IOException("a part breaks off within a text");
        }
        character(in.bytes[in.position++]);
      }
    } else {
      declaration();
    }
    return false;
  }

  private void character(byte b) throws IOException {
    if (b == '\r') {
      // XML 1.0, 2.11: a line ends with a line feed however it is stored.
      if (!in.more() || in.bytes[in.position] != '\n') {
        text.append((byte) '\n');
      }
    } else if (b >= 0 && b < ' ' && b != '\n' && b != '\t') {
      throw new IOException("a part holds a character that XML does not allow");
    } else {
      text.append(b);
    }
  }

  private int reference() throws IOException {
    StringBuilder reference = new StringBuilder();
    while (in.more() && reference.length() <= XmlReference.LONGEST) {
      byte b = in.bytes[in.position++];
      if (b == ';') {
        return XmlReference.codePoint(reference.toString());
      }
      reference.append((char) b);
    }
    throw new IOException("a part has an ampersand that begins no entity");
  }

  private boolean toMarkup() throws IOException {
    while (in.more()) {
      byte[] bytes = in.bytes;
      int limit = in.limit;
      int i = in.position;
      while (i < limit && bytes[i] != '<') {
        i++;
      }
      in.position = i;
      if (i < limit) {
        in.position++;
        return in.more();
      }
    }
    return false;
  }

  private void declaration() throws IOException {
    if (in.took(COMMENT)) {
      in.skipPast(COMMENT_END);
    } else if (in.took(CDATA)) {
      in.skipPast(CDATA_END);
    } else {
      throw new IOException("it declares a document type, which no workbook does");
    }
  }

  private void endTag() throws IOException {
    if (depth == 0) {
      throw new IOException("a part ends an element that did not begin");
    }
    XmlName expected = open[depth - 1];
    while (in.limit - in.position <= expected.length()) {
      if (!in.fill(in.position)) {
        throw new IOException("a part breaks off");
      }
    }
    int end = in.position + expected.length();
    if (!expected.is(in.bytes, in.position, end)) {
      throw new IOException("the element " + expected.local() + " does not end where it should");
    }
    in.position = end;
    while (in.more() && blank(in.bytes[in.position])) {
      in.position++;
    }
    if (!in.more() || in.bytes[in.position] != '>') {
      throw new IOException("the element " + expected.local() + " does not end where it should");
    }
    in.position++;
    depth--;
    name = expected;
  }

  private void startTag() throws IOException {
    int end = tag();
    while (end < 0) {
      // The values stay where they are until the next token, so the whole tag must be there.
      if (!in.fill(in.position)) {
        throw new IOException("a part breaks off within a tag");
      }
      end = tag();
    }
    in.position = end;
    if (depth == DEEPEST) {
      throw new UnsafeContentException("its elements nest deeper than " + DEEPEST);
    }
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    open[depth++] = name;
  }

  /** One more than the place of the tag's end; -1 if the buffer ends before it. */
  private int tag() throws IOException {
    byte[] bytes = in.bytes;
    int limit = in.limit;
    int i = in.position;
    int hash = 0;
    while (i < limit && nameByte(bytes[i])) {
      hash = hash * 31 + bytes[i++];
    }
    if (i == limit) {
      return -1;
    }
    if (i == in.position) {
      throw new IOException("a part has a tag without a name");
    }
    name = table.of(bytes, in.position, i, hash);
    attributeCount = 0;
    while (true) {
      while (i < limit && blank(bytes[i])) {
        i++;
      }
      if (i + 1 >= limit) {
        return i < limit && bytes[i] == '>' ? closed(i + 1, false) : -1;
      }
      if (bytes[i] == '>') {
        return closed(i + 1, false);
      }
      if (bytes[i] == '/') {
        if (bytes[i + 1] != '>') {
          throw malformed();
        }
        return closed(i + 2, true);
      }
      i = attribute(i);
      if (i < 0) {
        return -1;
      }
    }
  }

  private int closed(int end, boolean empty) {
    emptyElement = empty;
    return end;
  }

  private int attribute(int from) throws IOException {
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

  private void add(XmlName attribute, int from, int to) throws IOException {
    if (attributeCount == MOST_ATTRIBUTES) {
      throw new UnsafeContentException("an element has more than 256 attributes");
    }
    for (int i = 0; i < attributeCount; i++) {
      if (attributes[i] == attribute) {
        throw malformed();
      }
    }
    if (attributeCount == attributes.length) {
      attributes = Arrays.copyOf(attributes, attributeCount * 2);
      valueFrom = Arrays.copyOf(valueFrom, attributeCount * 2);
      valueTo = Arrays.copyOf(valueTo, attributeCount * 2);
    }
    attributes[attributeCount] = attribute;
    valueFrom[attributeCount] = from;
    valueTo[attributeCount++] = to;
  }

  private IOException malformed() {
    return new IOException("the tag of an element " + name.local() + " is damaged");
  }

  private static boolean nameByte(byte b) {
    return NAME_BYTES[b & 0xFF];
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\t' || b == '\r';
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
