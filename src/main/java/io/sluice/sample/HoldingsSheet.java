package io.sluice.sample;

import io.sluice.error.Place;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lays out the holdings of a portfolio on a day as its custodian does, with the mess asked for. */
final class HoldingsSheet {
  static final String NAME = "Holdings";

  private static final int ERROR_ROW = 2;
  private static final int BROKEN_ROW = 3;
  private static final int DASH_ROW = 4;
  private static final int BLANK_AFTER = 5;

  private final String file;
  private final Custodian custodian;
  private final String portfolioId;
  private final Set<MessKind> mess;
  private final MessLog log;
  private final Field.Layout layout;
  private final List<List<Cell>> rows = new ArrayList<>();
  private final DecimalFormat grouped =
      new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private HoldingsSheet(String file, Portfolio portfolio, Set<MessKind> mess, MessLog log) {
    this.file = file;
    this.custodian = portfolio.custodian();
    this.portfolioId = portfolio.id();
    this.mess = mess;
    this.log = log;
    this.layout = layout(mess);
  }

  /**
   * The sheet with all that stands over and under the holdings.
   *
   * @param file path of the workbook, for the log
   */
  static Sheet of(
      String file,
      Portfolio portfolio,
      LocalDate date,
      List<Holding> holdings,
      Set<MessKind> mess,
      MessLog log) {
    HoldingsSheet sheet = new HoldingsSheet(file, portfolio, mess, log);
    sheet.addTitle(date);
    sheet.addHeaders();
    int first = sheet.rows.size() + 1;
    for (int index = 0; index < holdings.size(); index++) {
      sheet.addHolding(holdings, index);
    }
    if (!holdings.isEmpty()) {
      sheet.addTotals(first, holdings);
    }
    return new Sheet(NAME, sheet.rows);
  }

  private static Field.Layout layout(Set<MessKind> mess) {
    if (mess.contains(MessKind.DECLARED_ALIAS)) {
      return Field.Layout.ALIASED;
    }
    if (mess.contains(MessKind.UNDECLARED_HEADER)) {
      return Field.Layout.RENAMED;
    }
    return mess.contains(MessKind.SHUFFLED_COLUMNS) ? Field.Layout.MIXED : Field.Layout.STANDARD;
  }

  private void addTitle(LocalDate date) {
    log.noteOnce(MessKind.TITLE_ROWS, next(0), "title, bank and as-of date stand over every table");
    rows.add(List.of(new Cell.Text("Custody Holdings Report", Style.HEADER)));
    rows.add(List.of(Cell.text(custodian.bank())));
    rows.add(List.of(Cell.text(custodian.label()), custodian.asOf(date)));
    rows.add(List.of());
  }

  private void addHeaders() {
    if (mess.contains(MessKind.DECLARED_ALIAS)) {
      log.note(
          MessKind.DECLARED_ALIAS,
          next(layout.column(Field.SECURITY)),
          "'Identifier' for CUSIP and 'MV' for Market Value");
    }
    if (mess.contains(MessKind.UNDECLARED_HEADER)) {
      log.note(
          MessKind.UNDECLARED_HEADER,
          next(layout.column(Field.MARKET_VALUE)),
          "'Mkt Val (USD)' for Market Value, which the contract does not know");
    }
    if (mess.contains(MessKind.SHUFFLED_COLUMNS)) {
      log.note(
          MessKind.SHUFFLED_COLUMNS,
          next(0),
          "columns in another order, with 'Asset Class' and 'Desk Comment' among them");
    }
    List<Cell> cells = new ArrayList<>();
    layout.fields().forEach(f -> cells.add(new Cell.Text(layout.header(f), Style.HEADER)));
    rows.add(cells);
  }

  private void addHolding(List<Holding> holdings, int index) {
    Holding holding = holdings.get(index);
    noteHolding(holding);
    noteDamage(holdings, index);
    List<Cell> cells = new ArrayList<>();
    for (Field field : layout.fields()) {
      cells.add(cell(field, holding, index));
    }
    rows.add(cells);
    if (custodian.leavesBlankRows() && index % BLANK_AFTER == BLANK_AFTER - 1) {
      addBlank(index / BLANK_AFTER % 2 == 0);
    }
  }

  /**
   * Blank to the eye: half of such rows are not there, half have cells that only carry a format.
   */
  private void addBlank(boolean absent) {
    log.noteOnce(MessKind.BLANK_ROWS, next(0), "blank rows between the holdings");
    rows.add(
        absent ? List.of() : List.of(new Cell.Empty(Style.HEADER), new Cell.Empty(Style.MONEY)));
  }

