package io.sluice.workbook;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The record that ends every zip file; a file that was cut off has none. */
final class ZipEnd {
  private static final int SIZE = 22;
  private static final int LONGEST_COMMENT = 65_535;

  private ZipEnd() {}

  static boolean present(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(file.length(), SIZE + LONGEST_COMMENT)];
      file.seek(file.length() - tail.length);
      file.readFully(tail);
      for (int i = tail.length - SIZE; i >= 0; i--) {
        if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
          return true;
        }
      }
      return false;
    }
  }
}
