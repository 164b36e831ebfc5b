package io.sluice.workbook;

import io.sluice.config.Order;
import io.sluice.config.Source;
import java.util.regex.Matcher;

/**
 * What the path of a file says of the delivery that it belongs to. Without a manifest, one that
 * does not say how many parts there are is no part: nobody could tell whether one is missing.
 *
 * @param delivery the path without version and part: files that share it are parts, and versions,
 *     of one delivery
 * @param number which part it is; empty for a whole delivery
 * @param of how many parts there are, 0 where the path does not say
 */
public record FilePart(String delivery, String number, int of) {

  /**
   * @param uri path relative to the landing root
   */
  public static FilePart of(Source source, String uri) {
    String path =
        source.order().by() == Order.By.NAME_PATTERN
            ? Patterns.of(source.order().argument()).matcher(uri).replaceFirst("")
            : uri;
    if (!source.deliveries().inParts()) {
      return new FilePart(path, "", 0);
    }
    Matcher part = Patterns.of(source.deliveries().parts()).matcher(path);
    if (!part.find() || part.group(1) == null) {
      return new FilePart(path, "", 0);
    }
    String count = part.groupCount() > 1 && part.group(2) != null ? part.group(2) : "";
    int of = count.matches("\\d{1,4}") ? Integer.parseInt(count) : 0;
    return of == 0 && !source.deliveries().withManifest()
        ? new FilePart(path, "", 0)
        : new FilePart(
            path.substring(0, part.start()) + path.substring(part.end()),
            part.group(1).replaceFirst("^0+(?=\\d)", ""),
            of);
  }

  /** As the ledger has it: {@code 2/3}, {@code 2}, or empty. */
  public String text() {
    return of == 0 ? number : number + "/" + of;
  }
}
