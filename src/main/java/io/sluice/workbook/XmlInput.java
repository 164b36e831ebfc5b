package io.sluice.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of an XML document as UTF-8 without a byte order mark, whatever it is stored in. */
final class XmlInput {
  private static final int LOOKED_AT = 256;
  private static final Pattern ENCODING =
      Pattern.compile("^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._\\-]+)[\"']");

  private XmlInput() {}

  static InputStream utf8(InputStream document) throws IOException {
    byte[] head = document.readNBytes(LOOKED_AT);
    int mark = mark(head);
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(head, mark, head.length - mark), document);
    Charset charset = charset(head);
    return charset.equals(StandardCharsets.UTF_8) ? whole : new Transcoded(whole, charset);
  }

  private static int mark(byte[] head) {
    if (starts(head, 0xEF, 0xBB, 0xBF)) {
      return 3;
    }
    return starts(head, 0xFE, 0xFF) || starts(head, 0xFF, 0xFE) ? 2 : 0;
  }

  private static Charset charset(byte[] head) throws IOException {
    if (starts(head, 0xFE, 0xFF) || starts(head, 0, '<')) {
      return StandardCharsets.UTF_16BE;
    }
    if (starts(head, 0xFF, 0xFE) || starts(head, '<', 0)) {
      return StandardCharsets.UTF_16LE;
    }
    Matcher declared = ENCODING.matcher(new String(head, StandardCharsets.ISO_8859_1));
    if (starts(head, 0xEF, 0xBB, 0xBF) || !declared.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      Charset charset = Charset.forName(declared.group(1));
      return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new IOException("a part is in the unknown encoding " + declared.group(1), unknown);
    }
  }

  private static boolean starts(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static final class Transcoded extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[8192];
    private byte[] bytes = new byte[0];
    private int position;

    Transcoded(InputStream from, Charset charset) {
      this.reader = new InputStreamReader(from, charset.newDecoder());
    }

    @Override
    public int read() throws IOException {
      return fill() ? bytes[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, bytes.length - position);
      System.arraycopy(bytes, position, to, offset, count);
      position += count;
      return count;
    }

    private boolean fill() throws IOException {
      while (position == bytes.length) {
        int count = reader.read(chars, 0, chars.length - 1);
        if (count < 0) {
          return false;
        }
        if (count > 0 && Character.isHighSurrogate(chars[count - 1])) {
          int low = reader.read();
          if (low >= 0) {
            chars[count++] = (char) low;
          }
        }
        bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
        position = 0;
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
