package io.sluice.workbook;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;

/** Which cell styles show a number as a date; nothing else of a style matters to a value. */
final class XlsxStyles {
  /** Excel's own limit; what is longer is no format. */
  private static final int LONGEST_FORMAT = 1024;

  private final BitSet dates = new BitSet();

  static XlsxStyles none() {
    return new XlsxStyles();
  }

  static XlsxStyles read(XmlScanner xml) throws IOException {
    XlsxStyles styles = new XlsxStyles();
    Map<Integer, String> formats = new HashMap<>();
    Map<Integer, Boolean> known = new HashMap<>();
    int style = -1;
    for (XmlScanner.Token token = xml.next();
        token != XmlScanner.Token.DOCUMENT_END;
        token = xml.next()) {
      if (token == XmlScanner.Token.START) {
        switch (xml.name()) {
          case "numFmt" -> {
            String code = xml.value("formatCode");
            formats.put(id(xml), code == null ? "" : code);
          }
          case "cellXfs" -> style = 0;
          case "xf" -> {
            if (style >= 0) {
              styles.dates.set(style++, known.computeIfAbsent(id(xml), id -> date(id, formats)));
            }
          }
          default -> {}
        }
      } else if (xml.name().equals("cellXfs")) {
        xml.drain();
        return styles;
      }
    }
    return styles;
  }

  boolean date(int style) {
    return dates.get(style);
  }

  private static boolean date(int id, Map<Integer, String> formats) {
    String code = formats.containsKey(id) ? formats.get(id) : BuiltinFormats.getBuiltinFormat(id);
    return code == null
        ? DateUtil.isADateFormat(id, "")
        : code.length() <= LONGEST_FORMAT && DateUtil.isADateFormat(id, code);
  }

  private static int id(XmlScanner xml) throws IOException {
    String value = xml.value("numFmtId");
    return value == null ? 0 : Integer.parseInt(value.trim());
  }
}
