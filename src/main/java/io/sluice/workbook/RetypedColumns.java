package io.sluice.workbook;

import io.sluice.config.Bounds;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Source;
import io.sluice.contract.Blank;
import io.sluice.contract.CellConverter;
import io.sluice.contract.CellKind;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Notices a column that holds something else than its type says, as it does after people changed
 * what they put there. Single bad cells are none of its business.
 */
final class RetypedColumns {
  /** Of fewer cells nobody can tell a change from mistakes. */
  private static final long FEWEST_CELLS = 10;

  private static final class Counted {
    final Column column;
    final int index;
    final int position;
    final CellConverter type;
    long cells;
    long others;
    String firstCell = "";

    Counted(Column column, int index, int position) {
      this.column = column;
      this.index = index;
      this.position = position;
      // The zone moves an instant, never decides whether there is one.
      this.type = new CellConverter(typeAlone(column), 0, ZoneOffset.UTC);
    }

    private static Column typeAlone(Column column) {
      return new Column(
          column.name(),
          column.description(),
          column.headers(),
          column.type(),
          false,
          column.formats(),
          column.nullTexts(),
          "",
          List.of(),
          Column.ScaleExcess.HALF_UP,
          column.blanks(),
          column.numbers(),
          Bounds.NONE,
          null);
    }

    void add(String text, CellKind kind, int row) {
      if (natural(column.type().kind(), kind)) {
        cells++;
        return;
      }
      if (kind == CellKind.BLANK || Blank.is(text)) {
        return;
      }
      cells++;
      if (other(text, kind)) {
        others++;
        if (firstCell.isEmpty()) {
          firstCell = CellAddress.of(position, row);
        }
      }
    }

    /** An error of Excel stands in the place of a value of any type. */
    private boolean other(String text, CellKind kind) {
      return kind != CellKind.ERROR
          && type.convert(text, kind)
              .violation()
              .filter(violation -> violation.reason() == Reason.TYPE_MISMATCH)
              .isPresent();
    }

    boolean retyped() {
      return cells >= FEWEST_CELLS && others * 2 > cells;
    }
  }

  private final Source source;
  private final Place sheet;
  private final List<Counted> columns = new ArrayList<>();

  /**
   * @param positions in the sheet of the table's columns
   */
  RetypedColumns(Source source, Place sheet, int[] positions) {
    this.source = source;
    this.sheet = sheet;
    for (int i = 0; i < positions.length; i++) {
      Column column = source.columns().get(i);
      if (positions[i] != HeaderBinding.ABSENT && column.type().kind() != ColumnType.Kind.STRING) {
        columns.add(new Counted(column, source.above().size() + i, positions[i]));
      }
    }
  }

  void add(BoundRow row) {
    for (Counted column : columns) {
      column.add(
          row.texts()[column.index], CellKind.of(row.kinds().charAt(column.index)), row.sheetRow());
    }
  }

  /**
   * One sentence for each column that holds something else, once the sheet was read to its end.
   *
   * @throws SluiceException COLUMN_RETYPED if the source does not let it pass
   */
  List<String> notes() {
    List<Counted> retyped = columns.stream().filter(Counted::retyped).toList();
    List<String> sentences = retyped.stream().map(RetypedColumns::sentence).toList();
    if (retyped.isEmpty() || source.drift().retyped() == Policy.WARN) {
      return sentences;
    }
    throw new SluiceException(
        Reason.COLUMN_RETYPED,
        "%s, sheet '%s' holds other things than its contract says in %s"
            .formatted(
                sheet.file(),
                sheet.sheet(),
                String.join(", ", retyped.stream().map(each -> each.column.name()).toList())),
        String.join("; ", sentences),
        "Send the workbook again as it was before; if that is what it holds from now on, correct the"
            + " type or the format in sources."
            + source.name()
            + ".columns, or set drift.retyped = warn to have the rows rejected one by one.",
        new Place(sheet.file(), sheet.sheet(), retyped.get(0).firstCell));
  }

  /** Names of the columns that hold something else. */
  List<String> columns() {
    return columns.stream().filter(Counted::retyped).map(each -> each.column.name()).toList();
  }

  private static String sentence(Counted column) {
    return "%d of the %d cells of %s are not %s, the first is %s"
        .formatted(
            column.others,
            column.cells,
            column.column.name(),
            column.column.type().sql(),
            column.firstCell);
  }

  /** What needs no look at the text. */
  private static boolean natural(ColumnType.Kind type, CellKind cell) {
    return switch (type) {
      case DECIMAL, INTEGER, LONG -> cell.number();
      case DATE, TIMESTAMP -> cell == CellKind.DATE;
      case BOOLEAN -> cell == CellKind.BOOLEAN;
      case STRING -> false;
    };
  }
}
