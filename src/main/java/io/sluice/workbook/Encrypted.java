package io.sluice.workbook;

import io.sluice.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Opens what a password protects: with the one that the source declares, or with Excel's own. */
public final class Encrypted {
  /** Excel asks for 100,000 rounds; the file decides, and may ask for days. */
  private static final int MOST_ROUNDS = 1_000_000;

  private final String file;
  private final Secret declared;

  /**
   * @param declared null where none is
   */
  public Encrypted(String file, Secret declared) {
    this.file = file;
    this.declared = declared;
  }

  /** The passwords to try; Excel encrypts write-protected workbooks with a public one. */
  public List<String> passwords() {
    if (declared == null) {
      return List.of(Decryptor.DEFAULT_PASSWORD);
    }
    String secret =
        declared.resolve().orElseThrow(() -> Refusals.passwordNotSet(file, declared.reference()));
    return List.of(secret, Decryptor.DEFAULT_PASSWORD);
  }

  /** The package in a container, as a temporary file that the caller deletes. */
  public Path decrypted(POIFSFileSystem container, long mostBytes) throws IOException {
    EncryptionInfo info = new EncryptionInfo(container);
    if (info.getVerifier().getSpinCount() > MOST_ROUNDS) {
      throw new UnsafeContentException("its password asks for more than 1,000,000 rounds");
    }
    Decryptor decryptor = Decryptor.getInstance(info);
    try {
      for (String password : passwords()) {
        if (decryptor.verifyPassword(password)) {
          return copied(decryptor, container, mostBytes);
        }
      }
    } catch (GeneralSecurityException failed) {
      throw new IOException("its encryption is damaged", failed);
    }
    throw Refusals.encrypted(file, declared != null, null);
  }

  private static Path copied(Decryptor decryptor, POIFSFileSystem container, long mostBytes)
      throws IOException, GeneralSecurityException {
    Path plain = Files.createTempFile("sluice-", ".decrypted");
    try (InputStream in = decryptor.getDataStream(container);
        OutputStream out = Files.newOutputStream(plain)) {
      byte[] bytes = new byte[1 << 16];
      long all = 0;
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        all += count;
        if (all > mostBytes) {
          throw new UnsafeContentException("what is encrypted in it is larger than the limit");
        }
        out.write(bytes, 0, count);
      }
      return plain;
    } catch (IOException | RuntimeException | GeneralSecurityException failed) {
      Files.deleteIfExists(plain);
      throw failed;
    }
  }
}
