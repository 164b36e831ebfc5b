package io.sluice.workbook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damages workbooks: their bytes, or the XML of a part inside. The same seed, the same damage. */
final class Mutator {
  private static final int LARGEST_PART = 1 << 20;
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s([\\w:]+)=\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("(?<=[>\"A-Z])\\d+(?=[<\"])");
  private static final List<String> NASTY =
      List.of(
          "",
          "-1",
          "0",
          "1E999",
          "NaN",
          "0x1p3",
          "4294967296",
          "99999999999999999999",
          "XFD1048576",
          "ZZZZZZ1",
          "A0",
          "../../../x.xml",
          "/",
          "%zz",
          "#",
          "http://localhost:1/",
          "&amp;&#0;",
          "&#x110000;",
          "&nothing;",
          "\u0000",
          "_xFFFF__x0000_",
          "s",
          "inlineStr",
          "str",
          "b",
          "e",
          "d",
          "9999-99-99T99:99:99Z",
          "\uD83D\uDE00",
          "é".repeat(5_000));

  private final Random random;

  Mutator(long seed) {
    this.random = new Random(seed);
  }

  byte[] mutant(byte[] workbook) throws IOException {
    boolean zip = workbook.length > 4 && workbook[0] == 'P' && workbook[1] == 'K';
    return zip && random.nextInt(4) > 0 ? inside(workbook) : outside(workbook);
  }

  private byte[] outside(byte[] workbook) {
    byte[] bytes = workbook.clone();
    if (bytes.length == 0) {
      return bytes;
    }
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
      // Half of them near the end, where a zip lists its parts.
      int within = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 1_000);
      int at = bytes.length - 1 - random.nextInt(within);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1);
    }
    return bytes;
  }

  private byte[] inside(byte[] workbook) throws IOException {
    Map<String, byte[]> parts = parts(workbook);
    List<String> names = new ArrayList<>(parts.keySet());
    if (names.isEmpty()) {
      return outside(workbook);
    }
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      String name = names.get(random.nextInt(names.size()));
      String xml = new String(parts.get(name), StandardCharsets.UTF_8);
      if (random.nextInt(30) == 0) {
        parts.put(name, new byte[0]);
      } else if (xml.startsWith("<")) {
        parts.put(name, altered(xml).getBytes(StandardCharsets.UTF_8));
      } else {
        parts.put(name, outside(parts.get(name)));
      }
    }
    return zipped(parts);
  }

  private String altered(String xml) {
    return switch (random.nextInt(9)) {
      case 0 -> replaced(xml, TAG, tag -> "");
      case 1 -> replaced(xml, TAG, tag -> tag.group().repeat(2));
      case 2 -> replaced(xml, ATTRIBUTE, attribute -> "");
      case 3 -> replaced(xml, ATTRIBUTE, attribute -> attribute.group().repeat(2));
      case 4, 5 ->
          replaced(xml, ATTRIBUTE, attribute -> " " + attribute.group(1) + "=\"" + nasty() + "\"");
      case 6 -> replaced(xml, NUMBER, number -> nasty());
      case 7 -> xml.substring(0, random.nextInt(xml.length()));
      default -> {
        int at = random.nextInt(xml.length());
        yield xml.substring(0, at) + nasty() + xml.substring(at);
      }
    };
  }

  private String nasty() {
    return NASTY.get(random.nextInt(NASTY.size()));
  }

  /** Replaces one match, any of them. */
  private String replaced(String xml, Pattern pattern, Function<MatchResult, String> with) {
    Matcher match = pattern.matcher(xml);
    boolean found = match.find(random.nextInt(xml.length())) || match.find(0);
    return found
        ? xml.substring(0, match.start()) + with.apply(match) + xml.substring(match.end())
        : xml;
  }

  private static Map<String, byte[]> parts(byte[] workbook) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readNBytes(LARGEST_PART));
      }
      return parts;
    } catch (IOException | IllegalArgumentException damagedAlready) {
      return parts;
    }
  }

  private static byte[] zipped(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(1);
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
