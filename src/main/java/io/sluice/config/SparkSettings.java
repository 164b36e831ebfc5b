package io.sluice.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the settings for the Spark session. */
final class SparkSettings {
  private static final String PREFIX = PlaceKeys.SPARK.name() + ".";

  /** What Spark itself masks in its logs. */
  private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key");

  /** These decide what values come out, and are the same for every pipeline. */
  private static final Map<String, String> OURS =
      Map.of(
          "spark.sql.session.timeZone", "; set pipeline.zone instead",
          "spark.sql.ansi.enabled", "",
          "spark.sql.datetime.java8API.enabled", "",
          "spark.sql.extensions", "",
          "spark.sql.catalog.spark_catalog", "");

  private SparkSettings() {}

  static Map<String, String> read(ConfigObject written, Problems problems, Effective effective) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : written.toConfig().entrySet()) {
      String path = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      String name = path.startsWith(PREFIX) ? path : PREFIX + path;
      List<String> at = List.of(PlaceKeys.SPARK.name(), name.substring(PREFIX.length()));
      Location location = Location.of(entry.getValue());
      if (OURS.containsKey(name)) {
        problems.add(at, location, name + " is Sluice's own to set" + OURS.get(name));
      }
      try {
        String text = Types.text(entry.getValue());
        settings.put(name, text);
        boolean secret = SECRET.matcher(name).find();
        effective.put(at, ConfigUtil.quoteString(secret ? "***" : text), location);
      } catch (Type.BadValue e) {
        problems.add(at, location, name + " must be a text, a number or true or false");
      }
    }
    return settings;
  }
}
