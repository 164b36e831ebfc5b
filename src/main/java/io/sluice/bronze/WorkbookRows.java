package io.sluice.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.CellKind;
import io.sluice.contract.ConvertedRow;
import io.sluice.contract.RowContract;
import io.sluice.contract.SliceText;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.OrderKey;
import io.sluice.workbook.TableLayout;
import io.sluice.workbook.WorkbookTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The records of one file: a record per data row, and last one that carries the file's outcome. A
 * file that turns out bad half way has sent rows already; its outcome says that they do not count.
 */
final class WorkbookRows implements Iterator<Row>, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Opens the table of a source in a local file. */
  @FunctionalInterface
  interface Opener {
    WorkbookTable open(Path file, String uri, Source source);
  }

  private final Source source;
  private final LandedFile file;
  private final LocalCopy copy;
  private final Opener opener;
  private final String fileId;
  private final List<Integer> sliceColumns;
  private final RowContract sliceContract;
  private final Set<String> slices = new LinkedHashSet<>();
  private final Set<TableLayout> filled = new HashSet<>();

  private WorkbookTable table;
  private Iterator<BoundRow> rows;
  private TableLayout layout;
  private String addresses;
  private String orderKey;
  private FileOutcome outcome;
  private boolean finished;

  private WorkbookRows(Source source, ZoneId zone, LandedFile file, LocalCopy copy, Opener opener) {
    this.source = source;
    this.opener = opener;
    this.file = file;
    this.copy = copy;
    this.fileId = FileId.of(source, file.uri(), copy.fileId());
    this.orderKey = file.orderKey();
    List<Column> columns = source.contractColumns();
    List<String> names = columns.stream().map(Column::name).toList();
    this.sliceColumns = source.slice().stream().map(names::indexOf).toList();
    this.sliceContract = new RowContract(sliceColumns.stream().map(columns::get).toList(), zone);
    open();
  }

  private void open() {
    try {
      requireUnchanged();
      table = opener.open(copy.path(), file.uri(), source);
      rows = table.rows();
    } catch (SluiceException e) {
      outcome = FileOutcome.refused(file.uri(), fileId, e);
    }
  }

  @Override
  public boolean hasNext() {
    return !finished;
  }

  @Override
  public Row next() {
    if (finished) {
      throw new NoSuchElementException();
    }
    if (outcome == null) {
      try {
        if (rows.hasNext()) {
          return record(rows.next());
        }
        outcome = completed();
      } catch (SluiceException e) {
        outcome = FileOutcome.refused(file.uri(), fileId, e);
      }
    }
    finished = true;
    close();
    Object[] values = new Object[source.contractColumns().size() + 7];
    values[values.length - 2] = file.uri();
    values[values.length - 1] = outcome.toJson();
    return RowFactory.create(values);
  }

  private Row record(BoundRow row) {
    if (row.layout() != layout) {
      begin(row);
    }
    slices.add(slice(row));
    String[] texts = row.texts();
    Object[] values = Arrays.copyOf(texts, texts.length + 7, Object[].class);
    int i = texts.length;
    values[i++] = row.kinds();
    values[i++] = addresses;
    values[i++] = fileId;
    values[i++] = layout.sheet();
    values[i++] = row.sheetRow();
    values[i] = file.uri();
    return RowFactory.create(values);
  }

  /** The first row of a sheet. */
  private void begin(BoundRow row) {
    layout = row.layout();
    filled.add(layout);
    addresses = String.join(",", layout.addresses());
    orderKey = OrderKey.agreeing(orderKey, source, file.uri(), file.modifiedMillis(), row);
  }

  private String slice(BoundRow row) {
    String[] texts = new String[sliceColumns.size()];
    StringBuilder kinds = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.texts()[sliceColumns.get(i)];
      kinds.append(row.kinds().charAt(sliceColumns.get(i)));
    }
    ConvertedRow converted = sliceContract.convert(texts, kinds.toString());
    return converted.violations().isEmpty()
        ? SliceText.of(source.slice(), Arrays.asList(converted.values()))
        : SliceText.unknown(fileId);
  }

  /** Before it is read: half a file breaks in any way. */
  private void requireUnchanged() {
    if (copy.size() != file.size()) {
      throw new SluiceException(
          Reason.FILE_CHANGED_WHILE_READ,
          "The file changed while it was read",
          "it was listed with %d bytes and read with %d".formatted(file.size(), copy.size()),
          "It is read again by the next run.",
          Place.file(file.uri()));
    }
  }

  /** A table without rows restates its slice as its cells above say it. */
  private void clearEmpty() {
    for (TableLayout sheet : table.layouts()) {
      if (filled.contains(sheet)) {
        continue;
      }
      String[] texts = new String[source.contractColumns().size()];
      char[] kinds = new char[texts.length];
      Arrays.fill(kinds, CellKind.BLANK.code());
      for (int i = 0; i < sheet.aboveTexts().size(); i++) {
        kinds[i] = sheet.aboveKinds().charAt(i);
        texts[i] = kinds[i] == CellKind.BLANK.code() ? null : sheet.aboveTexts().get(i);
      }
      BoundRow none = new BoundRow(sheet, sheet.headerRow(), texts, new String(kinds));
      begin(none);
      slices.add(slice(none));
    }
  }

  private FileOutcome completed() {
    var counts = table.counts();
    table.requireRows();
    clearEmpty();
    return new FileOutcome(
        file.uri(),
        fileId,
        "",
        "",
        "",
        "",
        String.join(", ", table.layouts().stream().map(TableLayout::sheet).toList()),
        "",
        orderKey,
        counts.sheetRows(),
        counts.data(),
        List.copyOf(slices),
        table.notes(),
        layoutJson());
  }

  private String layoutJson() {
    List<Map<String, Object>> sheets = new ArrayList<>();
    for (TableLayout sheet : table.layouts()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("sheet", sheet.sheet());
      fields.put("header_row", sheet.headerRow());
      fields.put("addresses", sheet.addresses());
      fields.put("headers", sheet.headers());
      sheets.add(fields);
    }
    try {
      return JSON.writeValueAsString(sheets.size() == 1 ? sheets.get(0) : sheets);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values always has a JSON form", e);
    }
  }

  @Override
  public void close() {
    try {
      if (table != null) {
        table.close();
      }
    } finally {
      copy.close();
    }
  }

  /** Opens a file; whatever goes wrong before the first row becomes its outcome. */
  static Iterator<Row> of(Source source, ZoneId zone, LandedFile file, LocalCopy.Landing landing) {
    return of(source, zone, file, landing, WorkbookTable::open);
  }

  static Iterator<Row> of(
      Source source, ZoneId zone, LandedFile file, LocalCopy.Landing landing, Opener opener) {
    try {
      return new WorkbookRows(source, zone, file, landing.fetch(file), opener);
    } catch (IOException e) {
      SluiceException refusal =
          new SluiceException(
              Reason.FILE_UNREADABLE,
              "The file cannot be read",
              String.valueOf(e.getMessage()),
              "Check that it still exists and that this process may read it.",
              Place.file(file.uri()),
              e);
      Object[] values = new Object[source.contractColumns().size() + 7];
      values[values.length - 2] = file.uri();
      values[values.length - 1] = FileOutcome.refused(file.uri(), "", refusal).toJson();
      return List.of(RowFactory.create(values)).iterator();
    }
  }
}
