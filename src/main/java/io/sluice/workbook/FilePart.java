package io.sluice.workbook;

import io.sluice.config.Order;
import io.sluice.config.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a file says of the delivery that it belongs to.
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
            ? Pattern.compile(source.order().argument()).matcher(uri).replaceFirst("")
            : uri;
    if (!source.deliveries().inParts()) {
      return new FilePart(path, "", 0);
    }
    Matcher part = Pattern.compile(source.deliveries().parts()).matcher(path);
    if (!part.find() || part.group(1) == null) {
      return new FilePart(path, "", 0);
    }
    String of = part.groupCount() > 1 && part.group(2) != null ? part.group(2) : "";
    return new FilePart(
        path.substring(0, part.start()) + path.substring(part.end()),
        part.group(1).replaceFirst("^0+(?=\\d)", ""),
        of.matches("\\d{1,4}") ? Integer.parseInt(of) : 0);
  }

  /** As the ledger has it: {@code 2/3}, {@code 2}, or empty. */
  public String text() {
    return of == 0 ? number : number + "/" + of;
  }
}
