package io.sluice.sample;

import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Fills a landing folder with the workbooks of an invented asset manager, mess included. */
public final class SampleWorkbooks {
  /**
   * How much to write.
   *
   * @param portfolios number of portfolios, 1 to 10,000; from 6 on all of the mess has a place
   * @param securities number of securities that exist, 12 to 400,000
   * @param businessDays number of days from 2024-01-02 on, Mondays to Fridays, 1 to 2,600; from 15
   *     on all of the mess has a place
   * @param rowsPerWorkbook holdings of a portfolio, 8 or more, at least four fewer than there are
   *     securities
   * @param seed decides all values; the same size and seed give the same bytes
   */
  public record Size(
      int portfolios, int securities, int businessDays, int rowsPerWorkbook, long seed) {
    private static final int USUAL_ROWS = 12;

    /**
     * Checks the size.
     *
     * @throws SluiceException with reason USAGE if a number is out of its range
     */
    public Size {
      check("portfolios", portfolios, 1, 10_000);
      check("securities", securities, 12, 400_000);
      check("businessDays", businessDays, 1, 2_600);
      check("rowsPerWorkbook", rowsPerWorkbook, 8, securities - 4);
    }

    /**
     * A size with the usual twelve holdings a portfolio, or fewer if there are not enough
     * securities.
     */
    public Size(int portfolios, int securities, int businessDays, long seed) {
      this(
          portfolios,
          securities,
          businessDays,
          Math.max(8, Math.min(USUAL_ROWS, securities - 4)),
          seed);
    }

    /** The size that the demo uses: about a hundred small workbooks. */
    public static Size standard() {
      return new Size(6, 40, 15, 42);
    }

    private static void check(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new SluiceException(
            Reason.USAGE,
            "The sample cannot be written with " + name + " = " + value,
            name + " must be from " + least + " to " + most,
            "Give a number in that range.");
      }
    }
  }

  private SampleWorkbooks() {}

  /**
   * Writes the sample. The folder is made if it does not exist. Files that are there already are
   * left as they are, whatever is in them; nothing is deleted.
   *
   * @return what was written, and what mess is in it
   * @throws SluiceException with reason USAGE if the folder cannot be written to
   */
  public static SampleSummary write(Path directory, Size size) {
    Draw draw = new Draw(size.seed());
    Universe universe = new Universe(size.securities(), draw);
    Market market = new Market(size.securities(), draw);
    SampleFolder folder = new SampleFolder(directory);
    MessLog log = new MessLog();
    Masters masters = new Masters(universe, size.portfolios(), folder, log);
    HoldingsFeed holdings =
        new HoldingsFeed(universe, market, draw, size.rowsPerWorkbook(), folder, log);

    List<LocalDate> days = BusinessDays.first(size.businessDays());
    List<LocalDate> weekly = BusinessDays.weekly(days);
    LocalDate change = weekly.get(weekly.size() / 2);
    for (int day = 0; day < days.size(); day++) {
      LocalDate date = days.get(day);
      boolean changed = weekly.size() > 1 && !date.isBefore(change);
      if (weekly.contains(date)) {
        masters.deliverSecurities(date, changed);
      }
      if (day == 0 || (changed && date.equals(change))) {
        masters.deliverPortfolios(date, changed);
      }
      for (int index = 0; index < size.portfolios(); index++) {
        holdings.deliver(new Portfolio(index), day, date, changed);
      }
      market.nextDay();
    }
    return folder.summary(log.entries());
  }
}
