package io.sluice.config;

/** Layouts for tests: the usual one on the first visible sheet, unless said otherwise. */
public final class LayoutBuilder {
  private SheetChoice sheet;
  private TableRange range;
  private int headerWithin;
  private int headerRow;
  private int headerRows;
  private Layout.Hidden hiddenRows;
  private Layout.Hidden hiddenColumns;
  private Layout.Merged merged;

  private LayoutBuilder(Layout layout) {
    sheet = layout.sheet();
    range = layout.range();
    headerWithin = layout.headerWithin();
    headerRow = layout.headerRow();
    headerRows = layout.headerRows();
    hiddenRows = layout.hiddenRows();
    hiddenColumns = layout.hiddenColumns();
    merged = layout.merged();
  }

  public static LayoutBuilder layout() {
    return like(Layout.of("", 20));
  }

  public static LayoutBuilder like(Layout layout) {
    return new LayoutBuilder(layout);
  }

  public LayoutBuilder sheet(SheetChoice sheet) {
    this.sheet = sheet;
    return this;
  }

  public LayoutBuilder range(TableRange range) {
    this.range = range;
    return this;
  }

  public LayoutBuilder headerWithin(int headerWithin) {
    this.headerWithin = headerWithin;
    return this;
  }

  /**
   * @param row 0 where it is looked for
   */
  public LayoutBuilder header(int row, int rows) {
    this.headerRow = row;
    this.headerRows = rows;
    return this;
  }

  public LayoutBuilder hidden(Layout.Hidden rows, Layout.Hidden columns) {
    this.hiddenRows = rows;
    this.hiddenColumns = columns;
    return this;
  }

  public LayoutBuilder merged(Layout.Merged merged) {
    this.merged = merged;
    return this;
  }

  public Layout build() {
    return new Layout(
        sheet, range, headerWithin, headerRow, headerRows, hiddenRows, hiddenColumns, merged);
  }
}
