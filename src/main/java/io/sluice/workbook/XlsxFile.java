package io.sluice.workbook;

import io.sluice.workbook.XlsxPackage.Relation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A workbook in Office Open XML, transitional or strict. Macros and links in it stay untouched. */
final class XlsxFile implements WorkbookFile {
  private static final int MOST_SHEETS = 10_000;

  private final XlsxPackage pack;
  private final String workbook;
  private final List<Sheet> sheets = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();
  private final SharedTexts texts = new SharedTexts();
  private XlsxStyles styles = XlsxStyles.none();
  private boolean since1904;

  /** Takes the package over, and closes it with itself. */
  XlsxFile(XlsxPackage pack, String workbook) throws IOException {
    this.pack = pack;
    this.workbook = workbook;
    try {
      Map<String, Relation> relations = pack.relations(workbook);
      readWorkbook(workbook, relations);
      for (Relation relation : relations.values()) {
        if (pack.has(relation.target())) {
          switch (relation.type()) {
            case "sharedStrings" -> readTexts(relation.target());
            case "styles" -> readStyles(relation.target());
            default -> {}
          }
        }
      }
    } catch (IOException | RuntimeException | Error failed) {
      close();
      throw failed;
    }
  }

  @Override
  public List<Sheet> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public List<Named> tables() throws IOException {
    return XlsxNames.tables(pack, parts);
  }

  @Override
  public List<Named> definedNames() throws IOException {
    return XlsxNames.definedNames(pack, workbook);
  }

  @Override
  public SheetReader read(int sheet) throws IOException {
    return new XlsxSheet(
        pack.open(parts.get(sheet)), new XlsxSheet.Context(texts, styles, since1904));
  }

  @Override
  public void close() throws IOException {
    try (texts) {
      pack.close();
    }
  }

  private void readWorkbook(String workbook, Map<String, Relation> relations) throws IOException {
    try (XmlScanner xml = new XmlScanner(pack.open(workbook))) {
      for (XmlScanner.Token token = xml.next();
          token != XmlScanner.Token.DOCUMENT_END;
          token = xml.next()) {
        if (token == XmlScanner.Token.START) {
          switch (xml.name()) {
            case "workbookPr" -> since1904 = XlsxSheet.flag(xml.value("date1904"));
            case "sheet" -> addSheet(relations, xml);
            default -> {}
          }
        }
      }
    }
  }

  private void addSheet(Map<String, Relation> relations, XmlScanner xml) throws IOException {
    Relation relation = relations.get(String.valueOf(xml.value("id")));
    if (relation == null || !relation.type().equals("worksheet")) {
      return;
    }
    if (!pack.has(relation.target())) {
      throw new IOException("the part of a sheet is not there");
    }
    if (sheets.size() == MOST_SHEETS) {
      throw new UnsafeContentException("it has more than 10,000 sheets");
    }
    String name = xml.value("name");
    String state = xml.value("state");
    sheets.add(
        new Sheet(name == null ? "" : name, state == null || state.equalsIgnoreCase("visible")));
    parts.add(relation.target());
  }

  private void readTexts(String part) throws IOException {
    try (XmlScanner xml = new XmlScanner(pack.open(part))) {
      for (XmlScanner.Token token = xml.next();
          token != XmlScanner.Token.DOCUMENT_END;
          token = xml.next()) {
        if (token == XmlScanner.Token.START && xml.name().equals("si")) {
          texts.add(RichText.read(xml));
        }
      }
    }
  }

  private void readStyles(String part) throws IOException {
    try (XmlScanner xml = new XmlScanner(pack.open(part))) {
      styles = XlsxStyles.read(xml);
    }
  }
}
