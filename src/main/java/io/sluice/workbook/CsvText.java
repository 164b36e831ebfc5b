package io.sluice.workbook;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** A text file that is held to the character set which is declared for it. */
final class CsvText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** As the forms of Unicode write it. */
  private static final Map<String, String> MARKS =
      Map.of("efbbbf", "UTF-8", "fffe", "UTF-16LE", "feff", "UTF-16BE");

  private static final int AT_ONCE = 1 << 13;

  private final Path path;
  private final Charset charset;

  CsvText(Path path, String charset) {
    this.path = path;
    this.charset = Charset.forName(charset);
  }

  /**
   * From behind a byte order mark.
   *
   * @throws CharsetException if the mark is that of another character set; from the reader, if it
   *     comes to bytes that the character set has not
   */
  BufferedReader reader(int buffered) throws IOException {
    checkMark();
    InputStream bytes = Files.newInputStream(path);
    BufferedReader reader = new BufferedReader(strict(bytes), buffered);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK.charAt(0)) {
        reader.reset();
      }
      return reader;
    } catch (IOException failed) {
      reader.close();
      throw failed;
    }
  }

  private InputStreamReader strict(InputStream bytes) {
    return new InputStreamReader(bytes, decoder()) {
      @Override
      public int read(char[] into, int from, int length) throws IOException {
        try {
          return super.read(into, from, length);
        } catch (CharacterCodingException other) {
          throw new CharsetException(
              "line %,d has bytes that %s has not".formatted(firstBadLine(), charset.name()));
        }
      }
    };
  }

  private void checkMark() throws IOException {
    byte[] first;
    try (InputStream bytes = Files.newInputStream(path)) {
      first = bytes.readNBytes(3);
    }
    String written = HexFormat.of().formatHex(first);
    for (Map.Entry<String, String> mark : MARKS.entrySet()) {
      byte[] bytes = HexFormat.of().parseHex(mark.getKey());
      // Some of them take the mark away, some hand it out.
      String read = new String(bytes, charset);
      boolean unicode = read.isEmpty() || read.equals(BYTE_ORDER_MARK);
      if (written.startsWith(mark.getKey()) && !unicode && !charset.name().startsWith("UTF-32")) {
        throw new CharsetException(
            "it begins with the mark of %s, and is declared to be %s"
                .formatted(mark.getValue(), charset.name()));
      }
    }
  }

  /** Counted from 1, whatever is quoted. */
  private long firstBadLine() throws IOException {
    CharsetDecoder decoder = decoder();
    ByteBuffer bytes = ByteBuffer.allocate(AT_ONCE);
    CharBuffer chars = CharBuffer.allocate(AT_ONCE);
    long line = 1;
    char before = 0;
    try (InputStream stream = Files.newInputStream(path)) {
      boolean ended = false;
      while (true) {
        if (!ended) {
          int read = stream.read(bytes.array(), bytes.position(), bytes.remaining());
          ended = read < 0;
          bytes.position(bytes.position() + Math.max(read, 0));
        }
        bytes.flip();
        CoderResult result = decoder.decode(bytes, chars, ended);
        bytes.compact();
        chars.flip();
        while (chars.hasRemaining()) {
          char c = chars.get();
          line += c == '\r' || (c == '\n' && before != '\r') ? 1 : 0;
          before = c;
        }
        chars.clear();
        if (result.isError() || (ended && result.isUnderflow())) {
          return line;
        }
      }
    }
  }

  private CharsetDecoder decoder() {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
