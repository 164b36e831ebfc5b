package io.sluice.sample;

import io.sluice.error.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Delivers the holdings workbooks of the portfolios, day by day. */
final class HoldingsFeed {
  private static final int WEEK = 5;
  private static final Duration AFTERNOON = Duration.ofHours(9);

  private final Universe universe;
  private final Market market;
  private final Draw draw;
  private final int rows;
  private final SampleFolder folder;
  private final MessLog log;
  private byte[] yesterdays = {};

  HoldingsFeed(
      Universe universe, Market market, Draw draw, int rows, SampleFolder folder, MessLog log) {
    this.universe = universe;
    this.market = market;
    this.draw = draw;
    this.rows = rows;
    this.folder = folder;
    this.log = log;
  }

  /**
   * Delivers one portfolio's workbook of one day, and what comes with it.
   *
   * @param day the day's number, from 0
   * @param changed whether the day is on or after the one on which the masters change
   */
  void deliver(Portfolio portfolio, int day, LocalDate date, boolean changed) {
    Set<MessKind> mess = MessPlan.at(portfolio.index(), day);
    boolean resent = mess.contains(MessKind.RESENT_UNDER_ANOTHER_DATE);
    String file = file(portfolio, date, resent ? "_late" : "");
    Instant morning = arrival(portfolio, date);
    Instant arrival = resent ? morning.plus(AFTERNOON) : morning;
    if (mess.contains(MessKind.LATE_DAY)) {
      arrival = arrival(portfolio, BusinessDays.after(date, 4));
      log.note(MessKind.LATE_DAY, Place.file(file), "arrives four business days late");
    }
    List<Holding> holdings = holdings(portfolio, day, changed);
    if (mess.contains(MessKind.HEADER_ONLY)) {
      holdings.clear();
      log.note(MessKind.HEADER_ONLY, Place.file(file), "has headers and no rows");
    }
    if (mess.contains(MessKind.DUPLICATE_ROWS)) {
      holdings.add(6, holdings.get(5));
      holdings.add(2, holdings.get(1));
    }
    Sheet sheet = HoldingsSheet.of(file, portfolio, date, holdings, mess, log);
    byte[] content = Xlsx.bytes(sheet, arrival);
    if (mess.contains(MessKind.TRUNCATED)) {
      content = Arrays.copyOf(content, content.length * 6 / 10);
      log.note(MessKind.TRUNCATED, Place.file(file), "ends after three fifths of its bytes");
    }
    if (resent) {
      resendYesterdays(portfolio, date, morning);
    }
    folder.put(file, content, arrival);
    if (mess.contains(MessKind.CORRECTED_RESEND)) {
      correct(portfolio, date, holdings);
    }
    if (mess.contains(MessKind.LOCK_FILE)) {
      lock(portfolio, date, arrival);
    }
    if (MessPlan.at(portfolio.index(), day + 1).contains(MessKind.RESENT_UNDER_ANOTHER_DATE)) {
      yesterdays = content;
    }
  }

  private List<Holding> holdings(Portfolio portfolio, int day, boolean changed) {
    List<Holding> holdings = new ArrayList<>();
    for (int index = 0; index < Universe.SPECIAL; index++) {
      if ((portfolio.index() + index) % 2 == 0) {
        holdings.add(holding(portfolio, index, day, changed));
      }
    }
    int others = universe.size() - Universe.SPECIAL;
    int start = draw.below(others, "start", portfolio.index());
    for (int place = 0; holdings.size() < rows; place++) {
      int index = Universe.SPECIAL + (start + place) % others;
      holdings.add(holding(portfolio, index, day, changed));
    }
    return holdings;
  }

  private Holding holding(Portfolio portfolio, int index, int day, boolean changed) {
    noteHistory(portfolio, index);
    // Trades happen on Mondays only; every fifth position has a broken number of shares.
    long[] position = {portfolio.index(), index, (day + 1) / WEEK};
    int shares = 100 + draw.below(19_900, "shares", position);
    boolean whole = (portfolio.index() + index) % 5 != 0;
    int tenThousandths = whole ? 0 : draw.below(10_000, "fraction", position);
    double quantity = (shares * 10_000L + tenThousandths) / 10_000.0;
    return new Holding(universe.security(index, changed), quantity, market.price(index));
  }

  private void noteHistory(Portfolio portfolio, int index) {
    if (!Universe.isInMaster(index)) {
      String id = universe.security(index, false).id();
      log.noteOnce(
          MessKind.SECURITY_NOT_IN_MASTER,
          Place.file(file(portfolio, BusinessDays.FIRST, "")),
          "holds " + id + ", which no securities master knows");
    }
  }

  private void resendYesterdays(Portfolio portfolio, LocalDate date, Instant morning) {
    String file = file(portfolio, date, "");
    log.note(
        MessKind.RESENT_UNDER_ANOTHER_DATE,
        Place.file(file),
        "is the workbook of the day before under this day's name; the right one follows in the"
            + " afternoon as "
            + file(portfolio, date, "_late"));
    folder.put(file, yesterdays, morning);
  }

  private void correct(Portfolio portfolio, LocalDate date, List<Holding> holdings) {
    String file = file(portfolio, date, "_v2");
    List<Holding> corrected = new ArrayList<>(holdings);
    Holding mended = corrected.get(1);
    Holding dropped = corrected.remove(corrected.size() - 1);
    corrected.set(1, mended.withQuantity(mended.quantity() + 250));
    log.note(
        MessKind.CORRECTED_RESEND,
        Place.file(file),
        "corrects the day: 250 more of "
            + mended.security().id()
            + ", and no "
            + dropped.security().id());
    Instant arrival = arrival(portfolio, BusinessDays.after(date, 1)).plus(AFTERNOON);
    Sheet sheet = HoldingsSheet.of(file, portfolio, date, corrected, Set.of(), log);
    folder.put(file, Xlsx.bytes(sheet, arrival), arrival);
  }

  /**
   * As Excel leaves it behind: the user's name in Latin letters, then in UTF-16, each preceded by
   * its length.
   */
  private void lock(Portfolio portfolio, LocalDate date, Instant opened) {
    String name = "Sample User";
    byte[] content = new byte[165];
    Arrays.fill(content, (byte) ' ');
    content[0] = (byte) name.length();
    byte[] latin = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(latin, 0, content, 1, latin.length);
    content[55] = (byte) name.length();
    content[56] = 0;
    byte[] wide = name.getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(wide, 0, content, 57, wide.length);
    String file = file("~$", portfolio, date, "");
    log.note(MessKind.LOCK_FILE, Place.file(file), "Excel's mark that someone has it open");
    folder.put(file, content, opened.plus(AFTERNOON));
  }

  private static Instant arrival(Portfolio portfolio, LocalDate date) {
    return BusinessDays.arrival(date, Duration.ofSeconds(60 + portfolio.index() % 300 * 15L));
  }

  private static String file(Portfolio portfolio, LocalDate date, String suffix) {
    return file("", portfolio, date, suffix);
  }

  private static String file(String prefix, Portfolio portfolio, LocalDate date, String suffix) {
    String id = portfolio.id();
    return "holdings/" + id + "/" + prefix + "holdings_" + id + "_" + date + suffix + ".xlsx";
  }
}
