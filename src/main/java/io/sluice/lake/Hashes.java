package io.sluice.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content hashes. */
public final class Hashes {
  static final int DEFINITION_DIGITS = 2 * Long.BYTES;

  private Hashes() {}

  /** SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The first 64 bits of the SHA-256 of a definition's text, as 16 hexadecimal digits. */
  public static String definition(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, Long.BYTES);
  }

  static String hex(long bits) {
    return HexFormat.of().toHexDigits(bits);
  }
}
