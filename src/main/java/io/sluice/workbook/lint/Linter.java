package io.sluice.workbook.lint;

import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.ConvertedRow;
import io.sluice.contract.RejectLimit;
import io.sluice.contract.RowContract;
import io.sluice.contract.SensitiveCells;
import io.sluice.contract.SliceText;
import io.sluice.contract.Violation;
import io.sluice.error.SluiceException;
import io.sluice.workbook.BoundRow;
import io.sluice.workbook.LockFile;
import io.sluice.workbook.OrderKey;
import io.sluice.workbook.TableLayout;
import io.sluice.workbook.WorkbookTable;
import io.sluice.workbook.lint.LintedFile.Refusal;
import io.sluice.workbook.lint.LintedFile.Reject;
import io.sluice.workbook.lint.LintedFile.Slice;
import io.sluice.workbook.lint.LintedFile.Verdict;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds workbooks against the contract of a source. Not safe for concurrent use. */
public final class Linter {
  private static final String UNKNOWN = "";

  private final Source source;
  private final int most;
  private final RowContract contract;
  private final List<String> names;
  private final int[] sliceColumns;

  private final List<Reject> rejects = new ArrayList<>();
  private final Map<String, Long> byReason = new TreeMap<>();
  private final Map<String, long[]> slices = new LinkedHashMap<>();
  private long rejectedRows;

  private Linter(Source source, ZoneId zone, int most) {
    List<Column> columns = source.contractColumns();
    this.source = source;
    this.most = most;
    this.contract = new RowContract(columns, zone);
    this.names = columns.stream().map(Column::name).toList();
    this.sliceColumns = source.slice().stream().mapToInt(names::indexOf).toArray();
  }

  /**
   * What a pipeline would say of a file.
   *
   * @param path relative to the landing, how messages name the file
   * @param zone of the pipeline
   * @param most bad cells to keep; all of them are counted
   */
  public static LintedFile lint(Path file, String path, Source source, ZoneId zone, int most) {
    if (LockFile.is(path)) {
      return without(path, source, Verdict.SKIPPED, LockFile.skipped(path));
    }
    SensitiveCells sensitive = SensitiveCells.toCheck(source);
    try (WorkbookTable table = WorkbookTable.open(file, path, source, sensitive)) {
      return new Linter(source, zone, most).read(table, path);
    } catch (SluiceException refusal) {
      return without(path, source, Verdict.REFUSED, refusal);
    }
  }

  private static LintedFile without(
      String path, Source source, Verdict verdict, SluiceException why) {
    Refusal refusal = Refusal.of(why);
    return new LintedFile(
        path,
        source.name(),
        verdict,
        refusal,
        refusal.sheet(),
        0,
        null,
        0,
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }

  private LintedFile read(WorkbookTable table, String path) {
    TableLayout layout = null;
    String[] addresses = {};
    String order = "";
    Iterator<BoundRow> rows = table.rows();
    while (rows.hasNext()) {
      BoundRow row = rows.next();
      if (row.layout() != layout) {
        layout = row.layout();
        addresses = layout.addresses().toArray(String[]::new);
        // Asked for its refusal: when the file was modified says nothing about the workbook.
        order = OrderKey.agreeing(order, source, path, 0, row);
      }
      take(row, addresses);
    }
    table.requireRows();
    return new LintedFile(
        path,
        source.name(),
        rejectedRows == 0 ? Verdict.CLEAN : Verdict.REJECTS,
        null,
        String.join(", ", table.layouts().stream().map(TableLayout::sheet).toList()),
        table.layout().headerRow(),
        table.counts(),
        rejectedRows,
        rejects,
        byReason,
        judged(),
        table.notes());
  }

  private void take(BoundRow row, String[] addresses) {
    ConvertedRow converted = contract.convert(row.texts(), row.kinds());
    long[] rejectedOfAll = slices.computeIfAbsent(slice(converted), name -> new long[2]);
    rejectedOfAll[1]++;
    if (converted.accepted()) {
      return;
    }
    rejectedOfAll[0]++;
    rejectedRows++;
    for (Violation violation : converted.violations()) {
      byReason.merge(violation.reason().name(), 1L, Long::sum);
      if (rejects.size() < most) {
        rejects.add(
            new Reject(
                row.layout().sheet(),
                row.sheetRow(),
                violation.cell(addresses, row.sheetRow()),
                names.get(violation.column()),
                violation.reason().name(),
                violation.rule(),
                violation.raw(),
                violation.message()));
      }
    }
  }

  private String slice(ConvertedRow row) {
    List<Object> values = new ArrayList<>();
    for (int column : sliceColumns) {
      if (row.values()[column] == null) {
        return UNKNOWN;
      }
      values.add(row.values()[column]);
    }
    return SliceText.of(source.slice(), values);
  }

  /** Rows of unknown slice are no slice's, and no limit holds them. */
  private List<Slice> judged() {
    RejectLimit limit = new RejectLimit(source.limits());
    List<Slice> judged = new ArrayList<>();
    slices.forEach(
        (name, rejectedOfAll) -> {
          Optional<RejectLimit.Breach> breach =
              rejectedOfAll[0] == 0 || name.equals(UNKNOWN)
                  ? Optional.empty()
                  : limit.breach(rejectedOfAll[0], rejectedOfAll[1]);
          judged.add(
              new Slice(
                  name,
                  rejectedOfAll[1],
                  rejectedOfAll[0],
                  RejectLimit.share(rejectedOfAll[0], rejectedOfAll[1]),
                  breach.isPresent(),
                  breach.map(RejectLimit.Breach::message).orElse("")));
        });
    return judged;
  }
}
