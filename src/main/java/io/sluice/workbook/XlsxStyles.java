package io.sluice.workbook;

import java.io.InputStream;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;

/** Which cell styles show a number as a date; nothing else of a style matters to a value. */
final class XlsxStyles {
  private final BitSet dates = new BitSet();

  static XlsxStyles none() {
    return new XlsxStyles();
  }

  static XlsxStyles read(InputStream part) throws XMLStreamException {
    XlsxStyles styles = new XlsxStyles();
    Map<Integer, String> formats = new HashMap<>();
    XMLStreamReader xml = Xml.open(part);
    int style = -1;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "numFmt" -> {
            String code = Xml.attribute(xml, "formatCode");
            formats.put(id(Xml.attribute(xml, "numFmtId")), code == null ? "" : code);
          }
          case "cellXfs" -> style = 0;
          case "xf" -> {
            if (style >= 0) {
              styles.dates.set(style++, date(id(Xml.attribute(xml, "numFmtId")), formats));
            }
          }
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("cellXfs")) {
        break;
      }
    }
    return styles;
  }

  boolean date(int style) {
    return dates.get(style);
  }

  private static boolean date(int id, Map<Integer, String> formats) {
    String code = formats.containsKey(id) ? formats.get(id) : BuiltinFormats.getBuiltinFormat(id);
    return DateUtil.isADateFormat(id, code == null ? "" : code);
  }

  private static int id(String value) {
    return value == null ? 0 : Integer.parseInt(value.trim());
  }
}
