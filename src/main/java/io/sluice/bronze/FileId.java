package io.sluice.bronze;

import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.lake.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a file's content is known by: the SHA-256 of its bytes; where its source takes values from
 * the path, with a hash of these values behind it, since the same bytes say something else in
 * another place.
 */
final class FileId {
  private static final char PLACE = '-';

  private FileId() {}

  /**
   * @param bytes SHA-256 of the file, hex
   */
  static String of(Source source, String uri, String bytes) {
    if (source.paths().isEmpty()) {
      return bytes;
    }
    StringBuilder text = new StringBuilder();
    for (PathValue path : source.paths()) {
      text.append('\n').append(path.column()).append('=').append(path.in(uri));
    }
    byte[] place = Hashes.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    return bytes + PLACE + HexFormat.of().formatHex(place, 0, 8);
  }

  /** The SHA-256 of the bytes alone, wherever they are. */
  static String bytes(String fileId) {
    int place = fileId.indexOf(PLACE);
    return place < 0 ? fileId : fileId.substring(0, place);
  }
}
