package io.sluice.contract;

import io.sluice.config.Secret;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 of texts under a secret. Who does not know the secret cannot tell a text from its
 * hash by trying; equal texts have equal hashes. Not safe for concurrent use.
 */
public final class KeyedHash {
  /** Shorter secrets can be tried out. */
  private static final int FEWEST_CHARACTERS = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  KeyedHash(byte[] key) {
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", e);
    }
  }

  /**
   * Under a secret, which is read here.
   *
   * @throws SluiceException CONFIG_INVALID if it is not there, or too short to be one
   */
  public static KeyedHash under(Secret secret) {
    String key =
        secret
            .resolve()
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    unusable(
                        secret,
                        "is not there",
                        "no variable is set, or no file stands, under that name"));
    if (key.length() < FEWEST_CHARACTERS) {
      throw unusable(
          secret,
          "is too short",
          "whoever has the hashes could try all secrets of fewer than %d characters"
              .formatted(FEWEST_CHARACTERS));
    }
    return new KeyedHash(key.getBytes(StandardCharsets.UTF_8));
  }

  /** 64 hexadecimal digits. */
  public String of(String text) {
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Tells whether two secrets are the same one. */
  public String fingerprint() {
    return of("the secret's fingerprint").substring(0, 16);
  }

  private static SluiceException unusable(Secret secret, String how, String why) {
    return new SluiceException(
        Reason.CONFIG_INVALID,
        "The secret " + secret.reference() + " for sensitive columns " + how,
        why,
        "Put a long random text there, for instance of 'openssl rand -hex 32', wherever workbooks"
            + " are read, and keep it: under another secret all hashes are others.");
  }
}
