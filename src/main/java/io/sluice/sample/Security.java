package io.sluice.sample;

/** A security, as its master knows it. */
record Security(String id, String name, String ticker, String isin, String sector) {
  Security named(String other) {
    return new Security(id, other, ticker, isin, sector);
  }

  Security inSector(String other) {
    return new Security(id, name, ticker, isin, other);
  }
}
