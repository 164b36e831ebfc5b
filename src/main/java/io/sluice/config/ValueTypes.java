package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of the keys that say how a column's values are written and kept. */
final class ValueTypes {
  private static final Pattern EXAMPLE = Pattern.compile("1([,.' ]?)234([.,])56");
  private static final Pattern NOT_IN_SYMBOL = Pattern.compile("[\\d\\s\\p{Z}.,'’()%+-]");
  private static final String GUESSABLE =
      "; a hash without a key is refused: whoever hashes all account or tax numbers that there can"
          + " be reads it back";

  static final Type<NumberText> NUMBER_EXAMPLE =
      Type.of(
          "the number 1234.56 as the workbook writes it: 1,234.56 or 1.234,56 or 1 234,56 or"
              + " 1'234.56 or 1234.56 or 1234,56",
          NumberText.USUAL,
          ValueTypes::example);

  static final Type<List<String>> SYMBOLS =
      Type.of(
          "a text or a list of texts such as $ or EUR, without digits, signs, separators or blanks",
          List.of(),
          value -> Types.each(value, ValueTypes::symbol));

  static final Type<Sensitive> SENSITIVE =
      Type.hidden(
          "drop, or { keyed-hash = \"env:NAME\" } or { keyed-hash = \"file:/path\" } with a"
              + " reference to the secret, never the secret itself",
          Sensitive.DROP,
          ValueTypes::sensitive);

  private ValueTypes() {}

  private static NumberText example(ConfigValue value) throws BadValue {
    Matcher example = EXAMPLE.matcher(Types.text(value));
    if (!example.matches() || example.group(1).equals(example.group(2))) {
      throw new BadValue("");
    }
    String grouping = example.group(1);
    return new NumberText(
        example.group(2).charAt(0),
        grouping.isEmpty() ? NumberText.NONE : grouping.charAt(0),
        false,
        false,
        List.of());
  }

  private static String symbol(ConfigValue value) throws BadValue {
    String text = Types.text(value);
    if (text.isEmpty() || NOT_IN_SYMBOL.matcher(text).find()) {
      throw new BadValue("");
    }
    return text;
  }

  private static Sensitive sensitive(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      String text = Types.text(value);
      if (!text.equals("drop")) {
        throw new BadValue(text.matches("(?i).*hash.*|sha.*|md5") ? GUESSABLE : "");
      }
      return Sensitive.DROP;
    }
    ConfigObject object = Types.object(value);
    if (object.size() != 1 || !object.containsKey("keyed-hash")) {
      throw new BadValue(object.containsKey("hash") ? GUESSABLE : "");
    }
    return new Sensitive(DomainTypes.secret(object.get("keyed-hash")));
  }
}
