package io.sluice.workbook;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** The declared order of a source's files, as text that sorts in that order. */
public final class OrderKey {
  private static final int DIGITS = 19;

  private OrderKey() {}

  /**
   * The order of a file; empty where its manifest says it.
   *
   * @param file path relative to the landing root
   * @param modifiedMillis when it was modified, in milliseconds since 1970 UTC
   * @throws SluiceException ORDER_MISSING if the cell that orders the source is empty
   */
  public static String of(Source source, String file, long modifiedMillis, BoundRow firstRow) {
    Order order = source.order();
    return switch (order.by()) {
      case MODIFIED_TIME -> padded(Long.toString(modifiedMillis));
      case NAME_PATTERN -> padded(versionIn(file, order.argument()));
      case ABOVE -> above(source, file, firstRow);
      case MANIFEST_SEQUENCE -> "";
    };
  }

  /**
   * The order of a file whose content is known.
   *
   * @param known what the order of that content was elsewhere
   */
  public static String known(Source source, String file, long modifiedMillis, String known) {
    return source.order().by() == Order.By.ABOVE ? known : of(source, file, modifiedMillis, null);
  }

  /**
   * The order of a file that may have several sheets.
   *
   * @param before what the sheets before say, or the ledger; empty for the first one
   * @param firstRow of the sheet
   * @throws SluiceException ORDER_MISSING, or ORDER_AMBIGUOUS if the sheet says something else
   */
  public static String agreeing(
      String before, Source source, String file, long modifiedMillis, BoundRow firstRow) {
    if (!before.isEmpty() && source.order().by() != Order.By.ABOVE) {
      return before;
    }
    String key = of(source, file, modifiedMillis, firstRow);
    if (before.isEmpty() || before.equals(key)) {
      return key;
    }
    String sheet = firstRow.layout().sheet();
    throw new SluiceException(
        Reason.ORDER_AMBIGUOUS,
        "The sheets of the workbook do not agree which version it is",
        "the cell '%s' that orders this source says something else in the sheet '%s'"
            .formatted(source.order().argument(), sheet),
        "Let all sheets say the same and send the workbook again.",
        Place.sheet(file, sheet));
  }

  /** A sequence that a manifest gives. */
  public static String sequence(long sequence) {
    return padded(Long.toString(sequence));
  }

  /**
   * The order of files that make one version: by time, the newest of them decides, then the next
   * newest. So each part that is sent anew makes a later version, though others are newer.
   *
   * @param places of the files
   */
  public static String together(Source source, Collection<String> places) {
    return source.order().by() == Order.By.MODIFIED_TIME
        ? places.stream().sorted(Comparator.reverseOrder()).collect(Collectors.joining(","))
        : Collections.max(places);
  }

  private static String versionIn(String uri, String pattern) {
    Matcher matcher = Patterns.of(pattern).matcher(uri);
    return matcher.find() && matcher.group(1) != null ? matcher.group(1) : "1";
  }

  private static String above(Source source, String file, BoundRow row) {
    List<String> names =
        source.contractColumns().stream().map(io.sluice.config.Column::name).toList();
    String text = row.texts()[names.indexOf(source.order().argument())];
    if (text == null || text.isBlank()) {
      throw new SluiceException(
          Reason.ORDER_MISSING,
          "The workbook does not say which version it is",
          "the cell '" + source.order().argument() + "' that orders this source is empty",
          "Fill it in and send the workbook again.",
          Place.file(file));
    }
    return padded(text.strip());
  }

  private static String padded(String version) {
    return version.chars().allMatch(Character::isDigit)
        ? "0".repeat(Math.max(0, DIGITS - version.length())) + version
        : version;
  }
}