  private Cell cell(Field field, Holding holding, int index) {
    return switch (field) {
      case PORTFOLIO -> Cell.text(portfolioId);
      case SECURITY -> Cell.text(holding.security().id());
      case SECURITY_NAME -> Cell.text(holding.security().name());
      case QUANTITY -> number(holding.quantity(), Style.QUANTITY);
      case PRICE ->
          has(MessKind.ERROR_CELL, index, ERROR_ROW)
              ? new Cell.Error("#N/A")
              : number(holding.price(), Style.PRICE);
      case MARKET_VALUE ->
          has(MessKind.DASH_FOR_NONE, index, DASH_ROW)
              ? Cell.text("-")
              : marketValue(holding, index);
      case CURRENCY -> Cell.text("USD");
      case ASSET_CLASS -> Cell.text("Equity");
      case COMMENT -> index % 3 == 0 ? Cell.text("checked <ops> & \"desk\"") : Cell.NONE;
    };
  }

  private Cell number(double value, Style style) {
    return mess.contains(MessKind.NUMBERS_AS_TEXT)
        ? Cell.text(BigDecimal.valueOf(value).toPlainString())
        : new Cell.Number(value, style);
  }

  private Cell marketValue(Holding holding, int index) {
    if (mess.contains(MessKind.NUMBERS_AS_TEXT)) {
      return Cell.text(grouped.format(holding.marketValue()));
    }
    if (custodian.sendsFormulas()) {
      int row = rows.size() + 1;
      String quantity = Cell.address(layout.column(Field.QUANTITY), row);
      String price = Cell.address(layout.column(Field.PRICE), row);
      return new Cell.Formula(quantity + "*" + price, holding.marketValue(), Style.MONEY);
    }
    double value = holding.marketValue();
    return new Cell.Number(
        has(MessKind.BROKEN_VALUE_RULE, index, BROKEN_ROW) ? value * 1.5 : value, Style.MONEY);
  }

  private void addTotals(int first, List<Holding> holdings) {
    log.noteOnce(
        MessKind.TOTALS_ROW, next(0), "a totals row under every table, and a footer below it");
    int column = layout.column(Field.MARKET_VALUE);
    double total = holdings.stream().mapToDouble(Holding::marketValue).sum();
    String letters = Cell.letters(column);
    String sum = "SUM(" + letters + first + ":" + letters + rows.size() + ")";
    List<Cell> cells = new ArrayList<>();
    layout.fields().forEach(field -> cells.add(Cell.NONE));
    cells.set(0, new Cell.Text("Total", Style.HEADER));
    cells.set(
        column,
        custodian.sendsFormulas()
            ? new Cell.Formula(sum, total, Style.MONEY)
            : new Cell.Number(total, Style.MONEY));
    rows.add(cells);
    rows.add(List.of(Cell.text("Values at the closing prices of the day, for internal use only.")));
    rows.add(List.of(Cell.text("End of report")));
  }

  private void noteHolding(Holding holding) {
    String id = holding.security().id();
    Place place = next(layout.column(Field.SECURITY));
    if (id.startsWith("0")) {
      log.noteOnce(MessKind.LEADING_ZEROS, place, "the id '" + id + "' begins with zeros");
    }
    if (id.startsWith("00846E10")) {
      log.noteOnce(MessKind.E_BEARING_CODE, place, "the id '" + id + "' looks like a number");
    }
    if (!log.isNoted(MessKind.FLOATING_POINT_NOISE)) {
      noteNoise(holding);
    }
  }

  private void noteNoise(Holding holding) {
    BigDecimal exact =
        BigDecimal.valueOf(holding.quantity()).multiply(BigDecimal.valueOf(holding.price()));
    if (BigDecimal.valueOf(holding.marketValue()).compareTo(exact) != 0) {
      log.note(
          MessKind.FLOATING_POINT_NOISE,
          next(layout.column(Field.MARKET_VALUE)),
          BigDecimal.valueOf(holding.marketValue()).toPlainString()
              + " is stored where "
              + exact.stripTrailingZeros().toPlainString()
              + " is meant");
    }
  }

  private void noteDamage(List<Holding> holdings, int index) {
    Place price = next(layout.column(Field.PRICE));
    Place value = next(layout.column(Field.MARKET_VALUE));
    if (has(MessKind.ERROR_CELL, index, ERROR_ROW)) {
      log.note(MessKind.ERROR_CELL, price, "#N/A in place of a price");
    }
    if (has(MessKind.DASH_FOR_NONE, index, DASH_ROW)) {
      log.note(MessKind.DASH_FOR_NONE, value, "'-' in place of a market value");
    }
    if (has(MessKind.BROKEN_VALUE_RULE, index, BROKEN_ROW)) {
      log.note(MessKind.BROKEN_VALUE_RULE, value, "a market value half as high again as it is");
    }
    if (has(MessKind.NUMBERS_AS_TEXT, index, 0)) {
      log.note(
          MessKind.NUMBERS_AS_TEXT, value, "all numbers are text, market values like \"1,234.50\"");
    }
    if (mess.contains(MessKind.DUPLICATE_ROWS)
        && index > 0
        && holdings.get(index).equals(holdings.get(index - 1))) {
      log.note(MessKind.DUPLICATE_ROWS, next(0), "repeats the row above it exactly");
    }
  }

  private boolean has(MessKind kind, int index, int row) {
    return index == row && mess.contains(kind);
  }

  private Place next(int column) {
    return new Place(file, NAME, Cell.address(column, rows.size() + 1));
  }
}
