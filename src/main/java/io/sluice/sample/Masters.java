package io.sluice.sample;

import io.sluice.error.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Delivers the masters of securities and portfolios. */
final class Masters {
  private final Universe universe;
  private final int portfolios;
  private final SampleFolder folder;
  private final MessLog log;

  Masters(Universe universe, int portfolios, SampleFolder folder, MessLog log) {
    this.universe = universe;
    this.portfolios = portfolios;
    this.folder = folder;
    this.log = log;
  }

  void deliverSecurities(LocalDate date, boolean changed) {
    String file = "masters/securities/securities_" + date + ".xlsx";
    String sheet = "Securities";
    List<List<Cell>> rows = titled("Securities Master", date);
    rows.add(headers("Security ID", "Name", "Ticker", "ISIN", "Sector", "Currency"));
    for (int index = 0; index < universe.size(); index++) {
      if (!Universe.isInMaster(index)) {
        continue;
      }
      Security security = universe.security(index, changed);
      int row = rows.size() + 1;
      if (changed && index == Universe.RENAMED) {
        log.noteOnce(
            MessKind.SECURITY_RENAMED,
            new Place(file, sheet, "B" + row),
            security.id() + " is now called '" + security.name() + "'");
      }
      if (changed && index == Universe.MOVED) {
        log.noteOnce(
            MessKind.SECTOR_CHANGED,
            new Place(file, sheet, "E" + row),
            security.id() + " is now in the sector '" + security.sector() + "'");
      }
      rows.add(
          texts(
              security.id(),
              security.name(),
              security.ticker(),
              security.isin(),
              security.sector(),
              "USD"));
    }
    put(file, new Sheet(sheet, rows), date, 0);
  }

  void deliverPortfolios(LocalDate date, boolean changed) {
    String file = "masters/portfolios/portfolios_" + date + ".xlsx";
    String sheet = "Portfolios";
    List<List<Cell>> rows = titled("Portfolios Master", date);
    rows.add(headers("Portfolio ID", "Portfolio Name", "Manager", "Base Currency"));
    for (int index = 0; index < known(); index++) {
      Portfolio portfolio = new Portfolio(index);
      rows.add(texts(portfolio.id(), portfolio.name(), portfolio.manager(changed), "USD"));
      if (changed && index == 0) {
        log.noteOnce(
            MessKind.MANAGER_CHANGED,
            new Place(file, sheet, "C" + rows.size()),
            portfolio.id() + " is now managed by " + portfolio.manager(true));
      }
    }
    if (known() < portfolios) {
      log.noteOnce(
          MessKind.PORTFOLIO_NOT_IN_MASTER,
          Place.sheet(file, sheet),
          "does not know " + new Portfolio(portfolios - 1).id() + ", which has holdings");
    }
    put(file, new Sheet(sheet, rows), date, 30);
  }

  /** The last portfolio is missing from its master, unless it is the only one. */
  private int known() {
    return Math.max(1, portfolios - 1);
  }

  private void put(String file, Sheet sheet, LocalDate date, int seconds) {
    Instant arrival = BusinessDays.arrival(date, Duration.ofSeconds(seconds));
    folder.put(file, Xlsx.bytes(sheet, arrival), arrival);
  }

  private static List<List<Cell>> titled(String title, LocalDate date) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(List.of(new Cell.Text(title, Style.HEADER)));
    rows.add(List.of(Cell.text("As of"), new Cell.Date(date)));
    rows.add(List.of());
    return rows;
  }

  private static List<Cell> headers(String... headers) {
    List<Cell> cells = new ArrayList<>();
    for (String header : headers) {
      cells.add(new Cell.Text(header, Style.HEADER));
    }
    return cells;
  }

  private static List<Cell> texts(String... texts) {
    List<Cell> cells = new ArrayList<>();
    for (String text : texts) {
      cells.add(Cell.text(text));
    }
    return cells;
  }
}
