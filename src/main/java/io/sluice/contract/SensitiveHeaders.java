package io.sluice.contract;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.Source;
import java.text.Normalizer;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells headers that may be those of a sensitive column under another name. */
public final class SensitiveHeaders {
  private final List<String> sensitive;

  public SensitiveHeaders(Source source) {
    this.sensitive =
        Stream.of(
                source.dropped().stream(),
                source.above().stream()
                    .filter(cell -> cell.column().hashed())
                    .map(AboveCell::label),
                source.contractColumns().stream()
                    .filter(Column::hashed)
                    .flatMap(SensitiveHeaders::names))
            .flatMap(texts -> texts)
            .map(SensitiveHeaders::plain)
            .toList();
  }

  /** Whether a header is like a sensitive one, or shares a word with it. */
  public boolean maybe(String header) {
    String text = plain(header);
    return sensitive.stream()
        .anyMatch(
            each ->
                SimilarTexts.similar(each, text)
                    || !Collections.disjoint(words(each), words(text)));
  }

  private static Stream<String> names(Column column) {
    return Stream.concat(column.headers().stream(), Stream.of(column.name().replace('_', ' ')));
  }

  private static Set<String> words(String header) {
    return Stream.of(SimilarTexts.folded(header).split("\\P{L}+"))
        .filter(word -> word.length() > 2)
        .collect(Collectors.toSet());
  }

  /** Full-width and other variants of letters as what they stand for. */
  private static String plain(String header) {
    return Normalizer.normalize(header, Normalizer.Form.NFKC);
  }
}
