package io.sluice.workbook.marked;

import io.sluice.config.Source;
import io.sluice.workbook.Encrypted;
import io.sluice.workbook.StoredSheets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A workbook as POI holds it in memory, to be changed and written elsewhere. */
final class OriginalFile implements AutoCloseable {
  private final Workbook workbook;
  private final String why;
  private final String password;

  /**
   * @param workbook null if it cannot be held
   * @param why why it cannot
   * @param password null where it is not encrypted
   */
  private OriginalFile(Workbook workbook, String why, String password) {
    this.workbook = workbook;
    this.why = why;
    this.password = password;
  }

  /**
   * @throws io.sluice.error.SluiceException if the file is to be refused, e.g. for its password
   */
  static OriginalFile open(Path file, String displayName, Source source, long mostUnpacked)
      throws IOException {
    // Refuses what is no workbook or unsafe, before POI sees it.
    StoredSheets.open(file, displayName, source).close();
    try {
      FileMagic magic = FileMagic.valueOf(file.toFile());
      if (magic != FileMagic.OLE2 && magic != FileMagic.OOXML) {
        return new OriginalFile(null, "it is no Excel workbook, whose cells could be marked", null);
      }
      return magic == FileMagic.OLE2
          ? ole2(file, displayName, source, mostUnpacked)
          : zip(file, null, mostUnpacked);
    } catch (IOException | RuntimeException failed) {
      if (failed instanceof io.sluice.error.SluiceException) {
        throw failed;
      }
      return new OriginalFile(null, "it cannot be copied (" + failed.getMessage() + ")", null);
    }
  }

  Workbook workbook() {
    return workbook;
  }

  /** Why there is no workbook to change; empty if there is one. */
  String why() {
    return why;
  }

  /** Encrypted with the same password as the original, if that was. */
  void write(Path to) throws IOException {
    if (password == null) {
      try (OutputStream out = Files.newOutputStream(to)) {
        workbook.write(out);
      }
    } else if (workbook instanceof HSSFWorkbook) {
      String before = Biff8EncryptionKey.getCurrentUserPassword();
      Biff8EncryptionKey.setCurrentUserPassword(password);
      try (OutputStream out = Files.newOutputStream(to)) {
        workbook.write(out);
      } finally {
        Biff8EncryptionKey.setCurrentUserPassword(before);
      }
    } else {
      encrypt(to);
    }
  }

  @Override
  public void close() throws IOException {
    if (workbook != null) {
      workbook.close();
    }
  }

  private static OriginalFile zip(Path file, String password, long mostUnpacked)
      throws IOException {
    if (unpacksToMore(file, mostUnpacked)) {
      return tooLarge(mostUnpacked);
    }
    // From a stream: a package that is open over a file would be written back to it.
    try (InputStream in = Files.newInputStream(file)) {
      return new OriginalFile(new XSSFWorkbook(in), "", password);
    }
  }

  private static OriginalFile ole2(Path file, String displayName, Source source, long mostUnpacked)
      throws IOException {
    Encrypted encrypted = new Encrypted(displayName, source.password());
    POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true);
    if (!container.getRoot().hasEntry("EncryptedPackage")) {
      // What is not changed of the old format is copied from the container when it is written.
      return Files.size(file) > mostUnpacked ? tooLarge(mostUnpacked) : xls(container, encrypted);
    }
    try (container) {
      Path plain = encrypted.decrypted(container, source.limits().unpackedBytes());
      try {
        return zip(plain, passwordOf(container, encrypted).orElse(null), mostUnpacked);
      } finally {
        Files.deleteIfExists(plain);
      }
    }
  }

  private static OriginalFile xls(POIFSFileSystem container, Encrypted encrypted)
      throws IOException {
    try {
      return new OriginalFile(new HSSFWorkbook(container, true), "", null);
    } catch (EncryptedDocumentException protectedByPassword) {
      String password = encrypted.passwords().get(0);
      String before = Biff8EncryptionKey.getCurrentUserPassword();
      Biff8EncryptionKey.setCurrentUserPassword(password);
      try {
        return new OriginalFile(new HSSFWorkbook(container, true), "", password);
      } finally {
        Biff8EncryptionKey.setCurrentUserPassword(before);
      }
    }
  }

  /** The password that opens it; none if it is the one that Excel gives to everybody. */
  private static Optional<String> passwordOf(POIFSFileSystem container, Encrypted encrypted)
      throws IOException {
    try {
      for (String password : encrypted.passwords()) {
        if (Decryptor.getInstance(new EncryptionInfo(container)).verifyPassword(password)) {
          return Optional.of(password).filter(found -> !found.equals(Decryptor.DEFAULT_PASSWORD));
        }
      }
      return Optional.empty();
    } catch (GeneralSecurityException failed) {
      throw new IOException("its encryption is damaged", failed);
    }
  }

  private void encrypt(Path to) throws IOException {
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
      encryptor.confirmPassword(password);
      try (OutputStream plain = encryptor.getDataStream(container)) {
        workbook.write(plain);
      }
      try (OutputStream out = Files.newOutputStream(to)) {
        container.writeFilesystem(out);
      }
    } catch (GeneralSecurityException failed) {
      throw new IOException("it cannot be encrypted", failed);
    }
  }

  private static OriginalFile tooLarge(long mostUnpacked) {
    return new OriginalFile(
        null, "it is larger than %,d MiB unpacked".formatted(mostUnpacked >> 20), null);
  }

  /** Counted: what an entry says of its own size need not be so. */
  private static boolean unpacksToMore(Path file, long most) throws IOException {
    byte[] bytes = new byte[1 << 16];
    long all = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            all += count;
            if (all > most) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
