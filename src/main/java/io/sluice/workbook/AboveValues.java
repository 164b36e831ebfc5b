package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Source;
import io.sluice.contract.Blank;
import io.sluice.contract.CellConverter;
import io.sluice.contract.CellKind;
import io.sluice.contract.SensitiveCells;
import io.sluice.contract.Violation;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the cells above the table by their labels, and checks that each holds what its column asks
 * for.
 */
final class AboveValues {
  /**
   * A found cell: its address, its label as the sheet has it, and what it holds. Address and label
   * are empty and the text is null where an optional one is not there.
   */
  record Value(String address, String label, String text, CellKind kind) {
    static final Value NONE = new Value("", "", null, CellKind.BLANK);
  }

  private final Source source;
  private final SensitiveCells sensitive;
  private final List<SheetRow> rows;
  private final int headerRow;
  private final Place sheet;
  private final Set<String> labels = new HashSet<>();

  private AboveValues(
      Source source, SensitiveCells sensitive, List<SheetRow> rows, int headerRow, Place sheet) {
    this.source = source;
    this.sensitive = sensitive;
    this.rows = rows;
    this.headerRow = headerRow;
    this.sheet = sheet;
    source.above().stream()
        .filter(cell -> cell.cell().isEmpty() && !cell.label().isBlank())
        .forEach(cell -> labels.add(HeaderText.label(cell.label())));
  }

  /**
   * @param rows the rows over the header
   * @return one a declared cell, in their order
   * @throws SluiceException if one is missing (all of them are named), or holds no value of its
   *     type
   */
  static List<Value> find(
      Source source, SensitiveCells sensitive, List<SheetRow> rows, int headerRow, Place sheet) {
    return new AboveValues(source, sensitive, rows, headerRow, sheet).all();
  }

  private List<Value> all() {
    List<Value> values = new ArrayList<>();
    List<AboveCell> missing = new ArrayList<>();
    for (AboveCell cell : source.above()) {
      List<Value> found = found(cell);
      Optional<String> path = PathValues.text(source, cell.column(), sheet.file());
      if (found.isEmpty() && path.isPresent()) {
        values.add(new Value("", PathValues.LABEL, path.get(), CellKind.TEXT));
      } else if (found.isEmpty() && cell.column().required()) {
        missing.add(cell);
      } else if (found.isEmpty()) {
        values.add(Value.NONE);
      } else {
        values.add(only(cell, found));
      }
    }
    if (!missing.isEmpty()) {
      throw missing(missing);
    }
    for (int i = 0; i < values.size(); i++) {
      AboveCell cell = source.above().get(i);
      Value value = values.get(i);
      if (value == Value.NONE) {
        continue;
      }
      boolean inSheet = !value.address().isEmpty();
      Value extracted = inSheet ? extracted(cell, value) : value;
      Value checked = checked(cell, value, hidden(i, extracted));
      values.set(i, checked);
      if (inSheet) {
        PathValues.text(source, cell.column(), sheet.file())
            .ifPresent(path -> PathValues.requireAgreed(cell.column(), checked, path, sheet));
      }
    }
    return values;
  }

  private List<Value> found(AboveCell cell) {
    if (!cell.cell().isEmpty()) {
      return addressed(cell);
    }
    return cell.label().isBlank() ? List.of() : labelled(cell);
  }

  private List<Value> addressed(AboveCell cell) {
    CellRange at = CellRange.parse(cell.cell());
    for (SheetRow row : rows) {
      if (row.number() == at.firstRow() && row.has(at.firstColumn())) {
        CellKind kind = CellKind.of(row.kind(at.firstColumn()));
        return List.of(new Value(cell.cell(), "", row.text(at.firstColumn()), kind));
      }
    }
    return List.of();
  }

