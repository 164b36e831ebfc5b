package io.sluice.workbook;

import io.sluice.config.Source;
import io.sluice.contract.AddedColumns;
import io.sluice.contract.SensitiveHeaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final boolean lacksSensitive;

  /**
   * @param unknown header texts by position in the sheet, in the sheet's order
   * @param lacksSensitive whether each of them may be the new name of a sensitive column
   */
  UnknownCells(Source source, Map<Integer, String> unknown, boolean lacksSensitive) {
    this.source = source;
    this.lacksSensitive = lacksSensitive;
    this.added = new AddedColumns(source);
    this.positions = unknown.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.headers = apart(unknown.values().toArray(String[]::new));
    this.counts = new long[positions.length];
    this.kept = new boolean[positions.length];
    SensitiveHeaders sensitive = new SensitiveHeaders(source);
    boolean keeps = source.keepsUnknown() && !lacksSensitive;
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = keeps && !sensitive.maybe(headers[i]);
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
      if (!source.keepsUnknown()) {
        return "not kept";
      }
      return lacksSensitive
          ? "not kept: a sensitive column is missing, and this may be it"
          : "not kept: it is like a sensitive one";
    }
    return source.addsColumns()
        ? "in silver as " + added.column(headers[i]).orElse("")
        : "kept in bronze";
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
