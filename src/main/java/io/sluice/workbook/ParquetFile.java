package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.contract.AddedColumns;
import io.sluice.contract.CellKind;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A Parquet file as a sheet: what a contract looks for above the table stands above it, the names
 * of the columns are the header, and the rows follow. A column whose name is the label of a cell
 * above, or the name of its column, is that cell, and must hold the same in all rows.
 */
final class ParquetFile implements OneTable {
  static final String SHEET = "parquet";

  /** Compressed, and so several times as much in memory. */
  private static final long LARGEST_GROUP = 256L << 20;

  private final Path path;
  private final String file;
  private final MessageType schema;
  private final long mostTexts;

  /** Field by cell above the table. */
  private final Map<AboveCell, Integer> above = new LinkedHashMap<>();

  private final int headerRow;

  /**
   * @throws UnsafeContentException if it unpacks to more than is allowed
   */
  ParquetFile(Path path, String file, Opening opening) throws IOException {
    this.path = path;
    this.file = file;
    this.mostTexts = opening.unpackedBytes();
    try (ParquetFileReader reader = open()) {
      long bytes = reader.getRowGroups().stream().mapToLong(BlockMetaData::getTotalByteSize).sum();
      if (bytes > mostTexts) {
        throw tooLarge();
      }
      for (BlockMetaData group : reader.getRowGroups()) {
        if (group.getCompressedSize() > LARGEST_GROUP) {
          throw new UnsafeContentException(
              "a row group is read into memory, and one has more than %,d bytes; write it in smaller ones"
                  .formatted(LARGEST_GROUP));
        }
      }
      this.schema = reader.getFooter().getFileMetaData().getSchema();
    }
    int addressed = 0;
    for (AboveCell cell : opening.above()) {
      int field = field(cell, opening.headers());
      if (field >= 0) {
        above.put(cell, field);
        addressed =
            cell.cell().isEmpty()
                ? addressed
                : Math.max(addressed, CellRange.parse(cell.cell()).firstRow());
      }
    }
    long labelled = above.keySet().stream().filter(cell -> cell.cell().isEmpty()).count();
    this.headerRow = addressed + (int) labelled + 1;
  }

  @Override
  public List<Sheet> sheets() {
    return List.of(new Sheet(SHEET, true));
  }

  @Override
  public int headerRow() {
    return headerRow;
  }

  @Override
  public SheetReader read(int sheet) throws IOException {
    return new Rows(open());
  }

  private ParquetFileReader open() throws IOException {
    return ParquetFileReader.open(new LocalInput(path), ParquetReadOptions.builder().build());
  }

  private UnsafeContentException tooLarge() {
    return new UnsafeContentException(
        "it unpacks to more than %,d bytes (limits.unpacked-bytes)".formatted(mostTexts));
  }

  /** By its own name before its label, and never what the contract names as a column of rows. */
  private int field(AboveCell cell, List<String> headers) {
    int named = field(cell.column().name(), headers);
    return named >= 0 ? named : field(HeaderText.label(cell.label()), headers);
  }

