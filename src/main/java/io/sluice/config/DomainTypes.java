package io.sluice.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.config.Type.BadValue;
import java.math.BigDecimal;
import java.nio.file.FileSystems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Types that one or two keys have. */
final class DomainTypes {
  // A port looks like a password, but is followed by a path.
  private static final String USER_INFO = "//[^/@:]*:(?!\\d+(/|$))[^@]*@";
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}),(-?\\d{1,4})\\)");
  private static final Pattern EXPECTED =
      Pattern.compile(
          "(\\d{2}:\\d{2})(?: +(same-day|next-business-day|(\\d) business days later))?");
  private static final Pattern DAYS_BACK = Pattern.compile("(\\d{1,5}) days? back");
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("(?i)[?&](ssl)?password=|" + USER_INFO);
  private static final Pattern CREDENTIALS_IN_URI = Pattern.compile(USER_INFO);
  private static final List<String> TYPE_NAMES =
      List.of("string", "int", "bigint", "decimal(p,s)", "date", "timestamp", "boolean");

  static final Type<ColumnType> COLUMN_TYPE =
      Type.of(
          "one of " + String.join(", ", TYPE_NAMES),
          ColumnType.of(ColumnType.Kind.STRING),
          DomainTypes::columnType);

  static final Type<String> GLOB =
      Type.of("a glob relative to landing.root such as holdings/**/*.xlsx", "", DomainTypes::glob);

  static final Type<Duration> DURATION =
      Type.of("a duration such as 10 seconds or 7 days", Duration.ZERO, DomainTypes::duration);

  static final Type<Integer> DAYS =
      Type.of("a number of days such as 31 days", 1, DomainTypes::days);

  static final Type<Order> ORDER =
      Type.of(
          "modified-time, manifest-sequence, { name-pattern = \"_v(\\\\d+)\" } or { above = NAME }",
          new Order(Order.By.MODIFIED_TIME, ""),
          DomainTypes::order);

  static final Type<ExpectedBy> EXPECTED_BY =
      Type.of(
          "a time such as \"07:30\", \"07:30 next-business-day\" or \"07:30 2 business days later\"",
          new ExpectedBy(LocalTime.MIDNIGHT, 0),
          DomainTypes::expectedBy);

  /** Days before a changed date; negative for all. */
  static final Type<Integer> READS =
      Type.of("none, all or \"30 days back\"", 0, DomainTypes::reads);

  static final Type<Bounds> BOUNDS =
      Type.of(
          "{ min = 1, max = 1000 } or one of both",
          new Bounds(Optional.empty(), Optional.empty()),
          DomainTypes::bounds);

  static final Type<Secret> SECRET =
      Type.hidden(
          "a reference, env:NAME or file:/path, never the secret itself",
          new Secret("env:"),
          DomainTypes::secret);

  static final Type<String> WAREHOUSE_URL =
      Type.hidden(
          "embedded, or a URL such as jdbc:postgresql://host:5432/analytics",
          "",
          DomainTypes::warehouseUrl);

  static final Type<String> PLACE =
      Type.hidden("a folder or a URI such as s3a://bucket/prefix", "", DomainTypes::place);

  static final Type<String> FOLDER =
      Type.hidden("a folder on this machine", "", DomainTypes::folder);

  static final Type<String> CODEC =
      Type.of(
          "zstd or snappy",
          "zstd",
          value -> {
            String text = Types.text(value);
            if (!text.equals("zstd") && !text.equals("snappy")) {
              throw new BadValue(Suggestion.of(text, List.of("zstd", "snappy")));
            }
            return text;
          });

  /** Lower and upper limit. */
  record Bounds(Optional<BigDecimal> min, Optional<BigDecimal> max) {}

  private DomainTypes() {}

  private static Integer days(ConfigValue value) throws BadValue {
    Duration duration = duration(value);
    if (!duration.equals(Duration.ofDays(duration.toDays())) || duration.toDays() > 100_000) {
      throw new BadValue("");
    }
    return (int) duration.toDays();
  }

  private static Duration duration(ConfigValue value) throws BadValue {
    if (Types.text(value).strip().matches("-?[\\d.]+")) {
      throw new BadValue("; say the unit, too");
    }
    try {
      Duration duration = value.atKey("duration").getDuration("duration");
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (ConfigException e) {
      throw new BadValue("");
    }
    throw new BadValue("; it must not be negative");
  }

  private static ColumnType columnType(ConfigValue value) throws BadValue {
    String text = Types.text(value).replace(" ", "");
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      try {
        return ColumnType.decimal(
            Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
      } catch (IllegalArgumentException e) {
        throw new BadValue(": " + e.getMessage());
      }
    }
    return ColumnType.of(
        switch (text) {
          case "string" -> ColumnType.Kind.STRING;
          case "int", "integer" -> ColumnType.Kind.INTEGER;
          case "bigint", "long" -> ColumnType.Kind.LONG;
          case "date" -> ColumnType.Kind.DATE;
          case "timestamp" -> ColumnType.Kind.TIMESTAMP;
          case "boolean" -> ColumnType.Kind.BOOLEAN;
          case "double", "float" ->
              throw new BadValue("; money and quantities are decimal here, so that sums are exact");
          default -> throw new BadValue(Suggestion.of(text, TYPE_NAMES));
        });
  }

  private static String glob(ConfigValue value) throws BadValue {
    String text = Types.text(value);
    if (text.isBlank() || text.startsWith("/") || text.contains("..")) {
      throw new BadValue("; it stays below landing.root");
    }
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + text);
    } catch (PatternSyntaxException e) {
      throw new BadValue(": " + e.getDescription());
    }
    return text;
  }

  private static Order order(ConfigValue value) throws BadValue {
    if (value.valueType() != ConfigValueType.OBJECT) {
      String word = Types.text(value);
      return switch (word) {
        case "modified-time" -> new Order(Order.By.MODIFIED_TIME, "");
        case "manifest-sequence" -> new Order(Order.By.MANIFEST_SEQUENCE, "");
        default ->
            throw new BadValue(Suggestion.of(word, List.of("modified-time", "manifest-sequence")));
      };
    }
    ConfigObject object = Types.object(value);
    if (object.size() != 1) {
      throw new BadValue("");
    }
    String key = object.keySet().iterator().next();
    switch (key) {
      case "name-pattern" -> {
        String pattern = Types.regex(object.get(key));
        if (Pattern.compile(pattern).matcher("").groupCount() < 1) {
          throw new BadValue("; the pattern needs a group, ( ), around the version");
        }
        return new Order(Order.By.NAME_PATTERN, pattern);
      }
      case "above" -> {
        return new Order(Order.By.ABOVE, Types.name(object.get(key)));
      }
      default -> throw new BadValue(Suggestion.of(key, List.of("name-pattern", "above")));
    }
  }

  private static ExpectedBy expectedBy(ConfigValue value) throws BadValue {
    Matcher matcher = EXPECTED.matcher(Types.text(value).strip());
    if (!matcher.matches()) {
      throw new BadValue("");
    }
    LocalTime time;
    try {
      time = LocalTime.parse(matcher.group(1));
    } catch (DateTimeException e) {
      throw new BadValue("");
    }
    if (matcher.group(3) != null) {
      return new ExpectedBy(time, Integer.parseInt(matcher.group(3)));
    }
    return new ExpectedBy(time, "next-business-day".equals(matcher.group(2)) ? 1 : 0);
  }

  private static Integer reads(ConfigValue value) throws BadValue {
    String text = Types.text(value).strip();
    if (text.equals("none")) {
      return 0;
    }
    if (text.equals("all")) {
      return -1;
    }
    Matcher matcher = DAYS_BACK.matcher(text);
    if (!matcher.matches()) {
      throw new BadValue("");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static Bounds bounds(ConfigValue value) throws BadValue {
    ConfigObject object = Types.object(value);
    for (String key : object.keySet()) {
      if (!key.equals("min") && !key.equals("max")) {
        throw new BadValue("; " + key + " is unknown here");
      }
    }
    return new Bounds(bound(object, "min"), bound(object, "max"));
  }

  private static Optional<BigDecimal> bound(ConfigObject object, String key) throws BadValue {
    return object.containsKey(key) ? Optional.of(Types.decimal(object.get(key))) : Optional.empty();
  }

  static Secret secret(ConfigValue value) throws BadValue {
    try {
      return new Secret(Types.text(value));
    } catch (IllegalArgumentException e) {
      throw new BadValue("");
    }
  }

  private static String warehouseUrl(ConfigValue value) throws BadValue {
    String text = Types.text(value);
    if (PASSWORD_IN_URL.matcher(text).find()) {
      throw new BadValue(
          "; it holds a password: take that out, and set SLUICE_WAREHOUSE_PASSWORD instead");
    }
    if (!text.equals("embedded") && !text.startsWith("jdbc:postgresql:")) {
      throw new BadValue(Suggestion.of(text, List.of("embedded")));
    }
    return text;
  }

  private static String folder(ConfigValue value) throws BadValue {
    String text = place(value);
    if (Places.isUri(text)) {
      throw new BadValue(", not a URI");
    }
    return text;
  }

  private static String place(ConfigValue value) throws BadValue {
    String text = Types.text(value).strip();
    if (CREDENTIALS_IN_URI.matcher(text).find()) {
      throw new BadValue(
          "; it holds credentials: take them out, and let the environment give them");
    }
    if (text.isEmpty()) {
      throw new BadValue("");
    }
    return text;
  }
}
