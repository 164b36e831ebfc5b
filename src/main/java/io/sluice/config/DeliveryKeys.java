package io.sluice.config;

import com.typesafe.config.ConfigValue;
import io.sluice.config.Type.BadValue;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of sources that say which files belong together, and their reading. */
final class DeliveryKeys {
  static final Key<String> PARTS =
      Key.defaulted(
          "parts",
          Types.REGEX,
          "\"\"",
          "Regular expression over the path of a file, for deliveries in several workbooks: its first"
              + " group is the part, the second one how many there are, \"_(\\\\d+)of(\\\\d+)\", which"
              + " may be left to a manifest; files whose paths are the same without it are one"
              + " delivery.");
  static final Key<String> MANIFEST =
      Key.defaulted(
          "manifest",
          Type.of(
              "the name of a file such as \"{stem}.manifest.json\"", "", DeliveryKeys::fileName),
          "\"\"",
          "Name of the JSON file beside a delivery that must match before it is taken; {name} in it is"
              + " the name of a workbook, {stem} that without its part and ending.");
  static final List<Key<?>> KEYS = List.of(PARTS, MANIFEST);

  private DeliveryKeys() {}

  static Deliveries read(Node source) {
    Deliveries deliveries = new Deliveries(source.value(PARTS), source.value(MANIFEST));
    Order.By by = source.value(SourceKeys.ORDER).by();
    int groups =
        deliveries.inParts() ? Pattern.compile(deliveries.parts()).matcher("").groupCount() : 0;
    if (deliveries.inParts() && groups < 1) {
      source.mistake(
          PARTS,
          source.pathOf("parts") + " needs a group, ( ), around the part: \"_(\\\\d+)of(\\\\d+)\"");
    }
    if (groups == 1 && !deliveries.withManifest() && !source.wrong(MANIFEST)) {
      source.mistake(
          PARTS,
          "%s needs a second group, ( ), around how many parts there are, or none could be missed: \"_(\\\\d+)of(\\\\d+)\"; where the names do not say it, let a manifest do so, %s"
              .formatted(source.pathOf("parts"), source.pathOf("manifest")));
    }
    if (source.optional(SourceKeys.LATENESS).isPresent()
        && (deliveries.inParts() || deliveries.withManifest())) {
      source.mistake(
          SourceKeys.LATENESS,
          "%s is for workbooks that are deliveries of their own, and cannot stand with %s: leave it out, or give the workbooks that may be late to a source without"
              .formatted(
                  source.pathOf("lateness"),
                  source.pathOf(deliveries.inParts() ? "parts" : "manifest")));
    }
    if (deliveries.inParts() && by == Order.By.ABOVE) {
      source.mistake(
          PARTS,
          "%s: which workbooks are one delivery must be known before they are read, which it is not where a cell is their order"
              .formatted(source.pathOf("parts")));
    }
    if (isItsWorkbook(deliveries.manifest(), source.value(SourceKeys.FILES))) {
      source.mistake(
          MANIFEST,
          "%s is the name of the workbook itself; the manifest needs another one: \"{stem}.manifest.json\""
              .formatted(source.pathOf("manifest")));
    }
    if (by == Order.By.MANIFEST_SEQUENCE && !deliveries.withManifest() && !source.wrong(MANIFEST)) {
      source.mistake(
          SourceKeys.ORDER,
          "%s = manifest-sequence needs %s, which says what manifests are called"
              .formatted(source.pathOf("order"), source.pathOf("manifest")));
    }
    return deliveries;
  }

  private static boolean isItsWorkbook(String manifest, String files) {
    int ending = files.lastIndexOf('.');
    return manifest.equals(Deliveries.FILE_NAME)
        || ending >= 0 && manifest.equals(Deliveries.STEM + files.substring(ending));
  }

  private static String fileName(ConfigValue value) throws BadValue {
    String text = Types.text(value);
    if (text.contains("/")) {
      throw new BadValue("; it lies in the folder of the workbooks");
    }
    if (text.replace(Deliveries.FILE_NAME, "").replace(Deliveries.STEM, "").matches(".*[{}].*")) {
      throw new BadValue("; only {name} and {stem} are replaced");
    }
    return text;
  }
}
