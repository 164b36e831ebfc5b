package io.sluice.workbook;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Texts in a temporary file, by number. Each is stored behind its length; memory holds where every
 * sixteenth begins, and the stretches last read: cells mostly ask in the order of the file.
 */
final class TextFile implements Closeable {
  private static final int STRIDE = 16;
  private static final int BLOCK = 1 << 14;
  private static final int BLOCKS = 256;

  private final FileChannel channel;
  private final byte[][] blocks = new byte[BLOCKS][];
  private final long[] blockNumbers = new long[BLOCKS];
  private byte[] tail = new byte[BLOCK];
  private int tailLength;
  private long written;
  private long[] starts = new long[1024];
  private int count;

  TextFile() throws IOException {
    Path file = Files.createTempFile("sluice-", ".texts");
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  int count() {
    return count;
  }

  void add(String text) throws IOException {
    if (count % STRIDE == 0) {
      int index = count / STRIDE;
      if (index == starts.length) {
        starts = Arrays.copyOf(starts, index * 2);
      }
      starts[index] = written + tailLength;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    while (length >= 0x80) {
      put((byte) (length | 0x80));
      length >>>= 7;
    }
    put((byte) length);
    for (byte b : bytes) {
      put(b);
    }
    count++;
  }

  String at(int number) throws IOException {
    flush();
    long position = starts[number / STRIDE];
    for (int skipped = number % STRIDE; ; skipped--) {
      int length = 0;
      int shift = 0;
      byte b;
      do {
        b = get(position++);
        length |= (b & 0x7F) << shift;
        shift += 7;
      } while (b < 0);
      if (skipped == 0) {
        return text(position, length);
      }
      position += length;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void put(byte b) throws IOException {
    if (tailLength == tail.length) {
      flush();
    }
    tail[tailLength++] = b;
  }

  private void flush() throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(tail, 0, tailLength);
    while (rest.hasRemaining()) {
      channel.write(rest, written + rest.position());
    }
    written += tailLength;
    tailLength = 0;
  }

  private String text(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long position = from + done;
      int offset = (int) (position % BLOCK);
      int part = Math.min(length - done, BLOCK - offset);
      System.arraycopy(block(position / BLOCK), offset, bytes, done, part);
      done += part;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte get(long position) throws IOException {
    return block(position / BLOCK)[(int) (position % BLOCK)];
  }

  private byte[] block(long number) throws IOException {
    int slot = (int) (number % BLOCKS);
    if (blocks[slot] != null && blockNumbers[slot] == number) {
      return blocks[slot];
    }
    if (blocks[slot] == null) {
      blocks[slot] = new byte[BLOCK];
    }
    ByteBuffer into = ByteBuffer.wrap(blocks[slot]);
    blockNumbers[slot] = number;
    while (into.hasRemaining() && channel.read(into, number * BLOCK + into.position()) >= 0) {
      continue;
    }
    return blocks[slot];
  }
}
