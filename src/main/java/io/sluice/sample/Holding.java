package io.sluice.sample;

/** A position of a portfolio on a day. */
record Holding(Security security, double quantity, double price, double marketValue) {
  Holding(Security security, double quantity, double price) {
    // Doubles on purpose: this is where a spreadsheet's 1234.5600000000002 comes from.
    this(security, quantity, price, quantity * price);
  }

  Holding withQuantity(double other) {
    return new Holding(security, other, price);
  }

  Holding withMarketValue(double other) {
    return new Holding(security, quantity, price, other);
  }
}
