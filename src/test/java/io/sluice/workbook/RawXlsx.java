package io.sluice.workbook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook written part by part, to say exactly what is stored. */
final class RawXlsx {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  private static final String STRICT_OFFICE =
      "http://purl.oclc.org/ooxml/officeDocument/relationships";

  private String sheetData = "";
  private String strings = "";
  private String workbookProperties = "";
  private String prolog = "";
  private String beforeRows = "";
  private String afterRows = "";
  private boolean strict;
  private boolean stored;
  private final Map<String, String> more = new LinkedHashMap<>();

  RawXlsx rows(String rows) {
    this.sheetData = rows;
    return this;
  }

  RawXlsx strings(String items) {
    this.strings = items;
    return this;
  }

  /** What stands before the sheet's root element. */
  RawXlsx prolog(String prolog) {
    this.prolog = prolog;
    return this;
  }

  /** What stands in the sheet before its rows. */
  RawXlsx beforeRows(String elements) {
    this.beforeRows = elements;
    return this;
  }

  /** What stands in the sheet after its rows. */
  RawXlsx afterRows(String elements) {
    this.afterRows = elements;
    return this;
  }

  /** One more part, that no other refers to. */
  RawXlsx part(String name, String content) {
    more.put(name, content);
    return this;
  }

  /** Packs the parts without compression. */
  RawXlsx stored() {
    this.stored = true;
    return this;
  }

  RawXlsx since1904() {
    this.workbookProperties = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  RawXlsx strict() {
    this.strict = true;
    return this;
  }

  Path write(Path file) throws IOException {
    String main = strict ? STRICT_MAIN : MAIN;
    String office = strict ? STRICT_OFFICE : OFFICE;
    String type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\""
            + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + override("/xl/workbook.xml", type + "sheet.main+xml")
            + override("/xl/worksheets/sheet1.xml", type + "worksheet+xml")
            + override("/xl/sharedStrings.xml", type + "sharedStrings+xml")
            + override("/xl/styles.xml", type + "styles+xml")
            + "</Types>");
    parts.put("_rels/.rels", relations(relation(1, office + "/officeDocument", "xl/workbook.xml")));
    parts.put(
        "xl/workbook.xml",
        ("<workbook xmlns=\"%s\" xmlns:r=\"%s\">%s<sheets>"
                + "<sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")
            .formatted(main, office, workbookProperties));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        relations(
            relation(1, office + "/worksheet", "worksheets/sheet1.xml")
                + relation(2, office + "/sharedStrings", "sharedStrings.xml")
                + relation(3, office + "/styles", "styles.xml")));
    parts.put("xl/sharedStrings.xml", "<sst xmlns=\"" + main + "\">" + strings + "</sst>");
    // Styles: 0 general, 1 the builtin date, 2 a date and time of the workbook's own, 3 a money
    // format with a 'd' in quotes.
    parts.put(
        "xl/styles.xml",
        ("<styleSheet xmlns=\"%s\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd"
                + " hh:mm\"/><numFmt numFmtId=\"165\" formatCode=\"0.00&quot;"
                + " usd&quot;\"/></numFmts><cellStyleXfs><xf"
                + " numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf"
                + " numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf"
                + " numFmtId=\"165\"/></cellXfs></styleSheet>")
            .formatted(main));
    parts.put(
        "xl/worksheets/sheet1.xml",
        prolog
            + "<worksheet xmlns=\""
            + main
            + "\">"
            + beforeRows
            + "<sheetData>"
            + sheetData
            + "</sheetData>"
            + afterRows
            + "</worksheet>");
    parts.putAll(more);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(stored ? Deflater.NO_COMPRESSION : Deflater.DEFAULT_COMPRESSION);
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + type + "\"/>";
  }

  private static String relations(String relations) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + relations
        + "</Relationships>";
  }

  private static String relation(int id, String type, String target) {
    return "<Relationship Id=\"rId%d\" Type=\"%s\" Target=\"%s\"/>".formatted(id, type, target);
  }
}
