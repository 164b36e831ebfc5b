package io.sluice.sample;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A column of a holdings sheet. */
enum Field {
  PORTFOLIO("Portfolio"),
  SECURITY("CUSIP"),
  SECURITY_NAME("Security Name"),
  QUANTITY("Quantity"),
  PRICE("Price"),
  MARKET_VALUE("Market Value"),
  CURRENCY("Currency"),
  ASSET_CLASS("Asset Class"),
  COMMENT("Desk Comment");

  private final String header;

  Field(String header) {
    this.header = header;
  }

  /** The columns of a sheet from left to right, with their headers. */
  record Layout(List<Field> fields, Map<Field, String> headers) {
    private static final List<Field> USUAL =
        List.of(PORTFOLIO, SECURITY, SECURITY_NAME, QUANTITY, PRICE, MARKET_VALUE, CURRENCY);
    private static final List<Field> SHUFFLED =
        List.of(
            SECURITY_NAME,
            ASSET_CLASS,
            CURRENCY,
            SECURITY,
            MARKET_VALUE,
            PRICE,
            QUANTITY,
            COMMENT,
            PORTFOLIO);

    static final Layout STANDARD = new Layout(USUAL, Map.of());
    static final Layout ALIASED =
        new Layout(USUAL, Map.of(SECURITY, "Identifier", MARKET_VALUE, "MV"));
    static final Layout RENAMED = new Layout(USUAL, Map.of(MARKET_VALUE, "Mkt Val (USD)"));
    static final Layout MIXED = new Layout(SHUFFLED, Map.of());

    Layout {
      fields = List.copyOf(fields);
      Map<Field, String> complete = new EnumMap<>(Field.class);
      fields.forEach(field -> complete.put(field, field.header));
      complete.putAll(headers);
      headers = Map.copyOf(complete);
    }

    int column(Field field) {
      return fields.indexOf(field);
    }

    String header(Field field) {
      return headers.get(field);
    }
  }
}