  private List<Value> labelled(AboveCell cell) {
    String label = HeaderText.label(cell.label());
    List<Value> found = new ArrayList<>();
    for (SheetRow row : rows) {
      for (int i = 0; i < row.width(); i++) {
        if (row.text(i) != null && HeaderText.label(row.text(i)).equals(label)) {
          right(row, i).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /** The next cell with content, unless that is itself a label: then this one has no value. */
  private Optional<Value> right(SheetRow row, int label) {
    for (int i = label + 1; i < row.width(); i++) {
      if (row.has(i)) {
        String text = row.text(i);
        if (text != null && labels.contains(HeaderText.label(text))) {
          return Optional.empty();
        }
        return Optional.of(
            new Value(
                CellAddress.of(i, row.number()),
                Blank.collapse(row.text(label)),
                text,
                CellKind.of(row.kind(i))));
      }
    }
    return Optional.empty();
  }

  private Value only(AboveCell cell, List<Value> found) {
    Value first = found.get(0);
    for (Value other : found) {
      if (!Objects.equals(other.text(), first.text())) {
        throw invalid(
            cell,
            other,
            "the label stands over the table more than once, with %s in %s and %s in %s"
                .formatted(
                    shown(cell, first), first.address(), shown(cell, other), other.address()));
      }
    }
    return first;
  }

  private Value hidden(int cell, Value value) {
    if (!sensitive.hides(cell)) {
      return value;
    }
    String text = sensitive.text(cell, value.text(), value.kind());
    CellKind kind = sensitive.kind(cell, text, value.kind());
    return new Value(value.address(), value.label(), text, kind);
  }

  private Value checked(AboveCell cell, Value found, Value value) {
    // The zone moves an instant, never decides whether there is one.
    Optional<Violation> violation =
        CellConverter.convert(cell.column(), ZoneOffset.UTC, value.text(), value.kind())
            .violation();
    if (violation.isPresent()) {
      throw invalid(cell, found, violation.get().message());
    }
    return value;
  }

  private Value extracted(AboveCell cell, Value value) {
    if (cell.extract().isEmpty()
        || value.kind() == CellKind.ERROR
        || value.kind() == CellKind.FORMULA_WITHOUT_VALUE) {
      return value;
    }
    Matcher matcher = Pattern.compile(cell.extract()).matcher(value.text());
    if (!matcher.find() || matcher.groupCount() == 0 || matcher.group(1) == null) {
      throw invalid(cell, value, shown(cell, value) + " does not have the form " + cell.extract());
    }
    return new Value(value.address(), value.label(), matcher.group(1), CellKind.TEXT);
  }

  private static String shown(AboveCell cell, Value value) {
    return cell.column().hashed() ? "a sensitive text" : "'" + value.text() + "'";
  }

  private SluiceException missing(List<AboveCell> missing) {
    boolean several = missing.size() > 1;
    return new SluiceException(
        Reason.ABOVE_MISSING,
        sheet.file()
            + ", sheet '"
            + sheet.sheet()
            + "' lacks "
            + (several ? "cells" : "a cell")
            + " above the table: "
            + String.join(", ", missing.stream().map(this::described).toList()),
        (headerRow == 1
                ? "the header is row 1, so nothing stands above the table"
                : "only the rows above the header (row " + headerRow + ") were looked at")
            + (labels.isEmpty()
                ? ""
                : ", for the label with its value to the right in the same row"),
        "Restore the "
            + (several ? "lines" : "line")
            + " above the table and send the workbook again, or correct sources."
            + source.name()
            + ".above.",
        new Place(sheet.file(), sheet.sheet(), missing.get(0).cell()));
  }

  private String described(AboveCell cell) {
    String at = cell.cell().isEmpty() ? "'" + cell.label() + "'" : cell.cell();
    if (cell.cell().isEmpty() && cell.label().isBlank()) {
      at = "its path, which has not the declared form,";
    } else if (source.paths().stream()
        .anyMatch(path -> path.column().equals(cell.column().name()))) {
      at += ", or a path of the declared form,";
    }
    return at + " (gives " + cell.column().name() + ")";
  }

  private SluiceException invalid(AboveCell cell, Value value, String why) {
    return new SluiceException(
        Reason.ABOVE_INVALID,
        "%s, sheet '%s', cell %s is not a valid %s (%scolumn %s)"
            .formatted(
                sheet.file(),
                sheet.sheet(),
                value.address(),
                cell.column().type().sql(),
                cell.cell().isEmpty() ? "label '" + cell.label() + "', " : "",
                cell.column().name()),
        why,
        "Correct the cell and send the workbook again, or correct sources."
            + source.name()
            + ".above.",
        new Place(sheet.file(), sheet.sheet(), value.address()));
  }
}
