package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;

/**
 * A workbook in Office Open XML, transitional or strict. POI opens the package and keeps its limits
 * on zip bombs.
 */
final class XlsxFile implements WorkbookFile {
  private final OPCPackage pack;
  private final PackagePart workbook;
  private final List<Sheet> sheets = new ArrayList<>();
  private final List<PackagePart> parts = new ArrayList<>();
  private final List<String> strings = new ArrayList<>();
  private XlsxStyles styles = XlsxStyles.none();
  private boolean since1904;

  /** Takes the package over, and closes it with itself. */
  XlsxFile(OPCPackage pack, PackagePart workbook) throws IOException {
    this.pack = pack;
    this.workbook = workbook;
    try {
      readWorkbook(workbook);
      for (PackageRelationship relation : workbook.getRelationships()) {
        if (relation.getRelationshipType().endsWith("/sharedStrings")) {
          readStrings(workbook.getRelatedPart(relation));
        } else if (relation.getRelationshipType().endsWith("/styles")) {
          readStyles(workbook.getRelatedPart(relation));
        }
      }
    } catch (XMLStreamException failed) {
      throw Xml.failure(failed);
    } catch (InvalidFormatException failed) {
      throw new IOException(failed.getMessage(), failed);
    }
  }

  @Override
  public List<Sheet> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public List<Named> tables() throws IOException {
    return XlsxNames.tables(parts);
  }

  @Override
  public List<Named> definedNames() throws IOException {
    return XlsxNames.definedNames(workbook);
  }

  @Override
  public SheetReader read(int sheet) throws IOException {
    return new XlsxSheet(
        parts.get(sheet).getInputStream(), new XlsxSheet.Context(strings, styles, since1904));
  }

  @Override
  public void close() {
    pack.revert();
  }

  private void readWorkbook(PackagePart workbook)
      throws IOException, XMLStreamException, InvalidFormatException {
    try (InputStream stream = workbook.getInputStream()) {
      XMLStreamReader xml = Xml.open(stream);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "workbookPr" -> since1904 = Xml.flag(Xml.attribute(xml, "date1904"));
            case "sheet" -> addSheet(workbook, xml);
            default -> {}
          }
        }
      }
    }
  }

  private void addSheet(PackagePart workbook, XMLStreamReader xml)
      throws IOException, InvalidFormatException {
    String id = Xml.attribute(xml, "id");
    PackageRelationship relation = id == null ? null : workbook.getRelationship(id);
    if (relation == null || !relation.getRelationshipType().endsWith("/worksheet")) {
      return;
    }
    PackagePart part = workbook.getRelatedPart(relation);
    if (part == null) {
      throw new IOException("the part of a sheet is not there");
    }
    String name = Xml.attribute(xml, "name");
    String state = Xml.attribute(xml, "state");
    sheets.add(
        new Sheet(name == null ? "" : name, state == null || state.equalsIgnoreCase("visible")));
    parts.add(part);
  }

  private void readStrings(PackagePart part) throws IOException, XMLStreamException {
    try (InputStream stream = part.getInputStream()) {
      XMLStreamReader xml = Xml.open(stream);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("si")) {
          strings.add(Xml.richText(xml));
        }
      }
    }
  }

  private void readStyles(PackagePart part) throws IOException, XMLStreamException {
    try (InputStream stream = part.getInputStream()) {
      styles = XlsxStyles.read(stream);
    }
  }
}
