package io.sluice.contract;

import io.sluice.config.Column;
import io.sluice.error.Reason;
import java.time.ZoneId;
import java.util.Locale;

/**
 * A text that is not blank becomes a value of one type; a decimal may become one with a note, see
 * {@link Decimals.Adjusted}.
 */
@FunctionalInterface
interface ValueParser {
  Object parse(String text, CellKind kind) throws BadValue;

  static ValueParser of(Column column, ZoneId zone) {
    return switch (column.type().kind()) {
      case STRING -> string(column.blanks());
      case DECIMAL -> {
        Decimals decimals = new Decimals(column.type(), column.scaleExcess(), column.numbers());
        yield decimals::parse;
      }
      case INTEGER -> {
        Numbers numbers = new Numbers(column.numbers());
        yield (text, kind) ->
            (int)
                Decimals.whole(
                    numbers, text, kind, Integer.MIN_VALUE, Integer.MAX_VALUE, "an integer");
      }
      case LONG -> {
        Numbers numbers = new Numbers(column.numbers());
        yield (text, kind) ->
            Decimals.whole(numbers, text, kind, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
      }
      case DATE -> {
        Dates dates = new Dates(column.formats(), zone);
        yield dates::date;
      }
      case TIMESTAMP -> {
        Dates dates = new Dates(column.formats(), zone);
        yield dates::timestamp;
      }
      case BOOLEAN -> ValueParser::bool;
    };
  }

  private static ValueParser string(Column.Blanks blanks) {
    return switch (blanks) {
      case KEEP -> (text, kind) -> text;
      case COLLAPSE -> (text, kind) -> Blank.collapse(text);
    };
  }

  private static Object bool(String text, CellKind kind) throws BadValue {
    if (kind.number() || kind == CellKind.DATE) {
      throw new BadValue(
          Reason.TYPE_MISMATCH,
          "type",
          BadValue.quoted(text) + " is a " + word(kind) + ", not true or false");
    }
    return switch (Blank.trim(text).toLowerCase(Locale.ROOT)) {
      case "true", "yes", "y" -> true;
      case "false", "no", "n" -> false;
      default -> throw BadValue.type(text, "true or false (yes, no, y and n will do)");
    };
  }

  private static String word(CellKind kind) {
    return kind == CellKind.DATE ? "date" : "number";
  }
}
