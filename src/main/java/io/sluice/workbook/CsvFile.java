package io.sluice.workbook;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import io.sluice.config.Csv;
import io.sluice.contract.CellKind;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;

/** A CSV file as a sheet whose cells are all texts; its rows count as a spreadsheet counts them. */
final class CsvFile implements OneTable {
  static final String SHEET = "csv";

  /** As many characters as a cell of Excel holds: a quote that nobody closes is soon noticed. */
  private static final int LONGEST_CELL = 32_767;

  private static final int LOOKED_AT = 1 << 16;

  /**
   * A line of its own at the end, of a character that no text has: the parser takes the rest of a
   * file for one cell where a quote is not closed, and with it this line.
   */
  private static final String END = "\uFDD0";

  private final Path path;
  private final Csv csv;

  CsvFile(Path path, Csv csv) {
    this.path = path;
    this.csv = csv;
  }

  @Override
  public List<Sheet> sheets() {
    return List.of(new Sheet(SHEET, true));
  }

  @Override
  public int headerRow() {
    return 0;
  }

  @Override
  public SheetReader read(int sheet) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(csv.delimiter().charAt(0));
    settings.setSkipEmptyLines(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setMaxColumns(CellAddress.MOST_COLUMNS);
    settings.setMaxCharsPerColumn(LONGEST_CELL);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    // A comment is nothing that CSV has, and a first cell may begin with any character.
    settings.setCommentProcessingEnabled(false);
    // What reads on a thread of its own may end before it says that it failed.
    settings.setReadInputOnSeparateThread(false);
    Reader reader = new CsvText(path, csv.charset()).reader(LOOKED_AT);
    try {
      String separator = separator(reader);
      settings.getFormat().setLineSeparator(separator);
      CsvParser parser = new CsvParser(settings);
      parser.beginParsing(new Ended(reader, separator + END));
      return new Rows(parser);
    } catch (IOException | RuntimeException failed) {
      reader.close();
      throw failed;
    }
  }

  /** What ends the first line. */
  private static String separator(Reader reader) throws IOException {
    reader.mark(LOOKED_AT);
    boolean quoted = false;
    String separator = "\n";
    for (int i = 0; i < LOOKED_AT - 1; i++) {
      int c = reader.read();
      quoted ^= c == '"';
      if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
        separator = c != '\r' ? "\n" : reader.read() == '\n' ? "\r\n" : "\r";
        break;
      }
    }
    reader.reset();
    return separator;
  }

  private static final class Rows implements SheetReader {
    private final CsvParser parser;
    private final SheetMarks marks = new SheetMarks();
    private int number;
    private boolean ended;

    Rows(CsvParser parser) {
      this.parser = parser;
    }

    @Override
    public SheetRow next() throws IOException {
      String[] texts = ended ? null : parsed();
      if (texts == null) {
        return null;
      }
      int last = texts.length - 1;
      if (last >= 0 && texts[last] != null && texts[last].contains(END)) {
        if (last == 0 && texts[0].equals(END)) {
          ended = true;
          return null;
        }
        throw broken();
      }
      // Where lines end in two ways.
      if (last >= 0 && texts[last] != null && texts[last].endsWith("\r")) {
        texts[last] = texts[last].substring(0, texts[last].length() - 1);
      }
      SheetRow row = new SheetRow(++number, texts.length);
      for (int i = 0; i < texts.length; i++) {
        row.put(i, texts[i], CellKind.TEXT);
      }
      return row;
    }

    private String[] parsed() throws IOException {
      String[] texts;
      try {
        texts = parser.parseNext();
      } catch (TextParsingException failed) {
        throw reason(failed);
      }
      if (texts == null) {
        throw new IOException("after row %,d it breaks off".formatted(number));
      }
      return texts;
    }

    private IOException reason(TextParsingException failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException read) {
          return read;
        }
      }
      return failed.getColumnIndex() >= CellAddress.MOST_COLUMNS - 1
          ? new IOException(
              "row %,d has more than %,d cells".formatted(number + 1, CellAddress.MOST_COLUMNS))
          : broken();
    }

    private IOException broken() {
      return new IOException(
          "after row %,d a quote is not closed, or stands within a quoted cell without its double, or a cell has more than %,d characters"
              .formatted(number, LONGEST_CELL));
    }

    @Override
    public SheetMarks marks() {
      return marks;
    }

    @Override
    public void close() {
      parser.stopParsing();
    }
  }

  /** A text, and one more. */
  private static final class Ended extends Reader {
    private final Reader text;
    private final Reader end;
    private boolean ended;

    Ended(Reader text, String end) {
      this.text = text;
      this.end = new StringReader(end);
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      int read = ended ? -1 : text.read(into, from, length);
      ended |= read < 0;
      return ended ? end.read(into, from, length) : read;
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
