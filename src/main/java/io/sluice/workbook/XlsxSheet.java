package io.sluice.workbook;

import io.sluice.contract.CellKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.LocalDateTime;

/**
 * The rows of a worksheet part (ECMA-376 part 1, 18.3.1), read as a stream: memory does not grow
 * with the sheet.
 */
final class XlsxSheet implements SheetReader {
  /** What cells mean by themselves only together with the rest of the workbook. */
  record Context(SharedTexts texts, XlsxStyles styles, boolean since1904) {}

  private static final int RECENT_DAYS = 1024;

  private final int[] recentDays = new int[RECENT_DAYS];
  private final String[] recentDates = new String[RECENT_DAYS];
  private final XmlScanner xml;
  private final Context context;
  private final SheetMarks marks = new SheetMarks();
  private int lastRow;
  private int lastCells = 8;
  private boolean inData;
  private boolean ended;

  XlsxSheet(InputStream part, Context context) throws IOException {
    this.context = context;
    this.xml = new XmlScanner(part);
  }

  @Override
  public SheetRow next() throws IOException {
    while (!ended) {
      switch (xml.next()) {
        case START -> {
          if (inData && xml.name().equals("row")) {
            return row();
          }
          started();
        }
        case END -> {
          switch (xml.name()) {
            case "sheetData" -> inData = false;
            case "mergeCells" -> end();
            default -> {}
          }
        }
        case DOCUMENT_END -> ended = true;
      }
    }
    return null;
  }

  @Override
  public SheetMarks marks() {
    return marks;
  }

  @Override
  public void close() throws IOException {
    xml.close();
  }

  static boolean flag(String value) {
    return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
  }

  private void started() throws IOException {
    switch (xml.name()) {
      case "col" -> column();
      case "sheetData" -> inData = true;
      case "mergeCell" -> merged();
      // What follows the merged cells in a sheet (18.3.1.99), if there are none.
      case "conditionalFormatting", "dataValidations", "hyperlinks", "pageMargins" -> end();
      default -> {}
    }
  }

  private void end() throws IOException {
    ended = true;
    xml.drain();
  }

  private void column() throws IOException {
    String first = xml.value("min");
    String last = xml.value("max");
    if (first != null && last != null && flag(xml.value("hidden"))) {
      marks.hide(first, last);
    }
  }

  private void merged() throws IOException {
    String range = xml.value("ref");
    if (range != null) {
      marks.merge(range);
    }
  }

  private SheetRow row() throws IOException {
    int number = rowNumber();
    if (number <= lastRow || number > CellAddress.MOST_ROWS) {
      throw new IOException("row " + number + " follows row " + lastRow);
    }
    lastRow = number;
    SheetRow row = new SheetRow(number, lastCells);
    if (flag(xml.value("hidden"))) {
      row.hide();
    }
    int column = -1;
    while (xml.next() != XmlScanner.Token.END) {
      if (xml.name().equals("c")) {
        column = column(column + 1);
        cell(row, column);
      } else {
        xml.skip();
      }
    }
    lastCells = row.cells();
    return row;
  }

  private int rowNumber() throws IOException {
    int address = xml.attributes().find("r");
    if (address < 0) {
      return lastRow + 1;
    }
    int number = xml.attributes().digits(address);
    return number < 0 ? Integer.parseInt(xml.attributes().value(address).trim()) : number;
  }

  private int column(int following) throws IOException {
    int address = xml.attributes().find("r");
    int column = address < 0 ? following : xml.attributes().column(address);
    if (column < 0) {
      column = CellAddress.column(xml.attributes().value(address));
    }
    if (column >= CellAddress.MOST_COLUMNS) {
      throw new IOException("row " + lastRow + " has too many cells");
    }
    return column;
  }

  private void cell(SheetRow row, int column) throws IOException {
    int typed = xml.attributes().find("t");
    // Nearly all cells are of these two types; the others are rare enough for a string.
    boolean shared = typed >= 0 && xml.attributes().is(typed, 's');
    String type = typed < 0 || shared ? null : xml.attributes().value(typed);
    boolean date = date();
    boolean formula = false;
    boolean filled = false;
    String inline = null;
    while (xml.next() != XmlScanner.Token.END) {
      switch (xml.name()) {
        case "v" -> {
          XmlText value = xml.text();
          // A formula's empty text is a value; of the other types nothing is none.
          filled = "str".equals(type) || !value.isBlank();
          if (filled) {
            value(row, column, value, shared ? "s" : type, date);
          }
        }
        case "is" -> inline = RichText.read(xml);
        case "f" -> {
          formula = true;
          xml.skip();
        }
        default -> xml.skip();
      }
    }
    if (inline != null && "inlineStr".equals(type)) {
      row.put(column, inline, CellKind.TEXT);
    } else if (formula && !filled) {
      row.put(column, null, CellKind.FORMULA_WITHOUT_VALUE);
    }
  }

  private boolean date() throws IOException {
    int style = xml.attributes().find("s");
    if (style < 0) {
      return context.styles().date(0);
    }
    int number = xml.attributes().digits(style);
    return context
        .styles()
        .date(number < 0 ? Integer.parseInt(xml.attributes().value(style).trim()) : number);
  }

  private void value(SheetRow row, int column, XmlText value, String type, boolean date)
      throws IOException {
    if (type == null) {
      number(row, column, value, date);
      return;
    }
    switch (type) {
      case "s" -> shared(row, column, value);
      case "str" -> row.put(column, Escapes.decoded(value.string()), CellKind.TEXT);
      case "inlineStr" -> row.put(column, value.string(), CellKind.TEXT);
      case "b" -> row.put(column, flag(value.string().trim()) ? "TRUE" : "FALSE", CellKind.BOOLEAN);
      case "e" -> row.put(column, value.string().trim(), CellKind.ERROR);
      case "d" -> isoDate(row, column, value.string().trim());
      default -> number(row, column, value, date);
    }
  }

  /** -1 for what is no number. */
  private static int number(XmlText index) throws IOException {
    int digits = XmlNumbers.digits(index.bytes, index.from, index.to);
    if (digits >= 0) {
      return digits;
    }
    try {
      return Integer.parseInt(index.string().trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void shared(SheetRow row, int column, XmlText index) throws IOException {
    int number = number(index);
    if (number < 0 || number >= context.texts().count()) {
      // Not which: a writer that is at fault may have put the text itself there.
      throw new IOException("a cell names a shared string that is not there");
    }
    String text = context.texts().at(number);
    if (text != null) {
      row.fill(column, text, CellKind.TEXT);
    }
  }

  private void number(SheetRow row, int column, XmlText value, boolean dated) throws IOException {
    try {
      String date = dated ? date(value) : null;
      if (date == null) {
        row.fill(column, StoredNumber.plain(value), CellKind.NUMBER);
      } else {
        row.fill(column, date, CellKind.DATE);
      }
    } catch (NumberFormatException notNumber) {
      // One bad cell is its row's matter, not the file's: as text it is rejected with its address.
      row.put(column, value.string(), CellKind.TEXT);
    }
  }

  /** Null if Excel has no date for the number. */
  private String date(XmlText value) throws IOException {
    int day = XmlNumbers.digits(value.bytes, value.from, value.to);
    if (day < 0) {
      return SerialDate.iso(Double.parseDouble(value.string()), context.since1904());
    }
    int slot = day % RECENT_DAYS;
    if (recentDates[slot] == null || recentDays[slot] != day) {
      recentDates[slot] = SerialDate.iso(day, context.since1904());
      recentDays[slot] = day;
    }
    return recentDates[slot];
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
