package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Types of what fact tables, and tables held to them, declare. */
final class FactTypes {
  static final Type<List<Lookup>> LOOKUPS =
      Type.of(
          "a dimension, { dimension = dim_security, role = underlying, key = underlying_id } or a"
              + " list of them",
          List.of(),
          value -> distinct(Types.each(value, FactTypes::lookup)));

  static final Type<List<Measure>> MEASURES =
      Type.of(
          "a column, { column = nav, additive = { except = date } } or a list of them",
          List.of(),
          value -> unrepeated(Types.each(value, FactTypes::measure)));

  static final Type<List<ControlTotal>> CONTROL =
      Type.of(
          "a block such as { total_nav = fact_holdings.market_value }",
          List.of(),
          FactTypes::control);

  private FactTypes() {}

  private static Lookup lookup(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      return Lookup.of(Types.name(value));
    }
    ConfigObject object = only(value, List.of("dimension", "role", "key", "cardinality"));
    return new Lookup(
        Types.name(needed(object, "dimension")),
        object.containsKey("role") ? Types.name(object.get("role")) : "",
        object.containsKey("key") ? Types.NAMES.reading().read(object.get("key")) : List.of(),
        object.containsKey("cardinality")
            ? word(
                "cardinality",
                object.get("cardinality"),
                Map.of(
                    "many-to-one",
                    Lookup.Cardinality.MANY_TO_ONE,
                    "one-to-one",
                    Lookup.Cardinality.ONE_TO_ONE))
            : Lookup.Cardinality.MANY_TO_ONE);
  }

  private static Measure measure(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      return Measure.of(Types.name(value));
    }
    ConfigObject object = only(value, List.of("column", "additive"));
    String column = Types.name(needed(object, "column"));
    ConfigValue additive = object.get("additive");
    if (additive == null) {
      return Measure.of(column);
    }
    if (additive.valueType() == ConfigValueType.OBJECT) {
      ConfigObject except = only(additive, List.of("except"));
      return new Measure(
          column, Measure.Additive.EXCEPT, Types.NAMES.reading().read(needed(except, "except")));
    }
    return new Measure(
        column,
        word(
            "additive",
            additive,
            Map.of("all", Measure.Additive.ALL, "none", Measure.Additive.NONE)),
        List.of());
  }

  private static List<ControlTotal> control(ConfigValue value) throws BadValue {
    ConfigObject object = Types.object(value);
    List<ControlTotal> totals = new ArrayList<>();
    for (String column : new TreeSet<>(object.keySet())) {
      String[] parts = Types.text(object.get(column)).split("\\.", -1);
      if (parts.length != 2 || !Types.isName(parts[0]) || !Types.isName(parts[1])) {
        throw new BadValue("; " + column + " is to name a fact table and its measure");
      }
      totals.add(new ControlTotal(column, parts[0], parts[1]));
    }
    return List.copyOf(totals);
  }

  private static ConfigObject only(ConfigValue value, List<String> known) throws BadValue {
    ConfigObject object = Types.object(value);
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw new BadValue(
            "; " + key + " is unknown here" + Suggestion.orList(key, known, "known"));
      }
    }
    return object;
  }

  private static ConfigValue needed(ConfigObject object, String key) throws BadValue {
    if (!object.containsKey(key)) {
      throw new BadValue("; " + key + " is missing");
    }
    return object.get(key);
  }

  private static <T> T word(String key, ConfigValue value, Map<String, T> meanings)
      throws BadValue {
    String written = value.valueType() == ConfigValueType.LIST ? "" : Types.text(value);
    T found = meanings.get(written);
    if (found == null) {
      Set<String> words = new TreeSet<>(meanings.keySet());
      throw new BadValue(
          "; " + key + " is one of " + String.join(", ", words) + Suggestion.of(written, words));
    }
    return found;
  }

  private static List<Lookup> distinct(List<Lookup> lookups) throws BadValue {
    Map<String, Lookup> byColumn = new LinkedHashMap<>();
    for (Lookup lookup : lookups) {
      if (byColumn.put(lookup.keyName(), lookup) != null) {
        throw new BadValue(
            lookup.role().isEmpty()
                ? "; " + lookup.dimension() + " stands in it twice: give one of them a role"
                : "; " + lookup.title() + " stands in it twice");
      }
    }
    return lookups;
  }

  private static List<Measure> unrepeated(List<Measure> measures) throws BadValue {
    Set<String> columns = new HashSet<>();
    for (Measure measure : measures) {
      if (!columns.add(measure.column())) {
        throw new BadValue("; " + measure.column() + " stands in it twice");
      }
    }
    return measures;
  }
}