  private int field(String name, List<String> headers) {
    String wanted = AddedColumns.same(name);
    List<Type> fields = schema.getFields();
    for (int i = 0; i < fields.size() && !wanted.isEmpty(); i++) {
      String text = fields.get(i).getName();
      String folded = HeaderText.folded(text);
      if (AddedColumns.same(text).equals(wanted)
          && headers.stream().noneMatch(header -> HeaderText.folded(header).equals(folded))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean value(Type field) {
    return field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED);
  }

  private final class Rows implements SheetReader {
    private final ParquetFileReader reader;
    private final MessageColumnIO columns;
    private final SheetMarks marks = new SheetMarks();
    private final List<SheetRow> ahead = new ArrayList<>();
    private RecordReader<Group> records;
    private long left;
    private int number = headerRow;
    private SheetRow first;
    private long texts;

    Rows(ParquetFileReader reader) throws IOException {
      this.reader = reader;
      this.columns = new ColumnIOFactory().getColumnIO(schema);
      Group group = nextGroup();
      first = new SheetRow(0);
      if (group != null) {
        constants(first, group);
        over();
      }
      ahead.add(header());
      if (group != null) {
        ahead.add(row(group));
      }
    }

    @Override
    public SheetRow next() throws IOException {
      if (!ahead.isEmpty()) {
        return ahead.remove(0);
      }
      Group group = nextGroup();
      return group == null ? null : row(group);
    }

    @Override
    public SheetMarks marks() {
      return marks;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }

    private Group nextGroup() throws IOException {
      while (left == 0) {
        PageReadStore pages = reader.readNextRowGroup();
        if (pages == null) {
          return null;
        }
        left = pages.getRowCount();
        records = columns.getRecordReader(pages, new GroupRecordConverter(schema));
      }
      left--;
      return records.read();
    }

    private SheetRow header() {
      SheetRow header = new SheetRow(headerRow, schema.getFieldCount());
      int column = 0;
      for (int i = 0; i < schema.getFieldCount(); i++) {
        if (!above.containsValue(i)) {
          header.put(column++, schema.getFieldName(i), CellKind.TEXT);
        }
      }
      return header;
    }

    private SheetRow row(Group group) throws UnsafeContentException {
      SheetRow constant = new SheetRow(0);
      constants(constant, group);
      above.forEach((cell, field) -> requireSame(cell, field, constant));
      SheetRow row = new SheetRow(++number, schema.getFieldCount());
      int column = 0;
      for (int i = 0; i < schema.getFieldCount(); i++) {
        if (!above.containsValue(i)) {
          if (value(schema.getType(i))) {
            ParquetCells.put(row, column, group, i);
          } else if (group.getFieldRepetitionCount(i) > 0) {
            row.put(column, "#NESTED", CellKind.ERROR);
          }
          column++;
        }
      }
      count(row);
      return row;
    }

    /** What a footer says of its size, and a dictionary packs into a byte, is not what comes. */
    private void count(SheetRow row) throws UnsafeContentException {
      for (int i = 0; i < row.width(); i++) {
        String text = row.text(i);
        texts += text == null ? 0 : text.length();
      }
      if (texts > mostTexts) {
        throw tooLarge();
      }
    }

    /** The values that stand above the table, each in the column of its field. */
    private void constants(SheetRow into, Group group) {
      above.values().stream()
          .filter(field -> value(schema.getType(field)))
          .forEach(field -> ParquetCells.put(into, field, group, field));
    }

    private void requireSame(AboveCell cell, int field, SheetRow row) {
      if (!Objects.equals(first.text(field), row.text(field))) {
        throw new SluiceException(
            Reason.ABOVE_INVALID,
            "%s has several values of %s".formatted(file, cell.column().name()),
            "%s stands above the table in the contract, and so holds for all rows; row %d of the file"
                    .formatted(cell.column().name(), number - headerRow + 1)
                + " has another value than the first",
            "Write one file for each value of " + cell.column().name() + ".",
            Place.file(file));
      }
    }

    private void over() {
      Map<Integer, SheetRow> rows = new TreeMap<>();
      int next = headerRow - (int) labelled();
      for (Map.Entry<AboveCell, Integer> each : above.entrySet()) {
        AboveCell cell = each.getKey();
        if (cell.cell().isEmpty()) {
          SheetRow row = new SheetRow(next++);
          row.put(0, KnownHeader.label(cell), CellKind.TEXT);
          row.copy(1, first, each.getValue());
          rows.put(row.number(), row);
        } else {
          CellRange at = CellRange.parse(cell.cell());
          rows.computeIfAbsent(at.firstRow(), SheetRow::new)
              .copy(at.firstColumn(), first, each.getValue());
        }
      }
      ahead.addAll(rows.values());
    }

    private long labelled() {
      return above.keySet().stream().filter(cell -> cell.cell().isEmpty()).count();
    }
  }
}
