package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.ColumnBuilder;
import io.sluice.config.ColumnType;
import io.sluice.config.Drift;
import io.sluice.config.Drift.Policy;
import io.sluice.config.Source;
import io.sluice.config.SourceBuilder;
import io.sluice.config.TableEnd;
import java.util.List;

/** Sources for tests. */
final class Sources {
  static final Drift WARN = new Drift(Policy.WARN, Policy.WARN, Policy.WARN, Policy.FAIL);

  private Sources() {}

  static Column column(String name, ColumnType type, boolean required, String... headers) {
    return ColumnBuilder.column(name, type)
        .headers(headers)
        .required(required)
        .nullTexts("-")
        .build();
  }

  static Column text(String name, String... headers) {
    return column(name, ColumnType.of(ColumnType.Kind.STRING), true, headers);
  }

  static Column decimal(String name, String... headers) {
    return column(name, ColumnType.decimal(18, 4), false, headers);
  }

  static AboveCell above(
      String name, ColumnType.Kind kind, String label, String extract, String... formats) {
    Column column = ColumnBuilder.column(name, kind).required().formats(formats).build();
    return new AboveCell(column, label, extract, "");
  }

  /** Of these columns, in workbooks as most are. */
  static SourceBuilder of(List<Column> columns) {
    return SourceBuilder.source("holdings").columns(columns);
  }

  /** The layout in which an ETF issuer publishes its holdings. */
  static Source etf() {
    return of(List.of(
            text("security_name", "Name"),
            column("ticker", ColumnType.of(ColumnType.Kind.STRING), false, "Ticker"),
            column("security_id", ColumnType.of(ColumnType.Kind.STRING), false, "Identifier"),
            column("sedol", ColumnType.of(ColumnType.Kind.STRING), false, "SEDOL"),
            column("weight", ColumnType.decimal(18, 8), true, "Weight"),
            column("sector", ColumnType.of(ColumnType.Kind.STRING), false, "Sector"),
            column("shares_held", ColumnType.decimal(24, 4), true, "Shares Held"),
            column("currency", ColumnType.of(ColumnType.Kind.STRING), false, "Local Currency")))
        .above(
            above("portfolio_name", ColumnType.Kind.STRING, "Fund Name:", ""),
            above("portfolio_id", ColumnType.Kind.STRING, "Ticker Symbol:", ""),
            above("as_of_date", ColumnType.Kind.DATE, "Holdings:", "As of (.+)", "dd-MMM-yyyy"))
        .end(new TableEnd(true, "", "", List.of()))
        .build();
  }
}
