package io.sluice.bronze;

import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.lake.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a file's content is known by: the SHA-256 of its bytes; where its source takes values from
 * the path, of that and these values, since the same bytes say something else in another place.
 */
final class FileId {
  private FileId() {}

  /**
   * @param bytes SHA-256 of the file, hex
   */
  static String of(Source source, String uri, String bytes) {
    if (source.paths().isEmpty()) {
      return bytes;
    }
    StringBuilder text = new StringBuilder(bytes);
    for (PathValue path : source.paths()) {
      text.append('\n').append(path.column()).append('=').append(path.in(uri));
    }
    return HexFormat.of()
        .formatHex(Hashes.sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
