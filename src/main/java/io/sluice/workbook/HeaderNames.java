package io.sluice.workbook;

import io.sluice.config.Column;
import io.sluice.config.Source;
import java.util.Optional;

/** Which column of a contract a header's text means. */
public final class HeaderNames {
  private HeaderNames() {}

  /**
   * The column of the table that goes by this text.
   *
   * @param text null where the header's cell is empty
   */
  public static Optional<Column> column(Source source, String text) {
    if (text == null) {
      return Optional.empty();
    }
    String folded = HeaderText.folded(text);
    return source.columns().stream()
        .filter(
            column -> column.headers().stream().map(HeaderText::folded).anyMatch(folded::equals))
        .findFirst();
  }
}
