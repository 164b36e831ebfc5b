package io.sluice.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** What is to stand in a cell of a sample workbook. */
sealed interface Cell {
  /** A cell that is not there. */
  Cell NONE = new Empty(Style.PLAIN);

  /** The element of the sheet, empty for no element. */
  String xml(String address, SharedStrings strings);

  static Cell text(String value) {
    return new Text(value, Style.PLAIN);
  }

  /** The column letters of a zero-based column. */
  static String letters(int column) {
    String last = String.valueOf((char) ('A' + column % 26));
    return column < 26 ? last : letters(column / 26 - 1) + last;
  }

  /** A1 address of a zero-based column and a one-based row. */
  static String address(int column, int row) {
    return letters(column) + row;
  }

  private static String open(String address, Style style, String type) {
    String styled = style == Style.PLAIN ? "" : " s=\"" + style.ordinal() + '"';
    return "<c r=\"" + address + '"' + styled + type + '>';
  }

  /** Excel writes 17 significant digits, which is where 0.1 becomes 0.10000000000000001. */
  private static String stored(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return new BigDecimal(value)
        .round(new MathContext(17, RoundingMode.HALF_EVEN))
        .stripTrailingZeros()
        .toPlainString();
  }

  record Text(String value, Style style) implements Cell {
    @Override
    public String xml(String address, SharedStrings strings) {
      return open(address, style, " t=\"s\"") + "<v>" + strings.index(value) + "</v></c>";
    }
  }

  record Number(double value, Style style) implements Cell {
    @Override
    public String xml(String address, SharedStrings strings) {
      return open(address, style, "") + "<v>" + stored(value) + "</v></c>";
    }
  }

  /** A formula with the value that it had when the workbook was saved. */
  record Formula(String formula, double value, Style style) implements Cell {
    @Override
    public String xml(String address, SharedStrings strings) {
      return open(address, style, "")
          + "<f>"
          + Xml.escaped(formula)
          + "</f><v>"
          + stored(value)
          + "</v></c>";
    }
  }

  record Date(LocalDate value) implements Cell {
    /** Serial day 0, so that all days after February 1900 come out as Excel counts them. */
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    @Override
    public String xml(String address, SharedStrings strings) {
      long serial = ChronoUnit.DAYS.between(EPOCH, value);
      return open(address, Style.DATE, "") + "<v>" + serial + "</v></c>";
    }
  }

  record Error(String code) implements Cell {
    @Override
    public String xml(String address, SharedStrings strings) {
      return open(address, Style.PLAIN, " t=\"e\"") + "<v>" + Xml.escaped(code) + "</v></c>";
    }
  }

  /** A cell without content that is there only because it has a format. */
  record Empty(Style style) implements Cell {
    @Override
    public String xml(String address, SharedStrings strings) {
      return style == Style.PLAIN ? "" : open(address, style, "") + "</c>";
    }
  }
}
