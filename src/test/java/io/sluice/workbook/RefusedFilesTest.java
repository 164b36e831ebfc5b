package io.sluice.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.Source;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedFilesTest {
  private static final Source SOURCE = Sources.of(List.of(Sources.text("value", "Value"))).build();
  private static final String HEADER =
      "<row r=\"1\"><c t=\"inlineStr\"><is><t>Value</t></is></c></row>";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%PDF-1.7 text | NOT_A_WORKBOOK | is a PDF document, not a workbook",
        "<!DOCTYPE html><html> | NOT_A_WORKBOOK | is an HTML page, not a workbook",
        "id,value 1,2 | NOT_A_WORKBOOK | is plain text (such as CSV), not a workbook",
        "<?xml version='1.0'?><a/> | NOT_A_WORKBOOK | is an XML document, not a workbook",
        "<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/> |"
            + " WORKBOOK_UNSUPPORTED | is an XML Spreadsheet 2003",
      })
  void aFileOfAnotherKindIsRefusedByItsKind(String content, Reason reason, String problem)
      throws IOException {
    SluiceException refusal = refusal(content.getBytes(StandardCharsets.UTF_8));
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.problem()).isEqualTo("in/book.xlsx " + problem);
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    assertThat(refusal(new byte[0]).reason()).isEqualTo(Reason.FILE_ZERO_BYTES);
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws IOException {
    byte[] whole = workbook();
    for (int share = 1; share < 10; share++) {
      SluiceException refusal = refusal(Arrays.copyOf(whole, whole.length * share / 10));
      assertThat(refusal.reason()).isEqualTo(Reason.FILE_TRUNCATED);
    }
  }

  @Test
  void aFileDamagedInTheMiddleIsRefused() throws IOException {
    byte[] damaged = workbook();
    Arrays.fill(damaged, 40, damaged.length - 60, (byte) 0x55);
    assertThat(refusal(damaged).reason()).isEqualTo(Reason.FILE_UNREADABLE);
  }

  @Test
  void anEncryptedWorkbookIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      Encryptor encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
      encryptor.confirmPassword("secret");
      try (OutputStream out = encryptor.getDataStream(container)) {
        out.write(workbook());
      }
      container.writeFilesystem(bytes);
    }
    assertThat(refusal(bytes.toByteArray()).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
  }

  @Test
  void zipArchivesAndOtherDocumentsAreToldApart() throws IOException {
    assertThat(refusal(zip("readme.txt")).problem()).endsWith("is a zip archive, not a workbook");
    assertThat(refusal(zip("mimetype", "content.xml")).problem())
        .endsWith("is an OpenDocument file, not a workbook");
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      container.getRoot().createDocument("WordDocument", new ByteArrayInputStream(workbook()));
      container.writeFilesystem(word);
    }
    assertThat(refusal(word.toByteArray()).problem())
        .endsWith("is a Word document, not a workbook");
  }

  @Test
  void anOldWorkbookUnderANewNameIsReadForWhatItIs() throws IOException {
    Path file = folder.resolve("book.xlsx");
    try (HSSFWorkbook book = new HSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      book.createSheet("Data").createRow(0).createCell(0).setCellValue("Value");
      book.write(out);
    }
    try (WorkbookTable table = WorkbookTable.open(file, "in/book.xlsx", SOURCE)) {
      assertThat(table.rows()).isExhausted();
    }
  }

  @Test
  void aZipBombIsRefused() throws IOException {
    Path file = folder.resolve("book.xlsx");
    new RawXlsx().rows(HEADER + " ".repeat(50_000_000)).write(file);
    SluiceException refusal = refusalWhileReading(file);
    assertThat(refusal.reason()).isEqualTo(Reason.WORKBOOK_UNSAFE);
  }

  @Test
  void aSheetThatBreaksOffBelowTheHeaderIsRefusedWhileItIsRead() throws IOException {
    Path file = folder.resolve("book.xlsx");
    new RawXlsx()
        .rows(HEADER + "<row r=\"30\"><c><v>1</v></c></row><row r=\"31\"><c><v>2</c></row>")
        .write(file);
    SluiceException refusal = refusalWhileReading(file);
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.place().orElseThrow().sheet()).isEqualTo("Data");
  }

  @Test
  void aDocumentTypeIsRefusedAndNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Path file = folder.resolve("book.xlsx");
    new RawXlsx()
        .prolog("<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"%s\">]>".formatted(secret.toUri()))
        .rows(HEADER + "<row r=\"2\"><c t=\"str\"><v>&e;</v></c></row>")
        .write(file);
    SluiceException refusal = refusalWhileReading(file);
    assertThat(refusal.reason()).isEqualTo(Reason.FILE_UNREADABLE);
    assertThat(refusal.why()).contains("document type");
  }

  private SluiceException refusalWhileReading(Path file) {
    return catchThrowableOfType(
        SluiceException.class,
        () -> {
          try (WorkbookTable table = WorkbookTable.open(file, "in/book.xlsx", SOURCE)) {
            table.rows().forEachRemaining(row -> {});
          }
        });
  }

  private SluiceException refusal(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("book.xlsx"), content);
    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> WorkbookTable.open(file, "in/book.xlsx", SOURCE).close());
    assertThat(refusal.place().orElseThrow().file()).isEqualTo("in/book.xlsx");
    assertThat(refusal.remedy()).isNotBlank();
    return refusal;
  }

  private byte[] workbook() throws IOException {
    return Files.readAllBytes(new RawXlsx().rows(HEADER).write(folder.resolve("whole.xlsx")));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(1);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
