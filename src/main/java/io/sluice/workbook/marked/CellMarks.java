package io.sluice.workbook.marked;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.CreationHelper;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;

/** Colours and comments in a workbook. They change how cells look, never what is in them. */
final class CellMarks {
  static final String AUTHOR = "Sluice";

  private static final short CELL_COLOUR = IndexedColors.ROSE.getIndex();
  private static final short ROW_COLOUR = IndexedColors.LIGHT_YELLOW.getIndex();
  private static final String SIGN = "[Sluice] ";

  /** Excel grows slow with more; the summary has them all. */
  private static final int MOST_COMMENTS = 5_000;

  private final Workbook workbook;
  private final CreationHelper helper;
  private final Map<StyleUse, CellStyle> styles = new HashMap<>();
  private final Map<Sheet, List<CellRangeAddress>> merged = new HashMap<>();
  private int comments;

  private record StyleUse(int index, short colour) {}

  private record Target(Sheet sheet, CellAddress cell, boolean wholeRow) {}

  CellMarks(Workbook workbook) {
    this.workbook = workbook;
    this.helper = workbook.getCreationHelper();
  }

  /** Takes back what an earlier copy brought, where the workbook is such a copy sent back. */
  void removeEarlier() {
    for (Sheet sheet : workbook) {
      for (Map.Entry<CellAddress, ? extends Comment> entry :
          List.copyOf(sheet.getCellComments().entrySet())) {
        Comment comment = entry.getValue();
        String text = comment.getString() == null ? "" : comment.getString().getString();
        int sign = text.indexOf(SIGN);
        if (sign < 0) {
          continue;
        }
        String own = text.substring(0, sign).stripTrailing();
        Cell cell = cellAt(sheet, entry.getKey());
        uncolour(cell);
        if (own.isEmpty()) {
          cell.removeCellComment();
        } else {
          comment.setString(helper.createRichTextString(own));
        }
      }
    }
  }

  /** Where each mark is to be seen; a mark of a sheet that is not there has no place. */
  Map<Mark, CellReference> apply(List<Mark> marks) {
    Map<Mark, CellReference> places = new LinkedHashMap<>();
    Map<Target, Set<String>> texts = new LinkedHashMap<>();
    for (Mark mark : marks) {
      target(mark)
          .ifPresent(
              target -> {
                CellAddress at = target.cell();
                places.put(
                    mark,
                    new CellReference(
                        target.sheet().getSheetName(), at.getRow(), at.getColumn(), false, false));
                texts.computeIfAbsent(target, each -> new LinkedHashSet<>()).add(text(mark));
              });
    }
    texts.forEach((target, lines) -> paint(target, String.join("\n", lines)));
    return places;
  }

  private static String text(Mark mark) {
    return SIGN + Texts.cut(mark.message()) + ". " + mark.advice() + " (" + mark.reason() + ")";
  }

  private Optional<Target> target(Mark mark) {
    Sheet sheet = mark.sheet().isEmpty() ? null : workbook.getSheet(mark.sheet());
    if (sheet == null) {
      return Optional.empty();
    }
    if (!mark.cell().isEmpty()) {
      return Optional.of(
          new Target(sheet, shown(sheet, new CellAddress(new CellReference(mark.cell()))), false));
    }
    if (mark.row() == 0) {
      return Optional.empty();
    }
    return Optional.of(new Target(sheet, first(sheet, mark.row() - 1), true));
  }

  /** Of merged cells only the first one is to be seen. */
  private CellAddress shown(Sheet sheet, CellAddress cell) {
    for (CellRangeAddress range : merged.computeIfAbsent(sheet, Sheet::getMergedRegions)) {
      if (range.isInRange(cell)) {
        return new CellAddress(range.getFirstRow(), range.getFirstColumn());
      }
    }
    return cell;
  }

  private static CellAddress first(Sheet sheet, int index) {
    Row row = sheet.getRow(index);
    if (row != null) {
      for (Cell cell : row) {
        if (cell.getCellType() != CellType.BLANK) {
          return cell.getAddress();
        }
      }
    }
    return new CellAddress(index, 0);
  }

  private void paint(Target target, String text) {
    if (target.wholeRow()) {
      Row row = target.sheet().getRow(target.cell().getRow());
      if (row != null) {
        for (Cell cell : row) {
          if (cell.getCellType() != CellType.BLANK && !coloured(cell)) {
            restyle(cell, ROW_COLOUR);
          }
        }
      }
    }
    Cell cell = cellAt(target.sheet(), target.cell());
    if (!target.wholeRow()) {
      restyle(cell, CELL_COLOUR);
    }
    comment(cell, text);
  }

  private static Cell cellAt(Sheet sheet, CellAddress address) {
    Row row = sheet.getRow(address.getRow());
    Row there = row == null ? sheet.createRow(address.getRow()) : row;
    Cell cell = there.getCell(address.getColumn());
    if (cell != null) {
      return cell;
    }
    Cell created = there.createCell(address.getColumn());
    CellStyle ofColumn = sheet.getColumnStyle(address.getColumn());
    if (ofColumn != null) {
      created.setCellStyle(ofColumn);
    }
    return created;
  }

  private void comment(Cell cell, String text) {
    Comment there = cell.getCellComment();
    if (there != null) {
      String before = there.getString() == null ? "" : there.getString().getString();
      there.setString(
          helper.createRichTextString(
              before.isBlank() ? text : before.stripTrailing() + "\n" + text));
      return;
    }
    if (comments == MOST_COMMENTS) {
      return;
    }
    comments++;
    ClientAnchor anchor = helper.createClientAnchor();
    anchor.setCol1(cell.getColumnIndex() + 1);
    anchor.setCol2(cell.getColumnIndex() + 5);
    anchor.setRow1(cell.getRowIndex());
    anchor.setRow2(cell.getRowIndex() + 5 + (int) text.lines().count());
    Comment comment = cell.getSheet().createDrawingPatriarch().createCellComment(anchor);
    comment.setString(helper.createRichTextString(text));
    comment.setAuthor(AUTHOR);
    cell.setCellComment(comment);
  }

  private static boolean coloured(Cell cell) {
    CellStyle style = cell.getCellStyle();
    return style.getFillPattern() == FillPatternType.SOLID_FOREGROUND
        && style.getFillForegroundColor() == CELL_COLOUR;
  }

  private void uncolour(Cell cell) {
    for (Cell each : cell.getRow()) {
      short colour = each.getCellStyle().getFillForegroundColor();
      boolean own = colour == CELL_COLOUR || colour == ROW_COLOUR;
      if (own && each.getCellStyle().getFillPattern() == FillPatternType.SOLID_FOREGROUND) {
        restyle(each, IndexedColors.AUTOMATIC.getIndex());
      }
    }
  }

  /** Number formats, fonts and borders stay: a date remains a date. */
  private void restyle(Cell cell, short colour) {
    CellStyle before = cell.getCellStyle();
    cell.setCellStyle(
        styles.computeIfAbsent(
            new StyleUse(before.getIndex(), colour),
            use -> {
              CellStyle style = workbook.createCellStyle();
              style.cloneStyleFrom(before);
              if (colour == IndexedColors.AUTOMATIC.getIndex()) {
                style.setFillPattern(FillPatternType.NO_FILL);
              } else {
                style.setFillForegroundColor(colour);
                style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
              }
              return style;
            }));
  }
}
