package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.Column.Blanks;
import io.sluice.config.Column.ScaleExcess;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Layout;
import io.sluice.config.Limits;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.config.TableEnd;
import java.math.BigDecimal;
import java.util.List;

/** Sources for tests. */
final class Sources {
  static final Drift WARN = new Drift(Policy.WARN, Policy.WARN, Policy.WARN);
  static final Drift STRICT = new Drift(Policy.FAIL, Policy.FAIL, Policy.FAIL);
  static final Drift USUAL = new Drift(Policy.WARN, Policy.FAIL, Policy.FAIL);
  static final TableEnd SHEET_END = new TableEnd(false, "");

  private Sources() {}

  static Column column(String name, ColumnType type, boolean required, String... headers) {
    return new Column(
        name,
        "",
        List.of(headers),
        type,
        required,
        List.of(),
        List.of("-"),
        "",
        List.of(),
        ScaleExcess.REJECT,
        Blanks.KEEP);
  }

  static Column text(String name, String... headers) {
    return column(name, ColumnType.of(ColumnType.Kind.STRING), true, headers);
  }

  static Column decimal(String name, String... headers) {
    return column(name, ColumnType.decimal(18, 4), false, headers);
  }

  static AboveCell above(
      String name, ColumnType.Kind kind, String label, String extract, String... formats) {
    Column column =
        new Column(
            name,
            "",
            List.of(),
            ColumnType.of(kind),
            true,
            List.of(formats),
            List.of(),
            "",
            List.of(),
            ScaleExcess.REJECT,
            Blanks.KEEP);
    return new AboveCell(column, label, extract);
  }

  static Source source(
      String sheet, List<AboveCell> above, List<Column> columns, TableEnd end, Drift drift) {
    return new Source(
        "holdings",
        "",
        "",
        "*.xlsx",
        sheet,
        20,
        List.of(),
        order(),
        null,
        above,
        columns,
        end,
        drift,
        new Limits(BigDecimal.ZERO, 0));
  }

  static Source laidOut(Layout layout, List<AboveCell> above, List<Column> columns, TableEnd end) {
    return new Source(
        "holdings",
        "",
        "",
        "*.xlsx",
        layout,
        List.of(),
        order(),
        null,
        above,
        columns,
        end,
        USUAL,
        new Limits(BigDecimal.ZERO, 0));
  }

  private static Order order() {
    return new Order(Order.By.MODIFIED_TIME, "");
  }

  /** The layout in which an ETF issuer publishes its holdings. */
  static Source etf() {
    return source(
        "",
        List.of(
            above("portfolio_name", ColumnType.Kind.STRING, "Fund Name:", ""),
            above("portfolio_id", ColumnType.Kind.STRING, "Ticker Symbol:", ""),
            above("as_of_date", ColumnType.Kind.DATE, "Holdings:", "As of (.+)", "dd-MMM-yyyy")),
        List.of(
            text("security_name", "Name"),
            column("ticker", ColumnType.of(ColumnType.Kind.STRING), false, "Ticker"),
            column("security_id", ColumnType.of(ColumnType.Kind.STRING), false, "Identifier"),
            column("sedol", ColumnType.of(ColumnType.Kind.STRING), false, "SEDOL"),
            column("weight", ColumnType.decimal(18, 8), true, "Weight"),
            column("sector", ColumnType.of(ColumnType.Kind.STRING), false, "Sector"),
            column("shares_held", ColumnType.decimal(24, 4), true, "Shares Held"),
            column("currency", ColumnType.of(ColumnType.Kind.STRING), false, "Local Currency")),
        new TableEnd(true, ""),
        USUAL);
  }
}
