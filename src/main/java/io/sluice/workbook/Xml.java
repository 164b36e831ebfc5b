package io.sluice.workbook;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reading of parts: no document types, no entities, nothing from outside of the file. */
final class Xml {
  private static final XMLInputFactory FACTORY = factory();

  private Xml() {}

  /** Opens a part and moves to the start of its root element. */
  static XMLStreamReader open(InputStream part) throws XMLStreamException {
    XMLStreamReader xml;
    // The factory of the JDK is not documented to be safe for concurrent use.
    synchronized (FACTORY) {
      xml = FACTORY.createXMLStreamReader(part);
    }
    while (xml.next() != XMLStreamConstants.START_ELEMENT) {
      if (xml.getEventType() == XMLStreamConstants.DTD) {
        throw new XMLStreamException("it declares a document type, which no workbook does");
      }
    }
    return xml;
  }

  /**
   * The value of an attribute whatever its namespace: strict and transitional workbooks differ in
   * it. Null if absent.
   */
  static String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      if (xml.getAttributeLocalName(i).equals(name)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  static boolean flag(String value) {
    return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
  }

  /** Moves from an element's start to its end. */
  static void skip(XMLStreamReader xml) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
  }

  /**
   * The text of a string item or inline string, its runs joined, phonetic guides left out. Moves to
   * the element's end.
   */
  static String richText(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "t" -> text.append(xml.getElementText());
          case "r" -> depth++;
          default -> skip(xml);
        }
      }
    }
    return Escapes.decoded(text.toString());
  }

  /** A parser's failure may be that of the stream under it, which knows better what is wrong. */
  static IOException failure(XMLStreamException failed) {
    if (failed.getNestedException() instanceof IOException below) {
      return below;
    }
    return new IOException(failed.getMessage(), failed);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }
}
