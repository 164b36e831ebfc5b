package io.sluice.workbook;

import io.sluice.config.AboveCell;
import io.sluice.config.Column;
import io.sluice.config.Source;
import io.sluice.contract.AddedColumns;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cells under headers that the contract does not name: counted, and kept where the source asks for
 * it. What may be a sensitive column under another name is never kept.
 */
final class UnknownCells {
  private static final String[] NOTHING = null;

  private final Source source;
  private final AddedColumns added;
  private final int[] positions;
  private final String[] headers;
  private final boolean[] kept;
  private final long[] counts;
  private final int keptCount;

  /**
   * @param unknown header texts by position in the sheet, in the sheet's order
   */
  UnknownCells(Source source, Map<Integer, String> unknown) {
    this.source = source;
    this.added = new AddedColumns(source);
    this.positions = unknown.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.headers = apart(unknown.values().toArray(String[]::new));
    this.counts = new long[positions.length];
    this.kept = new boolean[positions.length];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = source.keepsUnknown() && !maybeSensitive(headers[i]);
      count += kept[i] ? 1 : 0;
    }
    this.keptCount = count;
  }

  /** Headers that are kept, each another one: a second column under a header has a number. */
  List<String> headers() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < headers.length; i++) {
      if (kept[i]) {
        texts.add(headers[i]);
      }
    }
    return texts;
  }

  /** The texts of a row under {@link #headers}, null where blank; null if there are none. */
  String[] of(SheetRow row) {
    String[] texts = NOTHING;
    int next = 0;
    for (int i = 0; i < positions.length; i++) {
      String text = row.text(positions[i]);
      if (text != null) {
        counts[i]++;
        if (kept[i]) {
          texts = texts == NOTHING ? new String[keptCount] : texts;
          texts[next] = text;
        }
      }
      next += kept[i] ? 1 : 0;
    }
    return texts;
  }

  /** A sentence with every header and how many cells stand under it; none for none. */
  List<String> notes() {
    if (positions.length == 0) {
      return List.of();
    }
    List<String> each = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      each.add(
          "%s: %s (%d %s, %s)"
              .formatted(
                  CellAddress.letters(positions[i]),
                  headers[i],
                  counts[i],
                  counts[i] == 1 ? "cell" : "cells",
                  fate(i)));
    }
    return List.of("Headers that the contract does not name: " + String.join(", ", each));
  }

  List<ColumnDrift> drift() {
    List<ColumnDrift> drift = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      boolean adds = kept[i] && source.addsColumns();
      drift.add(
          new ColumnDrift(
              ColumnDrift.Kind.UNKNOWN,
              headers[i],
              adds ? added.column(headers[i]).orElse("") : "",
              adds
                  ? ColumnDrift.ADD_NULLABLE
                  : kept[i] ? ColumnDrift.KEEP_UNKNOWN : ColumnDrift.WARN));
    }
    return drift;
  }

  private String fate(int i) {
    if (!kept[i]) {
      return source.keepsUnknown() ? "not kept: it is like a sensitive one" : "not kept";
    }
    return source.addsColumns()
        ? "in silver as " + added.column(headers[i]).orElse("")
        : "kept in bronze";
  }

  private boolean maybeSensitive(String header) {
    String text = plain(header);
    return Stream.of(
            source.dropped().stream(),
            source.above().stream().filter(cell -> cell.column().hashed()).map(AboveCell::label),
            source.contractColumns().stream()
                .filter(Column::hashed)
                .flatMap(column -> names(column)))
        .flatMap(texts -> texts)
        .map(UnknownCells::plain)
        .anyMatch(
            sensitive ->
                HeaderText.similar(sensitive, text)
                    || !Collections.disjoint(words(sensitive), words(text)));
  }

  private static Stream<String> names(Column column) {
    return Stream.concat(column.headers().stream(), Stream.of(column.name().replace('_', ' ')));
  }

  private static Set<String> words(String header) {
    return Stream.of(HeaderText.folded(header).split("\\P{L}+"))
        .filter(word -> word.length() > 2)
        .collect(Collectors.toSet());
  }

  /** Full-width and other variants of letters as what they stand for. */
  private static String plain(String header) {
    return Normalizer.normalize(header, Normalizer.Form.NFKC);
  }

  private static String[] apart(String[] headers) {
    Set<String> seen = new HashSet<>();
    for (String header : headers) {
      seen.add(AddedColumns.same(header));
    }
    Set<String> used = new HashSet<>();
    String[] apart = headers.clone();
    for (int i = 0; i < apart.length; i++) {
      for (int number = 2; !used.add(AddedColumns.same(apart[i])); number++) {
        String numbered = headers[i] + " #" + number;
        apart[i] = seen.contains(AddedColumns.same(numbered)) ? apart[i] : numbered;
      }
    }
    return apart;
  }
}
