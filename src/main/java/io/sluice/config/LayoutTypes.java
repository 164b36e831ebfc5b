package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Types of the keys in {@link LayoutKeys}. */
final class LayoutTypes {
  static final Type<SheetChoice> SHEET =
      Type.of(
          "a name, { pattern = \"Holdings.*\" }, { index = 2 } or { every = visible }",
          SheetChoice.named(""),
          LayoutTypes::sheet);

  static final Type<TableRange> RANGE =
      Type.of(
          "{ table = \"Holdings\" } or { name = \"HoldingsRange\" }",
          TableRange.NONE,
          LayoutTypes::range);

  /** Empty where there is none. */
  static final Type<String> ADDRESS =
      Type.of("the address of a cell such as B2", "", LayoutTypes::address);

  /** Empty where there is none. */
  static final Type<String> PATH =
      Type.of(
          "hive, date, or a regular expression with one group, or three for year, month and day",
          "",
          LayoutTypes::path);

  static final Type<String> CHARACTER = Type.of("one character", ",", LayoutTypes::character);

  static final Type<String> CHARSET =
      Type.of("a character set such as UTF-8 or windows-1252", "UTF-8", LayoutTypes::charset);

  private static final Pattern ADDRESS_SHAPE = Pattern.compile("[A-Z]{1,3}[1-9][0-9]{0,6}");
  private static final Type<Integer> POSITION = Types.whole(1, 10_000);

  private LayoutTypes() {}

  private static String character(ConfigValue value) throws BadValue {
    String text = Types.text(value);
    if (text.length() != 1 || text.equals("\"") || text.isBlank() && !text.equals("\t")) {
      throw new BadValue("");
    }
    return text;
  }

  private static String charset(ConfigValue value) throws BadValue {
    try {
      return Charset.forName(Types.text(value)).name();
    } catch (IllegalArgumentException unknown) {
      throw new BadValue("");
    }
  }

  private static SheetChoice sheet(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      return SheetChoice.named(Types.text(value));
    }
    ConfigObject object = single(value);
    String key = object.keySet().iterator().next();
    ConfigValue inner = object.get(key);
    return switch (key) {
      case "pattern" -> new SheetChoice(SheetChoice.By.PATTERN, Types.regex(inner));
      case "index" ->
          new SheetChoice(
              SheetChoice.By.INDEX, String.valueOf(POSITION.reading().read(inner).intValue()));
      case "every" -> {
        if (!Types.text(inner).equals("visible")) {
          throw new BadValue("; every is for visible sheets only");
        }
        yield new SheetChoice(SheetChoice.By.EVERY_VISIBLE, "");
      }
      default -> throw new BadValue(Suggestion.of(key, List.of("pattern", "index", "every")));
    };
  }

  private static TableRange range(ConfigValue value) throws BadValue {
    ConfigObject object = single(value);
    String key = object.keySet().iterator().next();
    String name = Types.text(object.get(key)).strip();
    if (name.isEmpty()) {
      throw new BadValue("");
    }
    return switch (key) {
      case "table" -> new TableRange(TableRange.By.TABLE, name);
      case "name" -> new TableRange(TableRange.By.NAME, name);
      default -> throw new BadValue(Suggestion.of(key, List.of("table", "name")));
    };
  }

  private static String address(ConfigValue value) throws BadValue {
    String address = Types.text(value).strip().replace("$", "").toUpperCase(Locale.ROOT);
    if (!ADDRESS_SHAPE.matcher(address).matches()) {
      throw new BadValue("");
    }
    return address;
  }

  private static String path(ConfigValue value) throws BadValue {
    String form = Types.regex(value);
    if (form.equals(PathValue.HIVE) || form.equals(PathValue.DATE)) {
      return form;
    }
    int groups = Pattern.compile(form).matcher("").groupCount();
    if (groups != 1 && groups != 3) {
      throw new BadValue(Suggestion.of(form, List.of(PathValue.HIVE, PathValue.DATE)));
    }
    return form;
  }

  private static ConfigObject single(ConfigValue value) throws BadValue {
    ConfigObject object = Types.object(value);
    if (object.size() != 1) {
      throw new BadValue("");
    }
    return object;
  }
}
