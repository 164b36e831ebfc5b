package io.sluice.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A window over a document's bytes that moves on as they are used. */
final class XmlBuffer implements Closeable {
  private static final int SIZE = 1 << 16;

  /** Excel's longest text has 32,767 characters; a tag or text beyond this is no workbook's. */
  private static final int LARGEST = 1 << 24;

  private final InputStream from;
  byte[] bytes = new byte[SIZE];

  /** The next byte to use. */
  int position;

  int limit;

  XmlBuffer(InputStream document) throws IOException {
    this.from = XmlInput.utf8(document);
  }

  /** Whether there is a byte at the position. */
  boolean more() throws IOException {
    return position < limit || fill(position);
  }

  /**
   * Reads on, and keeps what is there from a place on, which becomes place 0.
   *
   * @return false at the document's end
   */
  boolean fill(int keep) throws IOException {
    if (keep > 0) {
      System.arraycopy(bytes, keep, bytes, 0, limit - keep);
      position -= keep;
      limit -= keep;
    } else if (limit == bytes.length) {
      if (bytes.length >= LARGEST) {
        throw new UnsafeContentException("a text or tag in it is longer than 16 MB");
      }
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int count = from.read(bytes, limit, bytes.length - limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    return true;
  }

  /** Whether the document goes on with these bytes; they are used up if so. */
  boolean took(byte[] expected) throws IOException {
    while (limit - position < expected.length) {
      if (!fill(position)) {
        return false;
      }
    }
    if (!Arrays.equals(bytes, position, position + expected.length, expected, 0, expected.length)) {
      return false;
    }
    position += expected.length;
    return true;
  }

  /** Moves behind the next occurrence of these bytes. */
  void skipPast(byte[] end) throws IOException {
    while (true) {
      while (more() && bytes[position] != end[0]) {
        position++;
      }
      if (!more()) {
        throw new IOException("a part ends within a comment or instruction");
      }
      if (took(end)) {
        return;
      }
      position++;
    }
  }

  /** Reads to the document's end, so that whoever counts and checks sees it whole. */
  void drain() throws IOException {
    position = limit;
    while (fill(position)) {
      position = limit;
    }
  }

  @Override
  public void close() throws IOException {
    from.close();
  }
}
