package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.PathValue;
import io.sluice.config.Source;
import io.sluice.contract.CellConverter;
import io.sluice.contract.CellKind;
import io.sluice.contract.Conversion;
import io.sluice.contract.Violation;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Values from a file's path: for cells above the table, and what columns of it must agree with. */
final class PathValues {
  /** How a layout calls a value that stands in no cell. */
  static final String LABEL = "path";

  /** A column of the table whose rows must say what the path says. */
  private record Check(int index, Column column, Object value, String text) {}

  private final String file;
  private final List<Check> checks;
  private final String[] agreed;

  private PathValues(String file, List<Check> checks) {
    this.file = file;
    this.checks = checks;
    this.agreed = new String[checks.size()];
  }

  /**
   * What the path says of a column.
   *
   * @return the text; empty if the column has no value in the path, or the path not its form
   * @throws SluiceException DATE_DISAGREES if it says two things, ABOVE_INVALID if what it says is
   *     none of the column's values
   */
  static Optional<String> text(Source source, Column column, String file) {
    Optional<PathValue> declared =
        source.paths().stream().filter(path -> path.column().equals(column.name())).findFirst();
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    List<String> texts = declared.get().in(file);
    if (texts.size() > 1) {
      throw new SluiceException(
          Reason.DATE_DISAGREES,
          "%s names '%s' and '%s' in its path".formatted(file, texts.get(0), texts.get(1)),
          "both would be " + column.name() + ", as the source's path = " + declared.get().form(),
          "Put the workbook where its path says one thing, or declare a regular expression for the"
              + " part that counts.",
          Place.file(file));
    }
    texts.stream()
        .flatMap(text -> converted(column, text, CellKind.TEXT).violation().stream())
        .findFirst()
        .ifPresent(
            violation -> {
              throw invalid(file, column, violation);
            });
    return texts.stream().findFirst();
  }

  /**
   * Refuses a cell above the table that says something else than the path.
   *
   * @throws SluiceException DATE_DISAGREES
   */
  static void requireAgreed(Column column, AboveValues.Value cell, String path, Place sheet) {
    Object inSheet = converted(column, cell.text(), cell.kind()).value();
    if (!Objects.equals(inSheet, converted(column, path, CellKind.TEXT).value())) {
      throw disagree(
          column, cell.text(), path, new Place(sheet.file(), sheet.sheet(), cell.address()));
    }
  }

  /** The checks of a file's rows; null if there are none. */
  static PathValues checks(Source source, String file) {
    List<Column> columns = source.columns();
    List<Check> checks =
        columns.stream()
            .flatMap(
                column ->
                    text(source, column, file).stream()
                        .map(
                            text ->
                                new Check(
                                    source.above().size() + columns.indexOf(column),
                                    column,
                                    converted(column, text, CellKind.TEXT).value(),
                                    text)))
            .toList();
    return checks.isEmpty() ? null : new PathValues(file, checks);
  }

  /**
   * Checks a row. A cell that is blank, or holds no value of its type, is its row's matter.
   *
   * @throws SluiceException DATE_DISAGREES
   */
  void check(BoundRow row) {
    for (int i = 0; i < agreed.length; i++) {
      Check check = checks.get(i);
      String text = row.texts()[check.index()];
      if (text == null || text.equals(agreed[i])) {
        continue;
      }
      Conversion converted =
          converted(check.column(), text, CellKind.of(row.kinds().charAt(check.index())));
      if (converted.value() == null) {
        continue;
      }
      if (!converted.value().equals(check.value())) {
        String letters = row.layout().addresses().get(check.index());
        String cell = letters.isEmpty() ? "" : letters + row.sheetRow();
        throw disagree(
            check.column(), text, check.text(), new Place(file, row.layout().sheet(), cell));
      }
      agreed[i] = text;
    }
  }

  // The zone moves an instant, and paths hold none.
  private static Conversion converted(Column column, String text, CellKind kind) {
    return CellConverter.convert(column, ZoneOffset.UTC, text, kind);
  }

  private static SluiceException disagree(Column column, String text, String path, Place place) {
    String where = place.cell().isEmpty() ? "" : ", cell " + place.cell();
    return new SluiceException(
        Reason.DATE_DISAGREES,
        "%s says '%s' in its path and '%s' in sheet '%s'%s"
            .formatted(place.file(), path, text, place.sheet(), where),
        "both give " + column.name() + ", and only one of them can be right",
        "Put the workbook where it belongs, or correct the cell, and send it again.",
        place);
  }

  private static SluiceException invalid(String file, Column column, Violation violation) {
    return new SluiceException(
        Reason.ABOVE_INVALID,
        "%s has no valid %s in its path (column %s)"
            .formatted(file, column.type().sql(), column.name()),
        violation.message(),
        "Put the workbook where its path says it, or correct the source's path.",
        Place.file(file));
  }
}
