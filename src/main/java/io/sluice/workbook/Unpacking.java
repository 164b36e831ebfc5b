package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * How much a workbook may unpack to, counted over all that is read of it.
 *
 * <p>Not safe for concurrent use: a workbook is read by one.
 */
final class Unpacking {
  /** Small parts compress well by themselves and harm nobody. */
  private static final long HARMLESS = 16L << 20;

  private final long mostBytes;
  private final long mostTimes;
  private long unpacked;

  Unpacking(long mostBytes, long mostTimes) {
    this.mostBytes = mostBytes;
    this.mostTimes = mostTimes;
  }

  /** The content of an entry, checked while it is read. */
  InputStream of(InputStream content, ZipEntry entry, long fileSize) {
    return new Counted(content, entry, Math.min(Math.max(1, entry.getCompressedSize()), fileSize));
  }

  private void count(long bytes, long ofEntry, long packed) throws UnsafeContentException {
    unpacked += bytes;
    if (unpacked > mostBytes) {
      throw new UnsafeContentException(
          "it unpacks to more than %,d bytes, the limit (limits.unpacked-bytes)"
              .formatted(mostBytes));
    }
    if (ofEntry > HARMLESS && ofEntry / packed > mostTimes) {
      throw new UnsafeContentException(
          "a part of it unpacks to more than %,d times its size, the limit (limits.unpacked-ratio)"
              .formatted(mostTimes));
    }
  }

  private final class Counted extends InputStream {
    private final InputStream content;
    private final long crc;
    private final long packed;
    private final CRC32 seen = new CRC32();
    private long read;

    Counted(InputStream content, ZipEntry entry, long packed) {
      this.content = content;
      this.crc = entry.getCrc();
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = content.read(to, offset, length);
      if (count < 0) {
        // Unlike a stream over the whole archive, one over an entry leaves this to its reader.
        if (crc >= 0 && seen.getValue() != crc) {
          throw new IOException("a part differs from its checksum");
        }
        return -1;
      }
      seen.update(to, offset, count);
      read += count;
      count(count, read, packed);
      return count;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
