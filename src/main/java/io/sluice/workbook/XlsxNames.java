package io.sluice.workbook;

import io.sluice.workbook.WorkbookFile.Named;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;

/** What a workbook in Office Open XML calls by a name; read only for a source that goes by one. */
final class XlsxNames {
  private XlsxNames() {}

  /**
   * @param sheets the parts of the worksheets, in the order of their tabs
   */
  static List<Named> tables(List<PackagePart> sheets) throws IOException {
    List<Named> tables = new ArrayList<>();
    try {
      for (int i = 0; i < sheets.size(); i++) {
        for (PackageRelationship relation : sheets.get(i).getRelationships()) {
          if (relation.getRelationshipType().endsWith("/table")) {
            PackagePart part = sheets.get(i).getRelatedPart(relation);
            if (part != null) {
              tables.add(table(part, i));
            }
          }
        }
      }
    } catch (XMLStreamException failed) {
      throw Xml.failure(failed);
    } catch (InvalidFormatException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
    return tables;
  }

  /** ECMA-376 part 1, 18.2.5. */
  static List<Named> definedNames(PackagePart workbook) throws IOException {
    List<Named> names = new ArrayList<>();
    List<Integer> worksheets = new ArrayList<>();
    try (InputStream stream = workbook.getInputStream()) {
      XMLStreamReader xml = Xml.open(stream);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "sheet" -> worksheets.add(worksheet(workbook, xml, worksheets));
            case "definedName" -> {
              String name = Xml.attribute(xml, "name");
              String scope = Xml.attribute(xml, "localSheetId");
              int sheet = scope == null ? -1 : worksheets.get(Integer.parseInt(scope.trim()));
              names.add(new Named(name == null ? "" : name, sheet, xml.getElementText(), 0, 0));
            }
            default -> {}
          }
        }
      }
    } catch (XMLStreamException failed) {
      throw Xml.failure(failed);
    }
    return names;
  }

  /** Names count all sheets, of which charts and the like are none of ours: those become -2. */
  private static int worksheet(PackagePart workbook, XMLStreamReader xml, List<Integer> before) {
    String id = Xml.attribute(xml, "id");
    PackageRelationship relation = id == null ? null : workbook.getRelationship(id);
    boolean worksheet = relation != null && relation.getRelationshipType().endsWith("/worksheet");
    return worksheet ? (int) before.stream().filter(index -> index >= 0).count() : -2;
  }

  /** ECMA-376 part 1, 18.5.1.2. */
  private static Named table(PackagePart part, int sheet) throws IOException, XMLStreamException {
    try (InputStream stream = part.getInputStream()) {
      XMLStreamReader xml = Xml.open(stream);
      String shown = Xml.attribute(xml, "displayName");
      String name = shown == null ? Xml.attribute(xml, "name") : shown;
      String cells = Xml.attribute(xml, "ref");
      return new Named(
          name == null ? "" : name,
          sheet,
          cells == null ? "" : cells,
          count(Xml.attribute(xml, "headerRowCount"), 1),
          count(Xml.attribute(xml, "totalsRowCount"), 0));
    }
  }

  private static int count(String value, int absent) {
    return value == null ? absent : Integer.parseInt(value.trim());
  }
}
