package io.sluice.workbook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a text: a stretch of the document, or put together where it is not plain there. */
final class XmlText {
  private static final int LARGEST = 1 << 24;

  byte[] bytes = new byte[0];
  int from;
  int to;

  /** Whether every byte is a character. */
  boolean ascii = true;

  private byte[] own = new byte[256];

  void set(byte[] of, int start, int end, boolean plain) {
    bytes = of;
    from = start;
    to = end;
    ascii = plain;
  }

  boolean isEmpty() {
    return from == to;
  }

  boolean isBlank() {
    for (int i = from; i < to; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  void clear() {
    set(own, 0, 0, true);
  }

  /** Only after {@link #clear}. */
  void append(byte b) throws IOException {
    if (to == own.length) {
      if (to >= LARGEST) {
        throw new UnsafeContentException("a text in it is longer than 16 MB");
      }
      own = Arrays.copyOf(own, to * 2);
      bytes = own;
    }
    own[to++] = b;
    ascii &= b >= 0;
  }

  void append(int codePoint) throws IOException {
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      append(b);
    }
  }

  String string() throws IOException {
    return ascii
        ? new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
        : utf8(bytes, from, to);
  }

  static String utf8(byte[] bytes, int from, int to) throws IOException {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      } catch (CharacterCodingException damaged) {
        throw new IOException("a part is not valid UTF-8", damaged);
      }
    }
    return text;
  }
}
