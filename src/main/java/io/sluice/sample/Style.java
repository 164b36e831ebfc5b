package io.sluice.sample;

/** How a cell looks. The order is that of the cell formats in the style sheet. */
enum Style {
  PLAIN("General", false),
  HEADER("General", true),
  DATE("dd\\-mmm\\-yyyy", false),
  QUANTITY("#,##0.####", false),
  PRICE("#,##0.00####", false),
  MONEY("#,##0.00", false);

  private final String format;
  private final boolean bold;

  Style(String format, boolean bold) {
    this.format = format;
    this.bold = bold;
  }

  String format() {
    return format;
  }

  boolean bold() {
    return bold;
  }
}
