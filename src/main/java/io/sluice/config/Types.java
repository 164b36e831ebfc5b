package io.sluice.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The general types of values; those of single keys stand in {@link DomainTypes}. */
final class Types {
  /** PostgreSQL cuts identifiers after 63 bytes. */
  private static final Pattern NAME_SHAPE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  static final Type<String> TEXT = Type.of("a text", "", Types::text);

  static final Type<String> NAME =
      Type.of(
          "a name of small letters, digits and _ that begins with a letter (at most 63 characters)",
          "",
          Types::name);

  static final Type<List<String>> TEXTS =
      Type.of("a text or a list of texts", List.of(), value -> each(value, Types::text));

  static final Type<List<String>> NAMES =
      Type.of(
          "a name, or a list of different names, of small letters, digits and _",
          List.of(),
          value -> distinct(each(value, Types::name)));

  static final Type<Boolean> FLAG =
      Type.of(
          "true or false",
          false,
          value ->
              switch (text(value)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new BadValue("");
              });

  static final Type<BigDecimal> NUMBER = Type.of("a number", BigDecimal.ZERO, Types::decimal);

  static final Type<Long> BYTES = Type.of("a size such as 512MiB", 1L, Types::bytes);

  static final Type<BigDecimal> SHARE =
      Type.of("a share such as 1% or 0.01, between 0 and 1", BigDecimal.ZERO, Types::share);

  static final Type<ZoneId> ZONE =
      Type.of("a time zone such as UTC or Europe/Berlin", ZoneOffset.UTC, Types::zone);

  static final Type<LocalDate> DATE =
      Type.of("a date such as 2024-01-31", LocalDate.EPOCH, Types::date);

  static final Type<String> REGEX = Type.of("a regular expression", "", Types::regex);

  private Types() {}

  static Type<Integer> whole(int min, int max) {
    return Type.of(
        "a whole number from " + min + " to " + max,
        min,
        value -> {
          BigDecimal number = decimal(value);
          if (number.stripTrailingZeros().scale() > 0
              || number.compareTo(BigDecimal.valueOf(min)) < 0
              || number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new BadValue("");
          }
          return number.intValueExact();
        });
  }

  /**
   * One of the constants, written in small letters with hyphens; the first one stands in for a bad
   * value.
   */
  static <E extends Enum<E>> Type<E> oneOf(Class<E> values) {
    return oneOf(Arrays.asList(values.getEnumConstants()));
  }

  /** As {@link #oneOf(Class)}, of some of the constants. */
  static <E extends Enum<E>> Type<E> oneOf(List<E> values) {
    Map<String, E> spellings = new LinkedHashMap<>();
    values.forEach(e -> spellings.put(spelling(e), e));
    List<String> names = List.copyOf(spellings.keySet());
    return Type.of(
        "one of " + String.join(", ", names),
        values.get(0),
        value -> {
          E found = spellings.get(text(value));
          if (found == null) {
            throw new BadValue(Suggestion.of(text(value), names));
          }
          return found;
        });
  }

  static String spelling(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String text(ConfigValue value) throws BadValue {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      // As it was written: 1.10 stays 1.10, which render() does not see to.
      case NUMBER, BOOLEAN -> value.atKey("it").getString("it");
      case OBJECT, LIST, NULL -> throw new BadValue("");
    };
  }

  static String name(ConfigValue value) throws BadValue {
    String text = text(value);
    if (!isName(text)) {
      throw new BadValue("");
    }
    return text;
  }

  static boolean isName(String text) {
    return NAME_SHAPE.matcher(text).matches();
  }

  static <T> List<T> each(ConfigValue value, Type.Reading<T> reading) throws BadValue {
    if (value.valueType() != ConfigValueType.LIST) {
      return List.of(reading.read(value));
    }
    List<T> all = new ArrayList<>();
    for (ConfigValue element : (ConfigList) value) {
      all.add(reading.read(element));
    }
    return List.copyOf(all);
  }

  static BigDecimal decimal(ConfigValue value) throws BadValue {
    try {
      return new BigDecimal(text(value).strip());
    } catch (NumberFormatException e) {
      throw new BadValue("");
    }
  }

  static String regex(ConfigValue value) throws BadValue {
    String text = text(value);
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadValue(": " + e.getDescription() + " at character " + (e.getIndex() + 1));
    }
    return text;
  }

  static ConfigObject object(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      throw new BadValue("");
    }
    return (ConfigObject) value;
  }

  private static List<String> distinct(List<String> names) throws BadValue {
    for (int i = 0; i < names.size(); i++) {
      if (names.subList(0, i).contains(names.get(i))) {
        throw new BadValue("; " + names.get(i) + " stands in it twice");
      }
    }
    return names;
  }

  private static Long bytes(ConfigValue value) throws BadValue {
    long size;
    try {
      size = value.atKey("size").getBytes("size");
    } catch (ConfigException e) {
      throw new BadValue("");
    }
    if (size < 1) {
      throw new BadValue("; it must be at least one byte");
    }
    return size;
  }

  private static BigDecimal share(ConfigValue value) throws BadValue {
    String text = text(value).strip();
    boolean percent = text.endsWith("%");
    String digits = percent ? text.substring(0, text.length() - 1).strip() : text;
    BigDecimal share;
    try {
      share = new BigDecimal(digits);
    } catch (NumberFormatException e) {
      throw new BadValue("");
    }
    if (percent) {
      share = share.movePointLeft(2);
    }
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new BadValue(percent ? "" : "; for " + text + " percent write " + text + "%");
    }
    return share;
  }

  private static ZoneId zone(ConfigValue value) throws BadValue {
    try {
      return ZoneId.of(text(value));
    } catch (DateTimeException e) {
      throw new BadValue(Suggestion.of(text(value), ZoneId.getAvailableZoneIds()));
    }
  }

  private static LocalDate date(ConfigValue value) throws BadValue {
    try {
      return LocalDate.parse(text(value));
    } catch (DateTimeException e) {
      throw new BadValue("");
    }
  }
}
