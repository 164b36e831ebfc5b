package io.sluice.benchmark;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Csv;
import io.sluice.config.Deliveries;
import io.sluice.config.Drift;
import io.sluice.config.Layout;
import io.sluice.config.Limits;
import io.sluice.config.NumberText;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A workbook like those of desks: codes and names as shared texts, whole and money amounts, numbers
 * with the noise of doubles, dates. The same size gives the same file.
 */
final class GeneratedWorkbook {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String SHEET_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final int CODES = 5_000;
  private static final int FIRST_DAY = 45_292;

  private final int rows;
  private final int columns;

  GeneratedWorkbook(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** A contract of all its columns as text. */
  Source source() {
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      all.add(
          new Column(
              "c" + i,
              "",
              List.of("Column " + i),
              ColumnType.of(ColumnType.Kind.STRING),
              false,
              List.of(),
              List.of(),
              "",
              List.of(),
              Column.ScaleExcess.REJECT,
              Column.Blanks.KEEP,
              NumberText.USUAL,
              Bounds.NONE,
              null));
    }
    return new Source(
        "generated",
        "",
        "",
        "*.xlsx",
        Layout.of("", 50),
        // Fifty values, as portfolios in a large file.
        List.of(columns >= 8 ? "c7" : "c0"),
        new Order(Order.By.MODIFIED_TIME, ""),
        null,
        null,
        List.of(),
        all,
        new TableEnd(false, "", "", List.of()),
        new Drift(Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL, Drift.Policy.FAIL),
        new Limits(
            BigDecimal.ZERO,
            Limits.ANY,
            0,
            Limits.USUAL_UNPACKED_BYTES,
            Limits.USUAL_UNPACKED_RATIO),
        null,
        Source.Reader.SLUICE,
        "",
        List.of(),
        List.of(),
        List.of(),
        Source.Empty.REFUSE,
        Csv.USUAL,
        false,
        Deliveries.SINGLE,
        Source.Delivers.SLICES);
  }

  void write(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      part(zip, "[Content_Types].xml", types());
      part(zip, "_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml")));
      part(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
              .formatted(MAIN, OFFICE));
      part(
          zip,
          "xl/_rels/workbook.xml.rels",
          relations(
              relation(1, "worksheet", "worksheets/sheet1.xml")
                  + relation(2, "sharedStrings", "sharedStrings.xml")
                  + relation(3, "styles", "styles.xml")));
      part(
          zip,
          "xl/styles.xml",
          "<styleSheet xmlns=\"%s\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
              .formatted(MAIN));
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      texts(writer(zip)).flush();
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      sheet(writer(zip)).flush();
      zip.closeEntry();
    }
  }

  private Writer texts(Writer out) throws IOException {
    out.write("<sst xmlns=\"" + MAIN + "\">");
    for (int i = 0; i < columns; i++) {
      out.write("<si><t>Column " + i + "</t></si>");
    }
    for (int i = 0; i < CODES; i++) {
      out.write("<si><t>" + "%09d".formatted(i * 7_919L % 1_000_000_007L) + "</t></si>");
    }
    for (int i = 0; i < names(); i++) {
      out.write("<si><t>Société Générale &amp; Partners No " + i + "</t></si>");
    }
    out.write("</sst>");
    return out;
  }

  private int names() {
    return Math.max(1, rows / 4);
  }

  private Writer sheet(Writer out) throws IOException {
    Random random = new Random(rows);
    out.write("<worksheet xmlns=\"" + MAIN + "\"><sheetData><row r=\"1\">");
    for (int i = 0; i < columns; i++) {
      out.write("<c r=\"" + (char) ('A' + i) + "1\" t=\"s\"><v>" + i + "</v></c>");
    }
    out.write("</row>");
    StringBuilder row = new StringBuilder();
    for (int number = 2; number <= rows + 1; number++) {
      row.setLength(0);
      row.append("<row r=\"").append(number).append("\" spans=\"1:").append(columns).append("\">");
      for (int i = 0; i < columns; i++) {
        row.append("<c r=\"").append((char) ('A' + i)).append(number).append('"');
        cell(row, i % 8, random);
        row.append("</v></c>");
      }
      out.append(row.append("</row>"));
    }
    out.write("</sheetData></worksheet>");
    return out;
  }

  private void cell(StringBuilder row, int kind, Random random) {
    switch (kind) {
      case 0 -> row.append(" t=\"s\"><v>").append(columns + random.nextInt(CODES));
      case 1 -> row.append(" t=\"s\"><v>").append(columns + CODES + random.nextInt(names()));
      case 2 -> row.append("><v>").append(random.nextInt(10_000_000));
      case 3 -> row.append("><v>").append(random.nextInt(1_000_000) / 100.0);
      // As Excel writes it: seventeen digits, the last ones of no meaning.
      case 4 ->
          row.append("><v>")
              .append("%.17f".formatted(random.nextInt(1_000_000) / 1_000_000.0).substring(0, 19));
      case 5 -> row.append("><v>").append(random.nextInt(1_000_000) * random.nextDouble());
      case 6 -> row.append(" s=\"1\"><v>").append(FIRST_DAY + random.nextInt(700));
      default -> row.append(" t=\"s\"><v>").append(columns + random.nextInt(50));
    }
  }

  private static String types() {
    return "<Types xmlns=\""
        + PACKAGE
        + "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + override("/xl/workbook.xml", "sheet.main+xml")
        + override("/xl/worksheets/sheet1.xml", "worksheet+xml")
        + override("/xl/sharedStrings.xml", "sharedStrings+xml")
        + override("/xl/styles.xml", "styles+xml")
        + "</Types>";
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"" + part + "\" ContentType=\"" + SHEET_TYPE + type + "\"/>";
  }

  private static String relations(String relations) {
    return "<Relationships xmlns=\""
        + PACKAGE
        + "relationships\">"
        + relations
        + "</Relationships>";
  }

  private static String relation(int id, String type, String target) {
    return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
        .formatted(id, OFFICE, type, target);
  }

  private static Writer writer(ZipOutputStream zip) {
    return new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
  }

  private static void part(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
  }
}
