package io.sluice.bronze;

import io.sluice.config.Order;
import io.sluice.config.Source;
import io.sluice.error.Place;
import io.sluice.error.Reason;
import io.sluice.error.SluiceException;
import io.sluice.workbook.BoundRow;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The declared order of a source's files, as text that sorts in that order. */
final class OrderKeys {
  private static final int DIGITS = 19;

  private OrderKeys() {}

  static String of(Source source, LandedFile file, BoundRow firstRow) {
    Order order = source.order();
    return switch (order.by()) {
      case MODIFIED_TIME -> padded(Long.toString(file.modifiedMillis()));
      case NAME_PATTERN -> padded(versionIn(file.uri(), order.argument()));
      case ABOVE -> above(source, file, firstRow);
    };
  }

  /** What versions of one file share: its path, without the part that is its version. */
  static String path(Source source, String uri) {
    return source.order().by() == Order.By.NAME_PATTERN
        ? Pattern.compile(source.order().argument()).matcher(uri).replaceFirst("")
        : uri;
  }

  private static String versionIn(String uri, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(uri);
    return matcher.find() && matcher.group(1) != null ? matcher.group(1) : "1";
  }

  private static String above(Source source, LandedFile file, BoundRow row) {
    List<String> names =
        source.contractColumns().stream().map(io.sluice.config.Column::name).toList();
    String text = row.texts()[names.indexOf(source.order().argument())];
    if (text == null || text.isBlank()) {
      throw new SluiceException(
          Reason.ORDER_MISSING,
          "The workbook does not say which version it is",
          "the cell '" + source.order().argument() + "' that orders this source is empty",
          "Fill it in and send the workbook again.",
          Place.file(file.uri()));
    }
    return padded(text.strip());
  }

  private static String padded(String version) {
    return version.chars().allMatch(Character::isDigit)
        ? "0".repeat(Math.max(0, DIGITS - version.length())) + version
        : version;
  }
}
