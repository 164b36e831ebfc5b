package io.sluice.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a sheet as an .xlsx file whose bytes depend on nothing but the sheet and the time it is
 * said to be saved at. A library would put the clock into the archive and its own name into the
 * properties.
 */
final class Xlsx {
  private static final String HEAD =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String DOCUMENT =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String SPREADSHEET =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private static final String FILLS =
      "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
          + "<fill><patternFill patternType=\"gray125\"/></fill></fills>";
  private static final String BORDERS =
      "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>";

  private Xlsx() {}

  static byte[] bytes(Sheet sheet, Instant saved) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SharedStrings strings = new SharedStrings();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      LocalDateTime time = LocalDateTime.ofInstant(saved, ZoneOffset.UTC);
      put(zip, time, "[Content_Types].xml", contentTypes());
      put(zip, time, "_rels/.rels", packageRelations());
      put(zip, time, "docProps/core.xml", properties(saved));
      put(zip, time, "xl/workbook.xml", workbook(sheet.name()));
      put(zip, time, "xl/_rels/workbook.xml.rels", workbookRelations());
      put(zip, time, "xl/styles.xml", styles());
      begin(zip, time, "xl/worksheets/sheet1.xml");
      rows(zip, sheet.rows(), strings);
      zip.closeEntry();
      put(zip, time, "xl/sharedStrings.xml", strings.xml());
    } catch (IOException e) {
      throw new UncheckedIOException("Memory refused to be written to", e);
    }
    return bytes.toByteArray();
  }

  private static void rows(ZipOutputStream zip, List<List<Cell>> rows, SharedStrings strings)
      throws IOException {
    StringBuilder xml = new StringBuilder(HEAD);
    xml.append("<worksheet xmlns=\"").append(MAIN).append("\"><cols>");
    xml.append("<col min=\"1\" max=\"12\" width=\"18\" customWidth=\"1\"/></cols><sheetData>");
    for (int row = 1; row <= rows.size(); row++) {
      List<Cell> cells = rows.get(row - 1);
      if (cells.isEmpty()) {
        continue;
      }
      xml.append("<row r=\"").append(row).append("\">");
      for (int column = 0; column < cells.size(); column++) {
        xml.append(cells.get(column).xml(Cell.address(column, row), strings));
      }
      xml.append("</row>");
      if (xml.length() > 1 << 16) {
        zip.write(xml.toString().getBytes(StandardCharsets.UTF_8));
        xml.setLength(0);
      }
    }
    xml.append("</sheetData></worksheet>");
    zip.write(xml.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ZipOutputStream zip, LocalDateTime time, String name, String xml)
      throws IOException {
    begin(zip, time, name);
    zip.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static void begin(ZipOutputStream zip, LocalDateTime time, String name)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    // The local form is stored as it stands; setTime would convert by the machine's time zone.
    entry.setTimeLocal(time);
    zip.putNextEntry(entry);
  }

  private static String contentTypes() {
    return "<Types xmlns=\""
        + PACKAGE
        + "content-types\">"
        + "<Default Extension=\"rels\" ContentType="
        + "\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + override("/xl/workbook.xml", SPREADSHEET + "sheet.main+xml")
        + override("/xl/worksheets/sheet1.xml", SPREADSHEET + "worksheet+xml")
        + override("/xl/styles.xml", SPREADSHEET + "styles+xml")
        + override("/xl/sharedStrings.xml", SPREADSHEET + "sharedStrings+xml")
        + override(
            "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        + "</Types>";
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
  }

  private static String packageRelations() {
    return relations(
        relation("rId1", DOCUMENT + "/officeDocument", "xl/workbook.xml")
            + relation(
                "rId2", PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"));
  }

  private static String workbookRelations() {
    return relations(
        relation("rId1", DOCUMENT + "/worksheet", "worksheets/sheet1.xml")
            + relation("rId2", DOCUMENT + "/styles", "styles.xml")
            + relation("rId3", DOCUMENT + "/sharedStrings", "sharedStrings.xml"));
  }

  private static String relations(String content) {
    return "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + content + "</Relationships>";
  }

  private static String relation(String id, String type, String target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + type + "\" Target=\"" + target + "\"/>";
  }

  private static String properties(Instant saved) {
    String time = " xsi:type=\"dcterms:W3CDTF\">" + saved;
    return "<cp:coreProperties xmlns:cp=\""
        + PACKAGE
        + "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        + " xmlns:dcterms=\"http://purl.org/dc/terms/\""
        + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        + "<dc:creator>Sluice sample</dc:creator><dcterms:created"
        + time
        + "</dcterms:created><dcterms:modified"
        + time
        + "</dcterms:modified></cp:coreProperties>";
  }

  private static String workbook(String sheet) {
    return "<workbook xmlns=\""
        + MAIN
        + "\" xmlns:r=\""
        + DOCUMENT
        + "\"><sheets><sheet name=\""
        + Xml.escaped(sheet)
        + "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  }

  private static String styles() {
    StringBuilder formats = new StringBuilder();
    StringBuilder cells = new StringBuilder();
    for (Style style : Style.values()) {
      int format = style.format().equals("General") ? 0 : 164 + style.ordinal();
      if (format > 0) {
        formats.append("<numFmt numFmtId=\"").append(format).append("\" formatCode=\"");
        formats.append(Xml.escaped(style.format())).append("\"/>");
      }
      cells.append("<xf numFmtId=\"").append(format).append("\" fontId=\"");
      cells.append(style.bold() ? 1 : 0).append("\" fillId=\"0\" borderId=\"0\" xfId=\"0\"");
      cells.append(" applyNumberFormat=\"1\" applyFont=\"1\"/>");
    }
    String font = "<sz val=\"11\"/><name val=\"Calibri\"/></font>";
    long formatCount =
        Arrays.stream(Style.values()).filter(s -> !s.format().equals("General")).count();
    return "<styleSheet xmlns=\""
        + MAIN
        + "\"><numFmts count=\""
        + formatCount
        + "\">"
        + formats
        + "</numFmts><fonts count=\"2\"><font>"
        + font
        + "<font><b/>"
        + font
        + "</fonts>"
        + FILLS
        + BORDERS
        + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\""
        + " borderId=\"0\"/></cellStyleXfs><cellXfs count=\""
        + Style.values().length
        + "\">"
        + cells
        + "</cellXfs></styleSheet>";
  }
}
