package io.sluice.workbook.marked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.LayoutBuilder;
import io.sluice.config.Secret;
import io.sluice.config.SheetChoice;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.WorkbookTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedWorkbookTest {
  private static final short ROSE = IndexedColors.ROSE.getIndex();
  private static final short YELLOW = IndexedColors.LIGHT_YELLOW.getIndex();
  private static final Map<String, Integer> HEADERS = Map.of("Data", 1);
  private static final Mark BAD_VALUE =
      new Mark(
          "Data", 2, "B2", "value", "TYPE_MISMATCH", "x", "'x' is not a decimal", "Write one.");
  private static final Mark BAD_ROW =
      new Mark("Data", 3, "", "", "ROW_RULE", "", "the row does not meet r", "Correct it.");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"a.xlsx", "a.xls"})
  void theCellInQuestionIsColouredAndSaysWhyAndEverythingElseStays(String name) throws IOException {
    Path original = write(name, book(name));
    byte[] before = Files.readAllBytes(original);

    MarkedWorkbook.Written written = mark(original, source(null), List.of(BAD_VALUE, BAD_ROW));

    assertThat(written).isEqualTo(new MarkedWorkbook.Written(out(name), true, ""));
    assertThat(Files.readAllBytes(original)).isEqualTo(before);
    try (Workbook copy = WorkbookFactory.create(out(name).toFile())) {
      Sheet data = copy.getSheet("Data");
      Cell bad = data.getRow(1).getCell(1);
      assertThat(fill(bad)).isEqualTo(ROSE);
      assertThat(bad.getStringCellValue()).isEqualTo("x");
      assertThat(bad.getCellStyle().getDataFormatString()).isEqualTo("yyyy-mm-dd");
      assertThat(bad.getCellComment().getString().getString())
          .isEqualTo("[Sluice] 'x' is not a decimal. Write one. (TYPE_MISMATCH)");
      assertThat(fill(data.getRow(2).getCell(0))).isEqualTo(YELLOW);
      assertThat(fill(data.getRow(2).getCell(1))).isEqualTo(YELLOW);
      assertThat(data.getRow(2).getCell(0).getCellComment().getString().getString())
          .contains("the row does not meet r");
      Cell formula = data.getRow(2).getCell(1);
      assertThat(formula.getCellFormula()).isEqualTo("1+1");
      assertThat(formula.getNumericCellValue()).isEqualTo(7);
      assertThat(data.getRow(3).getCell(1).getNumericCellValue()).isEqualTo(3);
      assertThat(data.getRow(3).getCell(1).getCellStyle().getFillPattern())
          .isEqualTo(FillPatternType.NO_FILL);
      assertThat(data.getCellComments()).hasSize(2);
    }
  }

  @Test
  void theLastSheetListsEveryReasonWithALinkToItsCellAndIsShownFirst() throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));

    mark(original, source(null), List.of(BAD_VALUE, BAD_ROW));

    try (Workbook copy = WorkbookFactory.create(out("a.xlsx").toFile())) {
      assertThat(copy.getNumberOfSheets()).isEqualTo(2);
      Sheet summary = copy.getSheetAt(1);
      assertThat(summary.getSheetName()).isEqualTo("Sluice rejects");
      assertThat(copy.getActiveSheetIndex()).isEqualTo(1);
      assertThat(copy.getSheetAt(0).isSelected()).isFalse();
      assertThat(texts(summary.getRow(4)))
          .containsExactly(
              "Sheet", "Cell", "Column", "Value", "Reason", "What is wrong", "What to do");
      assertThat(texts(summary.getRow(5)))
          .containsExactly(
              "Data", "B2", "value", "x", "TYPE_MISMATCH", "'x' is not a decimal", "Write one.");
      assertThat(texts(summary.getRow(6)))
          .containsExactly(
              "Data", "row 3", "", "", "ROW_RULE", "the row does not meet r", "Correct it.");
      assertThat(summary.getRow(5).getCell(1).getHyperlink().getAddress()).isEqualTo("Data!B2");
      assertThat(summary.getRow(6).getCell(1).getHyperlink().getAddress()).isEqualTo("Data!A3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.xlsx", "a.xls"})
  void noTextBecomesAFormula(String name) throws IOException {
    List<String> evil =
        List.of("=1+1", "+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1");
    Path original =
        write(
            name,
            book(
                name,
                workbook -> {
                  Row row = workbook.getSheet("Data").createRow(5);
                  for (int i = 0; i < evil.size(); i++) {
                    row.createCell(i).setCellValue(evil.get(i));
                  }
                }));
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < evil.size(); i++) {
      String text = evil.get(i);
      marks.add(
          new Mark("Data", 6, (char) ('A' + i) + "6", text, "TYPE_MISMATCH", text, text, text));
    }

    mark(original, source(null), marks);

    try (Workbook copy = WorkbookFactory.create(out(name).toFile())) {
      List<String> formulas = new ArrayList<>();
      for (Sheet sheet : copy) {
        for (Row row : sheet) {
          for (Cell cell : row) {
            if (cell.getCellType() == CellType.FORMULA) {
              formulas.add(sheet.getSheetName() + " " + cell.getAddress());
            }
          }
        }
      }
      assertThat(formulas).containsExactly("Data B3");
      Sheet summary = copy.getSheet("Sluice rejects");
      for (int i = 0; i < evil.size(); i++) {
        assertThat(copy.getSheet("Data").getRow(5).getCell(i).getStringCellValue())
            .isEqualTo(evil.get(i));
        for (int column : new int[] {2, 3, 5, 6}) {
          Cell cell = summary.getRow(5 + i).getCell(column);
          assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
          assertThat(cell.getStringCellValue()).isEqualTo(evil.get(i));
          assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SheetChoice.By.class,
      names = {"FIRST_VISIBLE", "EVERY_VISIBLE"})
  void aCopyIsReadAsItsOriginalIs(SheetChoice.By choice) throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));
    Source source = source(new SheetChoice(choice, ""), null);

    mark(original, source, List.of(BAD_VALUE, BAD_ROW));

    assertThat(rows(out("a.xlsx"), source))
        .isEqualTo(rows(original, source))
        .containsExactly("Data!2 a|x", "Data!3 b|7", "Data!4 c|3");
  }

  @Test
  void theSummaryIsPassedOverWhereverItIsMoved() throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));
    mark(original, source(null), List.of(BAD_VALUE));
    Path moved = folder.resolve("moved.xlsx");
    try (Workbook copy = WorkbookFactory.create(out("a.xlsx").toFile());
        OutputStream to = Files.newOutputStream(moved)) {
      copy.setSheetOrder("Sluice rejects", 0);
      copy.setSheetName(0, "SLUICE REJECTS ");
      copy.write(to);
    }

    assertThat(rows(moved, source(new SheetChoice(SheetChoice.By.INDEX, "1"), null)))
        .containsExactly("Data!2 a|x", "Data!3 b|7", "Data!4 c|3");
  }

  @Test
  void aMarkedCopySentBackIsMarkedAfresh() throws IOException {
    Path original =
        write(
            "a.xlsx",
            book(
                "a.xlsx",
                workbook -> {
                  comment(workbook.getSheet("Data").getRow(1).getCell(1), "mine");
                  comment(workbook.getSheet("Data").getRow(3).getCell(0), "mine, too");
                }));
    mark(original, source(null), List.of(BAD_VALUE, BAD_ROW));
    Path back = write("back.xlsx", Files.readAllBytes(out("a.xlsx")));

    mark(back, source(null), List.of(BAD_ROW));

    try (Workbook copy = WorkbookFactory.create(out("back.xlsx").toFile())) {
      assertThat(copy.getNumberOfSheets()).isEqualTo(2);
      Sheet data = copy.getSheet("Data");
      assertThat(data.getRow(1).getCell(1).getCellComment().getString().getString())
          .isEqualTo("mine");
      assertThat(data.getRow(1).getCell(1).getCellStyle().getFillPattern())
          .isEqualTo(FillPatternType.NO_FILL);
      assertThat(data.getRow(3).getCell(0).getCellComment().getString().getString())
          .isEqualTo("mine, too");
      assertThat(data.getRow(2).getCell(0).getCellComment().getString().getString())
          .isEqualTo("[Sluice] the row does not meet r. Correct it. (ROW_RULE)");
      assertThat(copy.getSheet("Sluice rejects").getLastRowNum()).isEqualTo(5);
    }
  }

  @Test
  void aMissingValueIsMarkedInItsEmptyCellAndAMergedOneInTheFirstOfItsCells() throws IOException {
    Path original =
        write(
            "a.xlsx",
            book(
                "a.xlsx",
                workbook ->
                    workbook.getSheet("Data").addMergedRegion(CellRangeAddress.valueOf("A2:A3"))));
    Mark missing = new Mark("Data", 4, "C4", "c", "REQUIRED_MISSING", "", "c is missing", "Fill.");
    Mark merged = new Mark("Data", 3, "A3", "id", "REQUIRED_MISSING", "", "id is missing", "Fill.");

    mark(original, source(null), List.of(missing, merged));

    try (Workbook copy = WorkbookFactory.create(out("a.xlsx").toFile())) {
      Sheet data = copy.getSheet("Data");
      assertThat(data.getRow(3).getCell(2).getCellType()).isEqualTo(CellType.BLANK);
      assertThat(fill(data.getRow(3).getCell(2))).isEqualTo(ROSE);
      assertThat(fill(data.getRow(1).getCell(0))).isEqualTo(ROSE);
      assertThat(data.getRow(1).getCell(0).getCellComment().getString().getString())
          .contains("id is missing");
      assertThat(copy.getSheet("Sluice rejects").getRow(6).getCell(1).getHyperlink().getAddress())
          .isEqualTo("Data!A2");
    }
  }

  @Test
  void aCellWithSeveralReasonsHasThemAllInOneComment() throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));
    Mark other = new Mark("Data", 4, "B2", "value", "TOO_LONG", "x", "too long", "Shorten it.");

    mark(original, source(null), List.of(BAD_VALUE, other, other));

    try (Workbook copy = WorkbookFactory.create(out("a.xlsx").toFile())) {
      assertThat(
              copy.getSheet("Data").getRow(1).getCell(1).getCellComment().getString().getString())
          .isEqualTo(
              "[Sluice] 'x' is not a decimal. Write one. (TYPE_MISMATCH)\n"
                  + "[Sluice] too long. Shorten it. (TOO_LONG)");
    }
  }

  @Test
  void macrosStayAsTheyAre() throws IOException {
    byte[] macros = "not run by anybody".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(book("a.xlsx")))) {
      workbook.setVBAProject(new ByteArrayInputStream(macros));
      workbook.write(bytes);
    }
    Path original = write("a.xlsm", bytes.toByteArray());

    mark(original, source(null), List.of(BAD_VALUE));

    try (ZipFile zip = new ZipFile(out("a.xlsm").toFile())) {
      ZipEntry part = zip.getEntry("xl/vbaProject.bin");
      assertThat(zip.getInputStream(part).readAllBytes()).isEqualTo(macros);
      assertThat(
              new String(
                  zip.getInputStream(zip.getEntry("[Content_Types].xml")).readAllBytes(),
                  StandardCharsets.UTF_8))
          .contains("macroEnabled");
    }
  }

  @Test
  void whatAPasswordProtectsStaysProtectedByIt() throws Exception {
    Source source = source(new Secret("file:" + secret("s3cret")));
    Path original = folder.resolve("a.xlsx");
    try (POIFSFileSystem container = new POIFSFileSystem();
        OutputStream to = Files.newOutputStream(original)) {
      Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
      encryptor.confirmPassword("s3cret");
      try (OutputStream plain = encryptor.getDataStream(container)) {
        plain.write(book("a.xlsx"));
      }
      container.writeFilesystem(to);
    }

    mark(original, source, List.of(BAD_VALUE));

    assertThat(rows(out("a.xlsx"), source)).hasSize(3);
    assertThat(refusal(out("a.xlsx"), source(null)).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
    try (Workbook copy = WorkbookFactory.create(out("a.xlsx").toFile(), "s3cret")) {
      assertThat(fill(copy.getSheet("Data").getRow(1).getCell(1))).isEqualTo(ROSE);
    }
  }

  @Test
  void soDoesAnOldWorkbook() throws IOException {
    Source source = source(new Secret("file:" + secret("s3cret")));
    Path original = folder.resolve("a.xls");
    Biff8EncryptionKey.setCurrentUserPassword("s3cret");
    try (HSSFWorkbook workbook = new HSSFWorkbook(new ByteArrayInputStream(book("a.xls")));
        OutputStream to = Files.newOutputStream(original)) {
      workbook.write(to);
    } finally {
      Biff8EncryptionKey.setCurrentUserPassword(null);
    }

    mark(original, source, List.of(BAD_VALUE));

    assertThat(rows(out("a.xls"), source)).hasSize(3);
    assertThat(refusal(out("a.xls"), source(null)).reason()).isEqualTo(Reason.WORKBOOK_ENCRYPTED);
  }

  @Test
  void ofALargeWorkbookTheRejectedRowsAreListedAndCannotBeMistakenForIt() throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));

    MarkedWorkbook.Written written =
        new MarkedWorkbook("in/a.xlsx", source(null), 1_000)
            .write(original, List.of(BAD_ROW), HEADERS, out("a.xlsx"), false);

    Path rows = folder.resolve("out/a.rejected-rows.xlsx");
    assertThat(written.file()).isEqualTo(rows);
    assertThat(written.copy()).isFalse();
    assertThat(written.why()).contains("larger than");
    assertThat(out("a.xlsx")).doesNotExist();
    try (Workbook book = WorkbookFactory.create(rows.toFile())) {
      Sheet sheet = book.getSheet("Sluice rejected rows");
      assertThat(texts(sheet.getRow(0))).containsExactly("Sheet", "Row");
      assertThat(texts(sheet.getRow(1))).containsExactly("Data", "1.0", "id", "value");
      assertThat(texts(sheet.getRow(2))).containsExactly("Data", "3.0", "b", "7");
      assertThat(sheet.getLastRowNum()).isEqualTo(2);
      assertThat(book.getSheet("Sluice rejects")).isNotNull();
    }
    assertThat(refusal(rows, source(null)).reason()).isEqualTo(Reason.SHEET_MISSING);
  }

  @Test
  void soTheyAreOfAWorkbookOfAKindThatCannotBeCopied() throws IOException {
    Path original = write("a.xlsx", strict(book("a.xlsx")));

    MarkedWorkbook.Written written = mark(original, source(null), List.of(BAD_ROW));

    assertThat(written.file()).isEqualTo(folder.resolve("out/a.rejected-rows.xlsx"));
    assertThat(written.copy()).isFalse();
    assertThat(written.why()).startsWith("it cannot be copied").contains("Strict");
    try (Workbook book = WorkbookFactory.create(written.file().toFile())) {
      assertThat(texts(book.getSheet("Sluice rejected rows").getRow(2)))
          .containsExactly("Data", "3.0", "b", "7");
    }
  }

  @Test
  void aFileThatIsThereIsNotWrittenOverUnlessAsked() throws IOException {
    Path original = write("a.xlsx", book("a.xlsx"));
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(out("a.xlsx"), "mended for hours");
    MarkedWorkbook marked = new MarkedWorkbook("in/a.xlsx", source(null), 1 << 20);

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class,
            () -> marked.write(original, List.of(BAD_VALUE), HEADERS, out("a.xlsx"), false));

    assertThat(refusal.reason()).isEqualTo(Reason.USAGE);
    assertThat(refusal.remedy()).contains("--force");
    assertThat(out("a.xlsx")).hasContent("mended for hours");
    marked.write(original, List.of(BAD_VALUE), HEADERS, out("a.xlsx"), true);
    assertThat(rows(out("a.xlsx"), source(null))).hasSize(3);
    assertThat(folder.resolve("out").toFile().list()).containsExactly("a.xlsx");
  }

  @Test
  void whatIsNoWorkbookIsRefused() throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("a.txt"));
    }
    Path original = write("a.xlsx", zip.toByteArray());

    SluiceException refusal =
        catchThrowableOfType(
            SluiceException.class, () -> mark(original, source(null), List.of(BAD_VALUE)));

    assertThat(refusal.reason()).isEqualTo(Reason.NOT_A_WORKBOOK);
  }

  private Path out(String name) {
    return folder.resolve("out").resolve(name);
  }

  private MarkedWorkbook.Written mark(Path original, Source source, List<Mark> marks) {
    return new MarkedWorkbook("in/" + original.getFileName(), source, MarkedWorkbook.USUAL_LIMIT)
        .write(original, marks, HEADERS, out(original.getFileName().toString()), false);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path secret(String password) throws IOException {
    return Files.writeString(folder.resolve("password"), password);
  }

  /** In the namespaces of strict Office Open XML. */
  private static byte[] strict(byte[] transitional) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(transitional));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        out.write(
            text.replace(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main")
                .replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] book(String name) throws IOException {
    return book(name, workbook -> {});
  }

  /** Rows a, b, c; b's value is a formula with 7 as its stored value, whatever it says. */
  private static byte[] book(String name, java.util.function.Consumer<Workbook> more)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = name.endsWith(".xls") ? new HSSFWorkbook() : new XSSFWorkbook()) {
      Sheet data = workbook.createSheet("Data");
      Row header = data.createRow(0);
      header.createCell(0).setCellValue("id");
      header.createCell(1).setCellValue("value");
      CellStyle dates = workbook.createCellStyle();
      dates.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
      for (int i = 0; i < 3; i++) {
        data.createRow(i + 1).createCell(0).setCellValue("abc".substring(i, i + 1));
      }
      Cell bad = data.getRow(1).createCell(1);
      bad.setCellValue("x");
      bad.setCellStyle(dates);
      Cell formula = data.getRow(2).createCell(1);
      formula.setCellFormula("1+1");
      formula.setCellValue(7);
      data.getRow(3).createCell(1).setCellValue(3);
      more.accept(workbook);
      workbook.write(bytes);
    }
    return bytes.toByteArray();
  }

  private static void comment(Cell cell, String text) {
    var helper = cell.getSheet().getWorkbook().getCreationHelper();
    ClientAnchor anchor = helper.createClientAnchor();
    anchor.setRow1(cell.getRowIndex());
    anchor.setCol1(5);
    anchor.setRow2(cell.getRowIndex() + 2);
    anchor.setCol2(7);
    Comment comment = cell.getSheet().createDrawingPatriarch().createCellComment(anchor);
    comment.setString(helper.createRichTextString(text));
    cell.setCellComment(comment);
  }

  private static short fill(Cell cell) {
    assertThat(cell.getCellStyle().getFillPattern()).isEqualTo(FillPatternType.SOLID_FOREGROUND);
    return cell.getCellStyle().getFillForegroundColor();
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    row.forEach(cell -> texts.add(cell.toString()));
    return texts;
  }

  private static List<String> rows(Path file, Source source) {
    List<String> rows = new ArrayList<>();
    try (WorkbookTable table = WorkbookTable.open(file, "in/" + file.getFileName(), source)) {
      table
          .rows()
          .forEachRemaining(
              row ->
                  rows.add(
                      row.layout().sheet()
                          + "!"
                          + row.sheetRow()
                          + " "
                          + String.join("|", row.texts())));
    }
    return rows;
  }

  private static SluiceException refusal(Path file, Source source) {
    return catchThrowableOfType(SluiceException.class, () -> rows(file, source));
  }

  private static Source source(Secret password) {
    return source(SheetChoice.named("Data"), password);
  }

  private static Source source(SheetChoice sheet, Secret password) {
    return SourceBuilder.source("s")
        .files("*")
        .layout(LayoutBuilder.layout().sheet(sheet).build())
        .slice("id")
        .columns(
            ColumnBuilder.text("id").headers("id").build(),
            ColumnBuilder.column("value", ColumnType.decimal(10, 2)).headers("value").build())
        .password(password)
        .build();
  }
}
