package io.sluice.workbook;

import io.sluice.workbook.WorkbookFile.Named;
import io.sluice.workbook.XlsxPackage.Relation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a workbook in Office Open XML calls by a name; read only for a source that goes by one. */
final class XlsxNames {
  private static final int MOST_NAMES = 100_000;

  private XlsxNames() {}

  /**
   * @param sheets the parts of the worksheets, in the order of their tabs
   */
  static List<Named> tables(XlsxPackage pack, List<String> sheets) throws IOException {
    List<Named> tables = new ArrayList<>();
    for (int i = 0; i < sheets.size(); i++) {
      for (Relation relation : pack.relations(sheets.get(i)).values()) {
        if (relation.type().equals("table") && pack.has(relation.target())) {
          limit(tables);
          tables.add(table(pack, relation.target(), i));
        }
      }
    }
    return tables;
  }

  /** ECMA-376 part 1, 18.2.5. */
  static List<Named> definedNames(XlsxPackage pack, String workbook) throws IOException {
    Map<String, Relation> relations = pack.relations(workbook);
    List<Named> names = new ArrayList<>();
    // Names count all sheets; charts and the like are none of ours and become -2.
    List<Integer> sheets = new ArrayList<>();
    int worksheets = 0;
    try (XmlScanner xml = new XmlScanner(pack.open(workbook))) {
      for (XmlScanner.Token token = xml.next();
          token != XmlScanner.Token.DOCUMENT_END;
          token = xml.next()) {
        if (token == XmlScanner.Token.START) {
          switch (xml.name()) {
            case "sheet" -> {
              Relation relation = relations.get(String.valueOf(xml.value("id")));
              boolean worksheet = relation != null && relation.type().equals("worksheet");
              sheets.add(worksheet ? worksheets++ : -2);
            }
            case "definedName" -> {
              limit(names);
              names.add(definedName(xml, sheets));
            }
            default -> {}
          }
        }
      }
    }
    return names;
  }

  private static Named definedName(XmlScanner xml, List<Integer> sheets) throws IOException {
    String name = xml.value("name");
    String scope = xml.value("localSheetId");
    int sheet = scope == null ? -1 : sheets.get(Integer.parseInt(scope.trim()));
    return new Named(name == null ? "" : name, sheet, xml.text().string(), 0, 0);
  }

  /** ECMA-376 part 1, 18.5.1.2. */
  private static Named table(XlsxPackage pack, String part, int sheet) throws IOException {
    try (XmlScanner xml = new XmlScanner(pack.open(part))) {
      if (xml.next() != XmlScanner.Token.START) {
        throw new IOException("a table's part is empty");
      }
      String shown = xml.value("displayName");
      String name = shown == null ? xml.value("name") : shown;
      String cells = xml.value("ref");
      return new Named(
          name == null ? "" : name,
          sheet,
          cells == null ? "" : cells,
          count(xml.value("headerRowCount"), 1),
          count(xml.value("totalsRowCount"), 0));
    }
  }

  private static void limit(List<Named> names) throws UnsafeContentException {
    if (names.size() == MOST_NAMES) {
      throw new UnsafeContentException("it names more than 100,000 things");
    }
  }

  private static int count(String value, int absent) {
    return value == null ? absent : Integer.parseInt(value.trim());
  }
}
