package io.sluice.bronze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
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
import io.sluice.lake.Definitions;
import io.sluice.lake.DriftHistory;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.ColumnDrift;
import io.sluice.workbook.OrderKey;
import io.sluice.workbook.TableLayout;
import io.sluice.workbook.WorkbookTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of one file as bronze holds them, without the batch: Spark's own form of a row, since
 * encoding it from an outer one costs as much as parsing the cells. Once they have ended, the
 * file's outcome is told. A file that turns out bad half way has sent rows already; its outcome
 * says that they do not count.
 */
final class WorkbookRows implements Iterator<InternalRow>, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What follows the contract's columns. */
  private static final int OTHER_COLUMNS = 5;

  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

  /** Opens the table of a source in a local file. */
  @FunctionalInterface
  interface Opener {
    WorkbookTable open(Path file, String uri, Source source);
  }

  private final Source source;
  private final LandedFile file;
  private final LocalCopy copy;
  private final Consumer<FileOutcome> outcomes;
  private final String fileId;
  private final List<Integer> sliceColumns;
  private final RowContract sliceContract;
  private final Set<String> slices = new LinkedHashSet<>();
  private final Set<TableLayout> filled = new HashSet<>();
  private final UTF8String fileIdText;
  private final ColumnSums sums;

  private WorkbookTable table;
  private Iterator<BoundRow> rows;
  private TableLayout layout;
  private UTF8String addresses;
  private UTF8String sheet;
  private String[] unknownKeys;
  private String orderKey;
  private String[] sliceTexts;
  private String sliceKinds;
  private InternalRow ready;
  private boolean finished;

  private WorkbookRows(
      Source source,
      ZoneId zone,
      LandedFile file,
      LocalCopy copy,
      Opener opener,
      Consumer<FileOutcome> outcomes) {
    this.source = source;
    this.file = file;
    this.copy = copy;
    this.fileId = FileId.of(source, file.uri(), copy.fileId());
    this.outcomes = outcomes;
    this.sums = new ColumnSums(source, file.sums());
    this.orderKey = file.orderKey();
    this.fileIdText = UTF8String.fromString(fileId);
    List<Column> columns = source.contractColumns();
    List<String> names = columns.stream().map(Column::name).toList();
    this.sliceColumns = source.slice().stream().map(names::indexOf).toList();
    this.sliceContract = new RowContract(sliceColumns.stream().map(columns::get).toList(), zone);
    try {
      requireUnchanged();
      if (file.known().contains(fileId)) {
        finish(FileOutcome.known(file.uri(), fileId));
        return;
      }
      table = opener.open(copy.path(), file.uri(), source);
      rows = table.rows();
    } catch (SluiceException e) {
      finish(FileOutcome.refused(file.uri(), fileId, e));
    }
    requireSameSecrets();
  }

  /**
   * Asked after the secrets of sensitive columns were read: hashes under two secrets in one table
   * could not be told apart any more.
   */
  private void requireSameSecrets() {
    if (!source.hashed()) {
      return;
    }
    try {
      if (!Definitions.contract(source).equals(file.contract())) {
        throw new SluiceException(
            Reason.CONFIG_INVALID,
            "A secret for sensitive columns of source " + source.name() + " is not the run's",
            "the workbooks are read where another secret stands under its name than where the run"
                + " began, or it was changed since",
            "Let all machines have the same secret and run again; nothing of this was written.");
      }
    } catch (SluiceException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    if (ready == null && !finished) {
      try {
        if (rows.hasNext()) {
          ready = record(rows.next());
        } else {
          finish(completed());
        }
      } catch (SluiceException e) {
        finish(FileOutcome.refused(file.uri(), fileId, e));
      }
    }
    return ready != null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    InternalRow row = ready;
    ready = null;
    return row;
  }

  private void finish(FileOutcome outcome) {
    finished = true;
    close();
    outcomes.accept(outcome);
  }

  private InternalRow record(BoundRow row) {
    if (row.layout() != layout) {
      begin(row);
    }
    noteSlice(row);
    sums.add(row);
    String[] texts = row.texts();
    Object[] values = new Object[texts.length + OTHER_COLUMNS + (source.keepsUnknown() ? 1 : 0)];
    int i = 0;
    for (String text : texts) {
      values[i++] = UTF8String.fromString(text);
    }
    values[i++] = UTF8String.fromString(row.kinds());
    values[i++] = addresses;
    values[i++] = fileIdText;
    values[i++] = sheet;
    values[i++] = row.sheetRow();
    if (row.unknown() != null) {
      values[i] = unknownCells(row.unknown());
    }
    return new GenericInternalRow(values);
  }

  private UTF8String unknownCells(String[] texts) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        json.append(json.length() > 1 ? "," : "").append(unknownKeys[i]).append(quoted(texts[i]));
      }
    }
    return UTF8String.fromString(json.append('}').toString());
  }

  private static String quoted(String text) {
    return new StringBuilder()
        .append('"')
        .append(ENCODER.quoteAsString(text))
        .append('"')
        .toString();
  }

  /** The first row of a sheet. */
  private void begin(BoundRow row) {
    layout = row.layout();
    filled.add(layout);
    addresses = UTF8String.fromString(String.join(",", layout.addresses()));
    sheet = UTF8String.fromString(layout.sheet());
    unknownKeys =
        layout.unknown().stream().map(header -> quoted(header) + ":").toArray(String[]::new);
    orderKey = OrderKey.agreeing(orderKey, source, file.uri(), file.modifiedMillis(), row);
  }

  private void noteSlice(BoundRow row) {
    String[] texts = new String[sliceColumns.size()];
    StringBuilder kinds = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.texts()[sliceColumns.get(i)];
      kinds.append(row.kinds().charAt(sliceColumns.get(i)));
    }
    String kindsText = kinds.toString();
    // Rows of a slice stand together in most sheets.
    if (kindsText.equals(sliceKinds) && Arrays.equals(texts, sliceTexts)) {
      return;
    }
    sliceTexts = texts;
    sliceKinds = kindsText;
    ConvertedRow converted = sliceContract.convert(texts, kindsText);
    slices.add(
        converted.violations().isEmpty()
            ? SliceText.of(source.slice(), Arrays.asList(converted.values()))
            : SliceText.unknown(fileId));
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
      BoundRow none = new BoundRow(sheet, sheet.headerRow(), texts, new String(kinds), null);
      begin(none);
      noteSlice(none);
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
        layoutJson(),
        sums.all());
  }

  private String layoutJson() {
    List<Map<String, Object>> sheets = new ArrayList<>();
    Iterator<List<ColumnDrift>> drift = table.drift().iterator();
    for (TableLayout sheet : table.layouts()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("sheet", sheet.sheet());
      fields.put("header_row", sheet.headerRow());
      fields.put("addresses", sheet.addresses());
      fields.put("headers", sheet.headers());
      List<ColumnDrift> passed = drift.next();
      if (!passed.isEmpty()) {
        fields.put(DriftHistory.IN_LAYOUT, passed);
      }
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
  static Iterator<InternalRow> of(
      Source source,
      ZoneId zone,
      LandedFile file,
      LocalCopy.Landing landing,
      Opener opener,
      Consumer<FileOutcome> outcomes) {
    try {
      return new WorkbookRows(source, zone, file, landing.fetch(file), opener, outcomes);
    } catch (IOException e) {
      SluiceException refusal =
          new SluiceException(
              Reason.FILE_UNREADABLE,
              "The file cannot be read",
              String.valueOf(e.getMessage()),
              "Check that it still exists and that this process may read it.",
              Place.file(file.uri()),
              e);
      outcomes.accept(FileOutcome.refused(file.uri(), "", refusal));
      return Collections.emptyIterator();
    }
  }
}
