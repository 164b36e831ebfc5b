package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The rows of a worksheet part (ECMA-376 part 1, 18.3.1), read as a stream: memory does not grow
 * with the sheet.
 */
final class XlsxSheet implements SheetReader {
  /** What cells mean by themselves only together with the rest of the workbook. */
  record Context(List<String> strings, XlsxStyles styles, boolean since1904) {}

  private final InputStream part;
  private final XMLStreamReader xml;
  private final Context context;
  private final SheetMarks marks = new SheetMarks();
  private int lastRow;
  private boolean inData;
  private boolean done;

  XlsxSheet(InputStream part, Context context) throws IOException {
    this.part = part;
    this.context = context;
    try {
      this.xml = Xml.open(part);
    } catch (XMLStreamException failed) {
      throw Xml.failure(failed);
    }
  }

  @Override
  public SheetRow next() throws IOException {
    try {
      while (!done && xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "col" -> column();
            case "sheetData" -> inData = true;
            case "mergeCell" -> merged();
            // What follows the merged cells in every sheet (18.3.1.99), if there are none.
            case "conditionalFormatting", "dataValidations", "pageMargins" -> done = true;
            case "row" -> {
              if (inData) {
                return row();
              }
            }
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          switch (xml.getLocalName()) {
            case "sheetData" -> inData = false;
            case "mergeCells" -> done = true;
            default -> {}
          }
        }
      }
      return null;
    } catch (XMLStreamException failed) {
      throw Xml.failure(failed);
    }
  }

  @Override
  public SheetMarks marks() {
    return marks;
  }

  @Override
  public void close() throws IOException {
    part.close();
  }

  private void column() {
    String first = Xml.attribute(xml, "min");
    String last = Xml.attribute(xml, "max");
    if (first != null && last != null && Xml.flag(Xml.attribute(xml, "hidden"))) {
      marks.hide(Integer.parseInt(first.trim()) - 1, Integer.parseInt(last.trim()) - 1);
    }
  }

  private void merged() {
    String range = Xml.attribute(xml, "ref");
    if (range != null) {
      marks.merge(CellRange.parse(range));
    }
  }

  private SheetRow row() throws XMLStreamException, IOException {
    String stated = Xml.attribute(xml, "r");
    int number = stated == null ? lastRow + 1 : Integer.parseInt(stated.trim());
    if (number <= lastRow || number > CellAddress.MOST_ROWS) {
      throw new IOException("row " + number + " follows row " + lastRow);
    }
    lastRow = number;
    SheetRow row = new SheetRow(number);
    if (Xml.flag(Xml.attribute(xml, "hidden"))) {
      row.hide();
    }
    int column = -1;
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.isStartElement()) {
        if (xml.getLocalName().equals("c")) {
          String address = Xml.attribute(xml, "r");
          column = address == null ? column + 1 : CellAddress.column(address);
          if (column >= CellAddress.MOST_COLUMNS) {
            throw new IOException("row " + number + " has too many cells");
          }
          cell(row, column);
        } else {
          Xml.skip(xml);
        }
      }
    }
    return row;
  }

  private void cell(SheetRow row, int column) throws XMLStreamException, IOException {
    String type = Xml.attribute(xml, "t");
    String style = Xml.attribute(xml, "s");
    String value = null;
    String inline = null;
    boolean formula = false;
    while (xml.next() != XMLStreamConstants.END_ELEMENT) {
      if (xml.isStartElement()) {
        switch (xml.getLocalName()) {
          case "v" -> value = xml.getElementText();
          case "is" -> inline = Xml.richText(xml);
          case "f" -> {
            formula = true;
            Xml.skip(xml);
          }
          default -> Xml.skip(xml);
        }
      }
    }
    String kind = type == null ? "n" : type;
    if (kind.equals("inlineStr")) {
      row.put(column, inline == null ? value : inline, CellKind.TEXT);
    } else if (value == null || (value.isBlank() && !kind.equals("str"))) {
      row.put(column, null, formula ? CellKind.FORMULA_WITHOUT_VALUE : CellKind.BLANK);
    } else {
      switch (kind) {
        case "s" -> row.put(column, shared(value), CellKind.TEXT);
        case "str" -> row.put(column, Escapes.decoded(value), CellKind.TEXT);
        case "b" -> row.put(column, Xml.flag(value.trim()) ? "TRUE" : "FALSE", CellKind.BOOLEAN);
        case "e" -> row.put(column, value.trim(), CellKind.ERROR);
        case "d" -> isoDate(row, column, value.trim());
        default -> number(row, column, value, style);
      }
    }
  }

  private String shared(String index) throws IOException {
    int number = Integer.parseInt(index.trim());
    if (number < 0 || number >= context.strings().size()) {
      throw new IOException("a cell names the shared string " + number + ", which is not there");
    }
    return context.strings().get(number);
  }

  private void number(SheetRow row, int column, String value, String style) {
    int styleIndex = style == null ? 0 : Integer.parseInt(style.trim());
    try {
      String date =
          context.styles().date(styleIndex)
              ? SerialDate.iso(Double.parseDouble(value), context.since1904())
              : null;
      if (date == null) {
        row.put(column, StoredNumber.plain(value), CellKind.NUMBER);
      } else {
        row.put(column, date, CellKind.DATE);
      }
    } catch (NumberFormatException notNumber) {
      // One bad cell is its row's matter, not the file's: as text it is rejected with its address.
      row.put(column, value, CellKind.TEXT);
    }
  }

  private static void isoDate(SheetRow row, int column, String value) {
    try {
      String complete = value.contains("T") ? value : value + "T00:00:00";
      String local =
          complete.endsWith("Z") ? complete.substring(0, complete.length() - 1) : complete;
      row.put(column, SerialDate.text(LocalDateTime.parse(local)), CellKind.DATE);
    } catch (DateTimeException notDate) {
      row.put(column, value, CellKind.TEXT);
    }
  }
}
