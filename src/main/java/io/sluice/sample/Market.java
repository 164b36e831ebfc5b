package io.sluice.sample;

/**
 * Closing prices, which walk from day to day. They are kept as whole millionths, so that a price
 * has six decimals at most on every machine.
 */
final class Market {
  private static final long UNIT = 1_000_000;

  private final Draw draw;
  private final long[] millionths;
  private int day;

  Market(int securities, Draw draw) {
    this.draw = draw;
    this.millionths = new long[securities];
    for (int index = 0; index < securities; index++) {
      long cents = 500 + draw.below(39_500, "price", index);
      millionths[index] = rounded(index, cents * (UNIT / 100) + draw.below(10_000, "tail", index));
    }
  }

  void nextDay() {
    day++;
    for (int index = 0; index < millionths.length; index++) {
      long permille = draw.below(41, "move", index, day) - 20L;
      long moved = millionths[index] + millionths[index] * permille / 1000;
      millionths[index] = Math.max(UNIT, rounded(index, moved));
    }
  }

  double price(int security) {
    return (double) millionths[security] / UNIT;
  }

  /** Half of the securities are quoted in cents, the others in four or six decimals. */
  private static long rounded(int index, long millionths) {
    long step =
        switch (index % 4) {
          case 1 -> 100;
          case 3 -> 1;
          default -> UNIT / 100;
        };
    return millionths / step * step;
  }
}
