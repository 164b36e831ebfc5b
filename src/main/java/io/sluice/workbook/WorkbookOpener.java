package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Opens a file by what it holds, and refuses what is no workbook by the name of what it is. */
final class WorkbookOpener {
  /** As many as 512 MB of memory hold. */
  private static final long MOST_XLS_CELLS = 2_000_000;

  private final String file;
  private final Opening opening;
  private final Failures failures;

  /**
   * @param file how messages name it
   */
  WorkbookOpener(String file) {
    this(file, Opening.USUAL);
  }

  WorkbookOpener(String file, Opening opening) {
    this.file = file;
    this.opening = opening;
    this.failures = new Failures(file);
  }

  WorkbookFile open(Path path) {
    if (file.substring(file.lastIndexOf('/') + 1).startsWith("~$")) {
      throw Refusals.lockFile(file);
    }
    return failures.guard(
        "",
        () -> {
          FileState state = FileState.of(path);
          try {
            return new WatchedFile(byContent(path), path, file, state);
          } catch (IOException | RuntimeException failed) {
            if (!state.holds(path)) {
              throw Refusals.changed(file, failed);
            }
            throw failed;
          }
        });
  }

  private WorkbookFile byContent(Path path) throws IOException {
    if (Files.size(path) == 0) {
      throw Refusals.zeroBytes(file);
    }
    Content content = Content.of(path);
    return switch (content.format()) {
      case ZIP -> zip(path);
      case OLE2 -> ole2(path);
      case PARQUET -> new ParquetFile(path, file, opening);
      case UNSUPPORTED_WORKBOOK -> throw Refusals.unsupported(file, content.name());
      case TEXT -> csv(path, content);
      case OTHER -> throw Refusals.notWorkbook(file, content.name());
    };
  }

  /** No content tells CSV from other texts: its name does. */
  private WorkbookFile csv(Path path, Content content) {
    if (!file.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      throw Refusals.notWorkbook(file, content.name());
    }
    return new CsvFile(path, opening.csv());
  }

  private WorkbookFile zip(Path path) throws IOException {
    if (!ZipEnd.present(path)) {
      throw Refusals.truncated(file, null);
    }
    XlsxPackage pack = new XlsxPackage(path, opening.unpacking());
    try {
      return new XlsxFile(pack, workbookPart(pack));
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      pack.close();
      throw failed;
    }
  }

  private String workbookPart(XlsxPackage pack) throws IOException {
    if (!pack.isOffice()) {
      throw Refusals.notWorkbook(
          file,
          pack.has("content.xml") && pack.has("mimetype")
              ? "an OpenDocument file"
              : "a zip archive");
    }
    String part =
        pack.relations("").values().stream()
            .filter(relation -> relation.type().equals("officeDocument"))
            .map(XlsxPackage.Relation::target)
            .filter(pack::has)
            .findFirst()
            .orElseThrow(() -> Refusals.notWorkbook(file, "an Office package without a workbook"));
    String type = pack.type(part);
    if (type.contains("sheet.binary")) {
      throw Refusals.unsupported(file, "a binary workbook (.xlsb)");
    }
    if (type.contains("wordprocessingml")) {
      throw Refusals.notWorkbook(file, "a Word document");
    }
    if (type.contains("presentationml")) {
      throw Refusals.notWorkbook(file, "a PowerPoint presentation");
    }
    if (!type.contains("spreadsheetml") && !type.contains("ms-excel")) {
      throw Refusals.notWorkbook(file, "an Office file of the type " + type);
    }
    return part;
  }

  private WorkbookFile ole2(Path path) throws IOException {
    POIFSFileSystem container = new POIFSFileSystem(path.toFile(), true);
    try {
      DirectoryNode root = container.getRoot();
      if (has(root, "EncryptedPackage")) {
        return decrypted(container);
      }
      String records =
          List.of("Workbook", "WORKBOOK", "BOOK", "Book").stream()
              .filter(name -> has(root, name))
              .findFirst()
              .orElseThrow(() -> Refusals.notWorkbook(file, kind(root)));
      try (InputStream stream = root.createDocumentInputStream(records)) {
        if (XlsCells.count(stream) > MOST_XLS_CELLS) {
          throw new UnsafeContentException(
              "an .xls is read into memory, and it has more than 2,000,000 cells");
        }
      }
      return xls(container);
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      container.close();
      throw failed;
    }
  }

  private WorkbookFile decrypted(POIFSFileSystem container) throws IOException {
    Path plain =
        new Encrypted(file, opening.password()).decrypted(container, opening.unpackedBytes());
    try (container) {
      // What is open stays readable, and what is deleted is on nobody's disk.
      return zip(plain);
    } finally {
      Files.deleteIfExists(plain);
    }
  }

  private WorkbookFile xls(POIFSFileSystem container) throws IOException {
    String before = Biff8EncryptionKey.getCurrentUserPassword();
    try {
      // Without a password POI tries Excel's public one.
      Biff8EncryptionKey.setCurrentUserPassword(
          opening.password() == null
              ? null
              : new Encrypted(file, opening.password()).passwords().get(0));
      return new XlsFile(new HSSFWorkbook(container, false));
    } catch (EncryptedDocumentException encrypted) {
      throw Refusals.encrypted(file, opening.password() != null, encrypted);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(before);
    }
  }

  private static String kind(DirectoryNode root) {
    if (has(root, "WordDocument")) {
      return "a Word document";
    }
    if (has(root, "PowerPoint Document")) {
      return "a PowerPoint presentation";
    }
    if (has(root, "__properties_version1.0")) {
      return "an Outlook message";
    }
    return "an Office file of another kind";
  }

  private static boolean has(DirectoryNode root, String entry) {
    return root.hasEntry(entry);
  }
}
