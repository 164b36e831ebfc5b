package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Limits;
import io.sluice.config.Secret;
import io.sluice.contract.CellKind;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody made to do harm, or that look like it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {
  private static final String CELL = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

  @TempDir Path folder;

  @Test
  void aPartThatUnpacksToManyTimesItsSizeIsRefused() throws IOException {
    Path file = book(CELL + " ".repeat(20_000_000));
    assertThat(refusal(file).reason()).isEqualTo(Reason.WORKBOOK_UNSAFE);
    assertThat(refusal(file).why())
        .isEqualTo(
            "a part of it unpacks to more than 200 times its size, the limit"
                + " (limits.unpacked-ratio)");
    assertThat(cells(file, new Opening(Limits.USUAL_UNPACKED_BYTES, 2_000, null))).hasSize(1);
  }

  @Test
  void aWorkbookThatUnpacksToMoreThanItMayIsRefused() throws IOException {
    Path file = book(CELL + " ".repeat(2_000_000));
    assertThat(refusal(file, new Opening(1_000_000, 200, null)).why())
        .isEqualTo("it unpacks to more than 1,000,000 bytes, the limit (limits.unpacked-bytes)");
    assertThat(cells(file)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../evil.xml", "xl/..\\..\\evil.xml", "C:\\evil.xml"})
  void aPartWhoseNameLeadsOutOfTheFileIsRefused(String name) throws IOException {
    Path file = new RawXlsx().rows(CELL).part(name, "<evil/>").write(folder.resolve("book.xlsx"));
    assertThat(refusal(file).reason()).isEqualTo(Reason.WORKBOOK_UNSAFE);
    assertThat(refusal(file).why()).isEqualTo("it has a part whose name leads out of it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE w [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>",
        "<!DOCTYPE w SYSTEM \"http://localhost:1/evil.dtd\">",
        "<!DOCTYPE w [<!ENTITY % p SYSTEM \"file:///etc/hostname\">%p;]>",
      })
  void aDocumentTypeIsRefused(String prolog) throws IOException {
    Path file = new RawXlsx().prolog(prolog).rows(CELL).write(folder.resolve("book.xlsx"));
    assertThat(refusal(file).reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal(file).why())
        .isEqualTo("its content is damaged (it declares a document type, which no workbook does)");
  }

  @Test
  void anEntityThatXmlDoesNotKnowIsRefused() throws IOException {
    Path file = book("<row><c t=\"str\"><v>&lol9;</v></c></row>");
    assertThat(refusal(file).why()).contains("the entity 'lol9'");
  }

  @Test
  void theStatedDimensionDoesNotMatter() throws IOException {
    Path file =
        new RawXlsx()
            .beforeRows("<dimension ref=\"A1:XFD1048576\"/>")
            .rows(CELL + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>")
            .write(folder.resolve("book.xlsx"));
    assertThat(cells(file)).containsExactly("A1 n 1", "XFD1048576 n 2");
  }

  @Test
  void rowsWithACellInTheLastColumnTakeNoMoreRoomThanOthers() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 1; i <= 300_000; i++) {
      rows.append("<row><c r=\"XFD").append(i).append("\"><v>").append(i).append("</v></c></row>");
    }
    assertThat(cells(book(rows.toString()))).hasSize(300_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row r=\"1048577\"/>",
        "<row r=\"0\"/>",
        "<row r=\"99999999999999999999\"/>",
        "<row r=\"2\"/><row r=\"2\"/>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c r=\"1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>7</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c s=\"x\"><v>1</v></c></row>",
      })
  void whatCannotBeIsRefused(String rows) throws IOException {
    assertThat(refusal(book(rows)).reason()).isEqualTo(Reason.FILE_UNREADABLE);
  }

  @Test
  void aMillionMergedRegionsArePassedOver() throws IOException {
    StringBuilder merged = new StringBuilder("<mergeCells count=\"1000000\">");
    for (int i = 1; i <= 1_000_000; i++) {
      merged.append("<mergeCell ref=\"B").append(i).append(":C").append(i).append("\"/>");
    }
    Path file =
        new RawXlsx()
            .rows(CELL)
            .afterRows(merged.append("</mergeCells>").toString())
            .write(folder.resolve("book.xlsx"));
    assertThat(cells(file)).containsExactly("A1 n 1");
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    Path file = book("<row><c><is>" + "<r>".repeat(1_000_000) + "</is></c></row>");
    assertThat(refusal(file).reason()).isEqualTo(Reason.WORKBOOK_UNSAFE);
    assertThat(refusal(file).why()).isEqualTo("its elements nest deeper than 256");
  }

  @Test
  void anEndlessTextIsRefused() throws IOException {
    // Of many different letters, so that it does not fall to the ratio before.
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 17_000_000; i++) {
      text.append(Integer.toString(i * 7919 % 1_000_003, 36));
    }
    Path file = book("<row><c t=\"str\"><v>" + text + "</v></c></row>");
    assertThat(refusal(file).why()).isEqualTo("a text or tag in it is longer than 16 MB");
    Path inTag = book("<row><c t=\"" + text + "\"/></row>");
    assertThat(refusal(inTag).why()).isEqualTo("a text or tag in it is longer than 16 MB");
  }

  @Test
  void anElementWithThousandsOfAttributesIsRefused() throws IOException {
    StringBuilder tag = new StringBuilder("<row");
    for (int i = 0; i < 100_000; i++) {
      tag.append(" a").append(i).append("=\"\"");
    }
    assertThat(refusal(book(tag + "/>")).why())
        .isEqualTo("an element has more than 256 attributes");
  }

  @Test
  void aNumberOfAMillionDigitsTakesNoTime() throws IOException {
    String digits = "7".repeat(1_000_000);
    Path file =
        book(
            "<row><c><v>"
                + digits
                + "</v></c><c><v>0."
                + digits
                + "</v></c><c><v>1E-"
                + digits
                + "</v></c></row>");
    List<String> cells = cells(file);
    assertThat(cells.get(0)).startsWith("A1 s 777");
    assertThat(cells.subList(1, 3)).containsExactly("B1 n 0.7777777777777778", "C1 n 0");
  }

  @Test
  void sharedTextsBeyondMemoryStandInAFile() throws IOException {
    StringBuilder items = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    String filler = "ü".repeat(40);
    for (int i = 0; i < 500_000; i++) {
      items.append("<si><t>").append(i).append(filler).append("</t></si>");
      if (i % 50 == 0) {
        int asked = (int) ((i * 7919L) % 500_000);
        rows.append("<row><c t=\"s\"><v>").append(asked).append("</v></c></row>");
      }
    }
    Path file =
        new RawXlsx()
            .strings(items.toString())
            .rows(rows.toString())
            .write(folder.resolve("book.xlsx"));
    List<String> cells = cells(file);
    assertThat(cells).hasSize(10_000);
    for (int row = 0; row < cells.size(); row++) {
      long asked = (row * 50 * 7919L) % 500_000;
      assertThat(cells.get(row)).isEqualTo("A" + (row + 1) + " s " + asked + filler);
    }
  }

  @Test
  void aFlippedBitInAPackedPartIsNoticed() throws IOException {
    Path file =
        new RawXlsx().stored().rows("<row><c><v>12345</v></c></row>").write(folder.resolve("b"));
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("12345");
    bytes[at] = '9';
    Files.write(file, bytes);
    assertThat(refusal(file).why())
        .isEqualTo("its content is damaged (a part differs from its checksum)");
  }

  @Test
  void aFileThatIsSavedOverWhileItIsReadIsRefused() throws IOException {
    Path file = book(CELL);
    Failures failures = new Failures("book.xlsx");
    try (WorkbookFile workbook = new WorkbookOpener("book.xlsx").open(file);
        SheetReader rows = failures.guard("", () -> workbook.read(0))) {
      assertThat(failures.guard("", rows::next).number()).isEqualTo(1);
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      assertThatThrownBy(() -> failures.guard("", rows::next))
          .isInstanceOfSatisfying(
              SluiceException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FILE_CHANGED_WHILE_READ));
    }
  }

  @Test
  void aFileThatIsCutOffWhileItIsReadIsRefusedAsChanged() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      rows.append("<row><c><v>").append(i * 7919L % 1_000_003).append("</v></c></row>");
    }
    Path file = book(rows.toString());
    Failures failures = new Failures("book.xlsx");
    try (WorkbookFile workbook = new WorkbookOpener("book.xlsx").open(file);
        SheetReader reader = failures.guard("", () -> workbook.read(0))) {
      Files.write(file, new byte[100], StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(
              () -> {
                while (failures.guard("", reader::next) != null) {
                  continue;
                }
              })
          .isInstanceOfSatisfying(
              SluiceException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FILE_CHANGED_WHILE_READ));
    }
  }

  @Test
  void aFileThatIsNotThereAnyMoreIsRefused() {
    assertThat(refusal(folder.resolve("gone.xlsx")).reason())
        .isEqualTo(Reason.FILE_CHANGED_WHILE_READ);
  }

  @Test
  void aLockFileIsToldByItsName() throws IOException {
    Path file = Files.write(folder.resolve("~$book.xlsx"), new byte[165]);
    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> new WorkbookOpener("in/~$book.xlsx").open(file));
    assertThat(refusal.reason()).isEqualTo(Reason.LOCK_FILE);
  }

  @Test
  void anOldWorkbookOfMoreCellsThanMemoryHoldsIsRefused() throws IOException {
    byte[] records = new byte[4 * 2_000_001];
    for (int i = 0; i < records.length; i += 4) {
      records[i] = (byte) NumberRecord.sid;
      records[i + 1] = (byte) (NumberRecord.sid >> 8);
    }
    Path file = folder.resolve("book.xls");
    try (POIFSFileSystem container = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(file)) {
      container.getRoot().createDocument("Workbook", new ByteArrayInputStream(records));
      container.writeFilesystem(out);
    }
    assertThat(refusal(file).why())
        .isEqualTo("an .xls is read into memory, and it has more than 2,000,000 cells");
  }

  @Test
  void theDeclaredPasswordOpensAnEncryptedWorkbook() throws Exception {
    for (EncryptionMode mode : List.of(EncryptionMode.standard, EncryptionMode.agile)) {
      Path file = encrypted(mode, "open sesame");
      assertThat(cells(file, with("open sesame"))).containsExactly("A1 n 1");
      SluiceException wrong = refusal(file, with("wrong"));
      assertThat(wrong.reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
      assertThat(wrong.why()).isEqualTo("the password that the source declares does not open it");
      assertThat(refusal(file).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
    }
  }

  @Test
  void theDeclaredPasswordOpensAnOldEncryptedWorkbook() throws IOException {
    Path file = folder.resolve("book.xls");
    Biff8EncryptionKey.setCurrentUserPassword("open sesame");
    try (HSSFWorkbook book = new HSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      book.createSheet("Data").createRow(0).createCell(0).setCellValue(1);
      book.write(out);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }
    assertThat(cells(file, with("open sesame"))).containsExactly("A1 n 1");
    assertThat(refusal(file, with("wrong")).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
    assertThat(refusal(file).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
  }

  @Test
  void aWorkbookUnderExcelsOwnPasswordNeedsNone() throws Exception {
    assertThat(cells(encrypted(EncryptionMode.agile, Decryptor.DEFAULT_PASSWORD)))
        .containsExactly("A1 n 1");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() throws Exception {
    Path file = encrypted(EncryptionMode.standard, "open sesame");
    Opening opening = new Opening(1 << 30, 200, new Secret("file:" + folder.resolve("nothing")));
    assertThat(refusal(file, opening).why()).endsWith("nothing, and there is none");
  }

  @Test
  void macrosAndLinksAreLeftAlone() throws IOException {
    Path file =
        new RawXlsx()
            .part("xl/vbaProject.bin", "no macro at all")
            .part("xl/externalLinks/externalLink1.xml", "<!DOCTYPE evil><not-even-xml")
            .rows("<row><c><f>[1]Sheet1!A1</f><v>1</v></c></row>")
            .write(folder.resolve("book.xlsm"));
    assertThat(cells(file)).containsExactly("A1 n 1");
  }

  private Opening with(String password) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), password + "\n");
    return new Opening(
        Limits.USUAL_UNPACKED_BYTES, Limits.USUAL_UNPACKED_RATIO, new Secret("file:" + secret));
  }

  private Path encrypted(EncryptionMode mode, String password) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      Encryptor encryptor = new EncryptionInfo(mode).getEncryptor();
      encryptor.confirmPassword(password);
      try (OutputStream out = encryptor.getDataStream(container)) {
        out.write(Files.readAllBytes(book(CELL)));
      }
      container.writeFilesystem(bytes);
    }
    return Files.write(folder.resolve("encrypted.xlsx"), bytes.toByteArray());
  }

  private Path book(String rows) throws IOException {
    return new RawXlsx().rows(rows).write(folder.resolve("book.xlsx"));
  }

  private SluiceException refusal(Path file) {
    return refusal(file, Opening.USUAL);
  }

  private SluiceException refusal(Path file, Opening opening) {
    return catchThrowableOfType(SluiceException.class, () -> cells(file, opening));
  }

  private static List<String> cells(Path file) throws IOException {
    return cells(file, Opening.USUAL);
  }

  private static List<String> cells(Path file, Opening opening) throws IOException {
    Failures failures = new Failures("book.xlsx");
    List<String> cells = new ArrayList<>();
    try (WorkbookFile workbook = new WorkbookOpener("book.xlsx", opening).open(file);
        SheetReader reader = failures.guard("", () -> workbook.read(0))) {
      for (SheetRow row = failures.guard("", reader::next);
          row != null;
          row = failures.guard("", reader::next)) {
        for (int column = row.first(); column >= 0 && column < row.width(); column++) {
          if (row.has(column)) {
            cells.add(
                CellAddress.of(column, row.number())
                    + " "
                    + CellKind.of(row.kind(column)).code()
                    + " "
                    + row.text(column));
          }
        }
      }
    }
    return cells;
  }
}
