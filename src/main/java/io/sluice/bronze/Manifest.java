package io.sluice.bronze;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.config.Column;
import io.sluice.config.ColumnType;
import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.FilePart;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the sender says that a delivery holds.
 *
 * @param uri path relative to the landing root
 * @param files by path relative to the landing root
 * @param totals sums over all files, by column
 * @param sequence its place in the order, -1 if it does not say
 */
record Manifest(
    String uri, Map<String, Entry> files, Map<String, BigDecimal> totals, long sequence) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int MOST_DIGITS = 60;
  private static final List<String> KEYS = List.of("files", "totals", "sequence");
  private static final List<String> FILE_KEYS = List.of("name", "rows", "sha256", "corrects");

  /**
   * A file of the delivery.
   *
   * @param rows rows of its table, -1 if it does not say
   * @param sha256 in lower case; empty if it does not say
   * @param corrects path, relative to the landing root, of the file that it takes the place of;
   *     empty for none
   */
  record Entry(long rows, String sha256, String corrects) {}

  Manifest {
    files = new LinkedHashMap<>(files);
    totals = new LinkedHashMap<>(totals);
  }

  /**
   * Reads one.
   *
   * @throws SluiceException MANIFEST_INVALID if it is not what a manifest of this source is
   */
  static Manifest of(Source source, String uri, byte[] bytes) {
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw invalid(uri, "it is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid(uri, "it is no JSON: " + e.getMessage());
    }
    return new Reading(source, uri).manifest(json);
  }

  private static SluiceException invalid(String uri, String why) {
    return new SluiceException(
        Reason.MANIFEST_INVALID,
        "The manifest " + uri + " cannot be understood",
        why,
        "Send it again as { \"files\": [{ \"name\": …, \"rows\": …, \"sha256\": … }], \"totals\": {"
            + " COLUMN: \"…\" }, \"sequence\": … }; all but the names may be left out.",
        Place.file(uri));
  }

  /** From JSON; what is wrong is said with the name of the manifest. */
  private record Reading(Source source, String uri) {
    Manifest manifest(JsonNode json) {
      require(json.isObject(), "it is no JSON object");
      known(json, KEYS);
      JsonNode list = json.path("files");
      require(list.isArray() && !list.isEmpty(), "\"files\" does not list any file");
      Map<String, Entry> files = new LinkedHashMap<>();
      String folder = uri.substring(0, uri.lastIndexOf('/') + 1);
      for (JsonNode file : list) {
        require(file.isObject(), "\"files\" holds something else than { \"name\": … }");
        known(file, FILE_KEYS);
        String name = file.path("name").asText();
        require(
            !name.isBlank() && !name.contains("/"), "a file in \"files\" has no plain \"name\"");
        require(files.put(folder + name, entry(file)) == null, name + " is listed twice");
      }
      requireOwnPlaces(files);
      long sequence = whole(json, "sequence");
      require(
          sequence >= 0 || source.order().by() != Order.By.MANIFEST_SEQUENCE,
          "it has no \"sequence\", by which source " + source.name() + " is ordered");
      return new Manifest(uri, files, totals(json.path("totals")), sequence);
    }

    /** Of two deliveries in one place only one would count, and of half a one the other half. */
    private void requireOwnPlaces(Map<String, Entry> files) {
      Map<String, String> places = new HashMap<>();
      Map<String, String> takers = new HashMap<>();
      files.forEach(
          (file, entry) -> {
            String own = FilePart.of(source, file).delivery();
            String place =
                entry.corrects().isEmpty() ? own : FilePart.of(source, entry.corrects()).delivery();
            require(
                place.equals(places.computeIfAbsent(own, delivery -> place)),
                "the parts of %s do not all correct the same delivery".formatted(own));
            String taker = takers.computeIfAbsent(place, delivery -> own);
            require(
                taker.equals(own),
                "both %s and %s would take the place of %s".formatted(taker, own, place));
          });
    }

    private Entry entry(JsonNode file) {
      String sha = file.path("sha256").asText("").toLowerCase(Locale.ROOT);
      require(
          sha.isEmpty() || sha.matches("[0-9a-f]{64}"),
          "the \"sha256\" of " + file.path("name").asText() + " is not 64 hexadecimal digits");
      return new Entry(whole(file, "rows"), sha, file.path("corrects").asText(""));
    }

    private Map<String, BigDecimal> totals(JsonNode json) {
      Map<String, BigDecimal> totals = new LinkedHashMap<>();
      require(json.isMissingNode() || json.isObject(), "\"totals\" is no object");
      for (Map.Entry<String, JsonNode> total : json.properties()) {
        Optional<Column> column =
            source.columns().stream().filter(c -> c.name().equals(total.getKey())).findFirst();
        require(
            column.map(Column::type).map(ColumnType::kind).filter(Reading::isNumber).isPresent(),
            "\"totals\" names " + total.getKey() + ", which is no column of numbers of the table");
        try {
          BigDecimal sum = new BigDecimal(total.getValue().asText().strip());
          require(
              Math.abs((long) sum.scale()) <= MOST_DIGITS && sum.precision() <= MOST_DIGITS,
              "the total of " + total.getKey() + " is larger than any sum");
          totals.put(total.getKey(), sum);
        } catch (NumberFormatException e) {
          throw invalid(uri, "the total of " + total.getKey() + " is no number");
        }
      }
      return totals;
    }

    private static boolean isNumber(ColumnType.Kind kind) {
      return switch (kind) {
        case INTEGER, LONG, DECIMAL -> true;
        case STRING, DATE, TIMESTAMP, BOOLEAN -> false;
      };
    }

    private long whole(JsonNode json, String key) {
      JsonNode value = json.path(key);
      if (value.isMissingNode() || value.isNull()) {
        return -1;
      }
      require(
          value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0,
          "\"" + key + "\" is no whole number");
      return value.asLong();
    }

    private void known(JsonNode json, List<String> keys) {
      List<String> unknown = new ArrayList<>();
      for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!keys.contains(name)) {
          unknown.add(name);
        }
      }
      require(
          unknown.isEmpty(),
          "it says " + String.join(", ", unknown) + ", which nobody here knows what to do with");
    }

    private void require(boolean condition, String otherwise) {
      if (!condition) {
        throw invalid(uri, otherwise);
      }
    }
  }
}
