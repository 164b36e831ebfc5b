package io.sluice.workbook;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationshipCollection;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Opens a file by what it holds, and refuses what is no workbook by the name of what it is. */
final class WorkbookOpener {
  private final String file;
  private final Failures failures;

  /**
   * @param file how messages name it
   */
  WorkbookOpener(String file) {
    this.file = file;
    this.failures = new Failures(file);
  }

  WorkbookFile open(Path path) {
    return failures.guard(
        "",
        () -> {
          if (Files.size(path) == 0) {
            throw Refusals.zeroBytes(file);
          }
          Content content = Content.of(path);
          return switch (content.format()) {
            case ZIP -> zip(path);
            case OLE2 -> ole2(path.toFile());
            case UNSUPPORTED_WORKBOOK -> throw Refusals.unsupported(file, content.name());
            case OTHER -> throw Refusals.notWorkbook(file, content.name());
          };
        });
  }

  private WorkbookFile zip(Path path) throws IOException, OpenXML4JException {
    if (!ZipEnd.present(path)) {
      throw Refusals.truncated(file, null);
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      zip.stream().forEach(entry -> names.add(entry.getName()));
    }
    if (!names.contains("[Content_Types].xml")) {
      throw Refusals.notWorkbook(
          file,
          names.contains("content.xml") && names.contains("mimetype")
              ? "an OpenDocument file"
              : "a zip archive");
    }
    OPCPackage pack = OPCPackage.open(path.toFile(), PackageAccess.READ);
    try {
      return new XlsxFile(pack, workbookPart(pack));
    } catch (IOException | OpenXML4JException | RuntimeException | StackOverflowError failed) {
      pack.revert();
      throw failed;
    }
  }

  private PackagePart workbookPart(OPCPackage pack) throws OpenXML4JException {
    PackageRelationshipCollection core =
        pack.getRelationshipsByType(PackageRelationshipTypes.CORE_DOCUMENT);
    if (core.isEmpty()) {
      core = pack.getRelationshipsByType(PackageRelationshipTypes.STRICT_CORE_DOCUMENT);
    }
    PackagePart part = core.isEmpty() ? null : pack.getPart(core.getRelationship(0));
    if (part == null) {
      throw Refusals.notWorkbook(file, "an Office package without a workbook");
    }
    String type = part.getContentType().toLowerCase(Locale.ROOT);
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
      throw Refusals.notWorkbook(file, "an Office file of the type " + part.getContentType());
    }
    return part;
  }

  private WorkbookFile ole2(File path) throws IOException {
    POIFSFileSystem container = new POIFSFileSystem(path, true);
    try {
      DirectoryNode root = container.getRoot();
      if (has(root, "EncryptedPackage")) {
        throw Refusals.encrypted(file, null);
      }
      if (!List.of("Workbook", "WORKBOOK", "BOOK", "Book").stream().anyMatch(n -> has(root, n))) {
        throw Refusals.notWorkbook(file, kind(root));
      }
      return new XlsFile(new HSSFWorkbook(container, false));
    } catch (IOException | RuntimeException | StackOverflowError failed) {
      container.close();
      throw failed;
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
