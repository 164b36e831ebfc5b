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
  private static final byte[] COMMENT = bytes("--");
  private static final byte[] COMMENT_END = bytes("-->");
  private static final byte[] CDATA = bytes("[CDATA[");
  private static final byte[] CDATA_END = bytes("]]>");
  private static final byte[] INSTRUCTION_END = bytes("?>");

  private final XmlBuffer in;
  private final XmlName.Table table = new XmlName.Table();
  private final XmlText text = new XmlText();
  private final XmlAttributes attributes;
  private XmlName[] open = new XmlName[16];
  private int depth;
  private boolean emptyElement;
  private XmlName name;

  XmlScanner(InputStream document) throws IOException {
    this.in = new XmlBuffer(document);
    this.attributes = new XmlAttributes(in, table);
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

  /** The attributes of the element just begun. */
  XmlAttributes attributes() {
    return attributes;
  }

  /** The value of an attribute of the element just begun; null if absent. */
  String value(String local) throws IOException {
    return attributes.value(local);
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
    while (in.more() && XmlAttributes.blank(in.bytes[in.position])) {
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
    while (i < limit && XmlAttributes.nameByte(bytes[i])) {
      hash = hash * 31 + bytes[i++];
    }
    if (i == limit) {
      return -1;
    }
    if (i == in.position) {
      throw new IOException("a part has a tag without a name");
    }
    name = table.of(bytes, in.position, i, hash);
    attributes.clear(name);
    while (true) {
      while (i < limit && XmlAttributes.blank(bytes[i])) {
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
          throw attributes.malformed();
        }
        return closed(i + 2, true);
      }
      i = attributes.read(i);
      if (i < 0) {
        return -1;
      }
    }
  }

  private int closed(int end, boolean empty) {
    emptyElement = empty;
    return end;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
