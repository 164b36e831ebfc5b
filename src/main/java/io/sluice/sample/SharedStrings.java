package io.sluice.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of a workbook, each once, in the order of their first use. */
final class SharedStrings {
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private int uses;

  int index(String text) {
    uses++;
    return indexes.computeIfAbsent(text, added -> indexes.size());
  }

  String xml() {
    StringBuilder xml = new StringBuilder();
    xml.append("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"")
        .append(uses)
        .append("\" uniqueCount=\"")
        .append(indexes.size())
        .append("\">");
    for (String text : indexes.keySet()) {
      xml.append("<si><t xml:space=\"preserve\">").append(Xml.escaped(text)).append("</t></si>");
    }
    return xml.append("</sst>").toString();
  }
}
